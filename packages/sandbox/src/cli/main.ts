import { parseArgs } from 'node:util';
import { COMMANDS } from './commands/index.ts';
import { commandHelp, fullHelp } from './help.ts';
import type { Command } from './types.ts';

function findCommand(name: string | undefined): Command | undefined {
  return COMMANDS.find(command => command.name === name);
}

async function runCommand(command: Command, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      ...Object.fromEntries(
        Object.entries(command.options).map(([name, { type }]) => [
          name,
          { type },
        ]),
      ),
    },
  });
  if (values.help) {
    process.stdout.write(commandHelp(command));
    return;
  }
  if (positionals.length !== command.arguments.length) {
    throw new Error(
      command.arguments.length === 0
        ? `${command.name} takes no "${positionals[0]}"`
        : `${command.name} wants ${command.arguments.join(' and ')}`,
    );
  }
  await command.run(values as Record<string, string | boolean>, positionals);
}

/** The command line; sets the exit code. */
export async function main(args: string[]): Promise<void> {
  const [name, ...rest] = args;
  if (
    name === undefined ||
    name === '--help' ||
    name === '-h' ||
    name === 'help'
  ) {
    process.stdout.write(fullHelp(COMMANDS));
    return;
  }
  const command = findCommand(name);
  try {
    if (!command) {
      throw new Error(`There is no command "${name}"`);
    }
    await runCommand(command, rest);
  } catch (error) {
    const { message } = error as Error;
    process.stderr.write(
      `${message}\nSee yarn sandbox ${command ? `${name} ` : ''}--help\n`,
    );
    process.exitCode = 1;
  }
}

import type { CliOption, Command } from './types.ts';

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + word.length >= width) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...lines, line];
}

function optionLines([name, option]: [string, CliOption]): string[] {
  const left = option.value ? `--${name} ${option.value}` : `--${name}`;
  const right = [
    option.description,
    ...(option.default ? [`(default: ${option.default})`] : []),
    ...(option.example ? [`e.g. ${option.example}`] : []),
  ].flatMap(text => wrap(text, 52));
  return right.map(
    (text, index) => `    ${(index === 0 ? left : '').padEnd(24)}${text}`,
  );
}

function signature(command: Command): string {
  return [command.name, ...command.arguments.map(name => `<${name}>`)].join(' ');
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).flatMap(optionLines);
  return [
    `yarn sandbox ${signature(command)} [options]`,
    ...wrap(command.description, 74).map(line => `    ${line}`),
    ...options,
    `    Example: yarn sandbox ${command.example}`,
    '',
  ].join('\n');
}

/** The help of everything. */
export function fullHelp(commands: Command[]): string {
  return [
    'The embedded world: a config repository in the layout of release-manager,',
    'artifacts, people and a catalog of a company that does not exist.',
    '',
    'Usage: yarn sandbox <command> [options]',
    '',
    ...commands.map(
      command =>
        `  ${signature(command).padEnd(34)}${wrap(command.description, 44).join(
          `\n${' '.repeat(36)}`,
        )}`,
    ),
    '',
    ...commands.map(commandHelp),
  ].join('\n');
}

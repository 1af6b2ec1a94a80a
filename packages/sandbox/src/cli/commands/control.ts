import { CONTROLS } from '../../control/index.ts';
import type { Control } from '../../control/types.ts';
import type { Command } from '../types.ts';

const DEFAULT_URL = 'http://127.0.0.1:7010';

/** A control as a command that asks the running sandbox for it. */
function controlCommand(control: Control): Command {
  return {
    name: control.name,
    arguments: control.arguments,
    description: control.description,
    options: {
      ...control.options,
      url: {
        type: 'string',
        value: 'URL',
        description: 'Where the sandbox runs',
        default: DEFAULT_URL,
        example: '--url http://127.0.0.1:7011',
      },
    },
    example: control.example,
    async run({ url, help, ...values }, positionals) {
      const body = { ...values };
      control.arguments.forEach((name, index) => {
        body[name] = positionals[index];
      });
      const base = url ?? DEFAULT_URL;
      let response: Response;
      try {
        response = await fetch(`${base}/control/${control.name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      } catch {
        throw new Error(
          `No sandbox answers at ${base}. Start it with: yarn sandbox run`,
        );
      }
      if (response.status === 503) {
        throw new Error('The world is still being built');
      }
      const result = await response.json();
      if (!response.ok) {
        throw new Error(result.error);
      }
      process.stdout.write(`${result.message}\n`);
    },
  };
}

export const controlCommands: Command[] = CONTROLS.map(controlCommand);

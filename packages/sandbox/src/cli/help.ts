import type { CliOption, Command } from './types.ts';

/** Room for the longest signature of a command, or of an option. */
const COMMAND_WIDTH = 40;
const OPTION_WIDTH = 24;
const HELP: [string, CliOption] = [
  'help',
  { type: 'boolean', description: 'Show this help' },
];

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

/** A left column, and a text that goes on below itself. */
function columns(left: string, texts: string[], width: number): string[] {
  return texts
    .flatMap(text => wrap(text, 76 - width))
    .map(
      (text, index) => `  ${(index === 0 ? left : '').padEnd(width)}${text}`,
    );
}

function optionLines([name, option]: [string, CliOption]): string[] {
  const left = option.value ? `--${name} ${option.value}` : `--${name}`;
  return columns(
    left,
    [
      option.description,
      ...(option.default ? [`Default: ${option.default}`] : []),
      ...(option.example ? [`Example: ${option.example}`] : []),
    ],
    OPTION_WIDTH,
  );
}

function signature(command: Command): string {
  return [command.name, ...command.arguments.map(name => `<${name}>`)].join(
    ' ',
  );
}

function details(command: Command): string[] {
  return [
    ...wrap(command.description, 78),
    `Example: yarn sandbox ${command.example}`,
  ];
}

function allOptions(command: Command): string[] {
  return [...Object.entries(command.options), HELP].flatMap(optionLines);
}

/**
 * The help of one command. The headings are those that Backstage's tool for
 * CLI reports reads.
 */
export function commandHelp(command: Command): string {
  return [
    `Usage: yarn sandbox ${signature(command)} [options]`,
    '',
    ...details(command),
    '',
    'Options:',
    ...allOptions(command),
    '',
    '',
  ].join('\n');
}

/** The help of everything: a list of the commands, then each with its options. */
export function fullHelp(commands: Command[]): string {
  return [
    'Usage: yarn sandbox <command> [options]',
    '',
    'The embedded world: a config repository in the layout of release-manager,',
    'artifacts, people and a catalog of a company that does not exist.',
    '',
    'Options:',
    ...optionLines(HELP),
    '',
    'Commands:',
    ...commands.flatMap(command =>
      columns(signature(command), [command.description], COMMAND_WIDTH),
    ),
    '',
    ...commands.flatMap(command => [
      `yarn sandbox ${signature(command)} [options]`,
      ...details(command).map(line => `  ${line}`),
      ...allOptions(command),
      '',
    ]),
    '',
  ].join('\n');
}

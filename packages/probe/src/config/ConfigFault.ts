/** One thing that is wrong in a file, and where. */
export interface Problem {
  /** From 1. */
  line?: number;
  column?: number;
  /** Where in the structure, such as `targets[2].url`. */
  path?: string;
  reason: string;
}

const MOST_SHOWN = 10;

function formatProblem(file: string, { line, column, path, reason }: Problem) {
  const at = line === undefined ? '' : `:${line}:${column}`;
  return `${file}${at}: ${path ? `${path} ` : ''}${reason}`;
}

/**
 * A configuration that can't be used. The message has a line for each problem
 * and repeats no value of the file, because any may be a secret.
 */
export class ConfigFault extends Error {
  readonly file: string;
  readonly problems: readonly Problem[];

  constructor(file: string, problems: readonly Problem[]) {
    const shown = problems
      .slice(0, MOST_SHOWN)
      .map(problem => formatProblem(file, problem));
    const more = problems.length - shown.length;
    super([...shown, ...(more > 0 ? [`… and ${more} more`] : [])].join('\n'));
    this.name = 'ConfigFault';
    this.file = file;
    this.problems = problems;
  }
}

export interface CliOption {
  type: 'string' | 'boolean';
  /** What stands for the value in the help, such as `N`. */
  value?: string;
  description: string;
  /** As shown in the help; the command itself fills it in. */
  default?: string;
  example?: string;
}

/** Values as given: text, or true. */
export type Values = Record<string, string | boolean | undefined>;

export interface Command {
  name: string;
  /** Names of what stands after the command, such as `service`. */
  arguments: string[];
  description: string;
  options: Record<string, CliOption>;
  example: string;
  run(values: Values, positionals: string[]): Promise<void>;
}

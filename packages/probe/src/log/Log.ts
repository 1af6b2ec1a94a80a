import { cleanText } from '../lib/cleanText.ts';

export type LogFormat = 'json' | 'plain';
export type LogLevel = 'info' | 'warn' | 'error';
export type LogFields = Record<string, string | number | boolean | undefined>;

const MAX_FIELD = 500;
/** A network that fails whole fails for all targets at once. */
const MOST_IN_A_WINDOW = 100;
const WINDOW_MS = 10_000;

/** One line, without its end. */
export function formatLine(
  format: LogFormat,
  at: Date,
  level: LogLevel,
  message: string,
  fields: LogFields,
): string {
  const clean = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [
      key,
      typeof value === 'string' ? cleanText(value, MAX_FIELD) : value,
    ]);
  const time = at.toISOString();
  if (format === 'json') {
    return JSON.stringify({
      time,
      level,
      message,
      ...Object.fromEntries(clean),
    });
  }
  const rest = clean.map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return [time, level, message, ...rest].join(' ');
}

/** Writes small lines, and not too many of them. */
export class Log {
  readonly #format: LogFormat;
  readonly #write: (line: string) => void;
  #windowEnd = 0;
  #written = 0;
  #leftOut = 0;

  constructor(
    format: LogFormat,
    write = (line: string): void => void process.stdout.write(`${line}\n`),
  ) {
    this.#format = format;
    this.#write = write;
  }

  info(message: string, fields: LogFields = {}): void {
    this.#line('info', message, fields);
  }

  warn(message: string, fields: LogFields = {}): void {
    this.#line('warn', message, fields);
  }

  error(message: string, fields: LogFields = {}): void {
    this.#line('error', message, fields);
  }

  #line(level: LogLevel, message: string, fields: LogFields) {
    const now = new Date();
    if (now.getTime() >= this.#windowEnd) {
      const leftOut = this.#leftOut;
      this.#windowEnd = now.getTime() + WINDOW_MS;
      this.#written = 0;
      this.#leftOut = 0;
      if (leftOut > 0) {
        this.#line('warn', 'lines were left out', { count: leftOut });
      }
    }
    if (this.#written >= MOST_IN_A_WINDOW) {
      this.#leftOut += 1;
      return;
    }
    this.#written += 1;
    this.#write(formatLine(this.#format, now, level, message, fields));
  }
}

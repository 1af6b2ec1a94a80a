import { stat } from 'node:fs/promises';

export interface FileWatchOptions {
  everyMs: number;
  /** The files are other ones now; they have been quiet for one look. */
  onChange(): void;
}

async function sign(path: string): Promise<string> {
  try {
    // Follows links: a ConfigMap is renewed by turning one.
    const { dev, ino, size, mtimeMs, ctimeMs } = await stat(path);
    return [dev, ino, size, mtimeMs, ctimeMs].join(' ');
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

/**
 * Looks at files again and again. The system's own notices watch a file's
 * body, and lose it when another file is moved to its place, which is how
 * careful writers and Kubernetes renew files.
 */
export class FileWatch {
  readonly #options: FileWatchOptions;
  readonly #timer: NodeJS.Timeout;
  #paths: readonly string[] = [];
  #told?: string;
  #lastSeen?: string;
  #looking = false;

  constructor(options: FileWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#look(), options.everyMs);
  }

  /**
   * Tells of them once in any case: they may have changed between being read
   * and being looked at. Whoever could not use them is told again by this.
   */
  watch(paths: readonly string[]): void {
    this.#paths = paths;
    this.#told = undefined;
    this.#lastSeen = undefined;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #look() {
    if (this.#looking) return;
    this.#looking = true;
    const paths = this.#paths;
    const seen = (await Promise.all(paths.map(sign))).join('\n');
    this.#looking = false;
    if (paths !== this.#paths) return;
    // A file that is still written is another one at each look.
    const isQuiet = seen === this.#lastSeen;
    this.#lastSeen = seen;
    if (isQuiet && seen !== this.#told) {
      this.#told = seen;
      this.#options.onChange();
    }
  }
}

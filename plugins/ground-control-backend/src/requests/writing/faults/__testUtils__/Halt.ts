import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * A place at which whatever comes there first stands still, until it is told
 * to go on: a process of a test, a git command, or a hook. It is a folder,
 * which shell scripts understand as well as we do; who can make the folder
 * `claimed` in it is the first, and says by `reached` that it stands, when all
 * is written that others read of it.
 */
export class Halt {
  readonly folder: string;

  constructor(parent: string) {
    this.folder = mkdtempSync(join(parent, 'halt-'));
  }

  /**
   * Lines of a shell script that stand still, once; all later ones pass.
   *
   * @param isGroup - whether it is the first of a process group of its own;
   * else, as of a hook, what it was started by is remembered
   */
  formatScript(isGroup: boolean): string {
    const { folder } = this;
    return `if mkdir "${folder}/claimed" 2>/dev/null; then
  ${isGroup ? `echo $$ > "${folder}/group"` : `echo $PPID > "${folder}/parent"`}
  mkdir "${folder}/reached"
  while [ -d "${folder}" ] && [ ! -e "${folder}/go" ]; do sleep 0.02; done
fi`;
  }

  get isReached(): boolean {
    return existsSync(join(this.folder, 'reached'));
  }

  /** Lets go whatever stands here. */
  release(): void {
    writeFileSync(join(this.folder, 'go'), '');
  }

  /** Whether what called the hook that stood here has ended. */
  get isOver(): boolean {
    try {
      process.kill(
        Number(readFileSync(join(this.folder, 'parent'), 'utf8')),
        0,
      );
      return false;
    } catch {
      return true;
    }
  }

  /**
   * Ends the git command that stands here, as the end of its container does;
   * what is elsewhere, a hook of the remote, goes on.
   */
  end(): void {
    const file = join(this.folder, 'group');
    if (existsSync(file)) {
      const group = Number(readFileSync(file, 'utf8'));
      // Group 0 is our own: whoever runs the tests would end with them.
      if (!(group > 1)) throw new Error(`There is no process group ${group}`);
      process.kill(-group, 'SIGKILL');
    }
    this.release();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The same for a process of ours: nothing in it goes on meanwhile. */
export function standStill(folder: string): void {
  try {
    mkdirSync(join(folder, 'claimed'));
  } catch {
    return;
  }
  mkdirSync(join(folder, 'reached'));
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  while (existsSync(folder) && !existsSync(join(folder, 'go'))) {
    Atomics.wait(nothing, 0, 0, 20);
  }
}

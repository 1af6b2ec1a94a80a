import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findGit } from './installGit';

const TOP_UP_MS = 5;
const PIECE = Buffer.alloc(64 * 1024, 'x');

/**
 * A disk that a test can fill. It is a real one where a file system may be
 * mounted, which takes root on Linux. Elsewhere git alone finds none: each file
 * that it writes is limited to nothing.
 */
export class SmallDisk {
  #topUp?: NodeJS.Timeout;

  private constructor(
    readonly path: string,
    /** Whether other programs than git find it full too. */
    readonly isReal: boolean,
  ) {}

  /** @param options - `size`: as mount takes it */
  static create({ mounts = true, size = '12m' } = {}): SmallDisk {
    const path = mkdtempSync(join(tmpdir(), 'ground-control-disk-'));
    return new SmallDisk(path, mounts && mount(path, size));
  }

  /** Whether a real one can be had on this machine, which is said where not. */
  static canBeReal(): boolean {
    const disk = SmallDisk.create();
    disk.close();
    if (!disk.isReal) {
      process.stderr.write(
        'Tests with a disk that is really full are skipped: none can be mounted here, which takes root on Linux.\n',
      );
    }
    return disk.isReal;
  }

  /** To be put first on the PATH of who writes to it. */
  get bin(): string | undefined {
    if (this.isReal) return undefined;
    const folder = join(this.path, 'bin');
    mkdirSync(folder, { recursive: true });
    // Ignored, the signal becomes an error of the write.
    writeFileSync(
      join(folder, 'git'),
      `#!/bin/sh\n[ -e "${
        this.#ballast
      }" ] && trap '' XFSZ && ulimit -f 0\nexec "${findGit()}" "$@"\n`,
    );
    chmodSync(join(folder, 'git'), 0o755);
    return folder;
  }

  /** Fills it, and keeps it so: what others give back is taken at once. */
  fill(): void {
    writeFileSync(this.#ballast, '');
    if (!this.isReal) return;
    this.#fillUp();
    this.#topUp = setInterval(() => this.#fillUp(), TOP_UP_MS);
  }

  #fillUp(): void {
    for (const piece of [PIECE, PIECE.subarray(0, 64), PIECE.subarray(0, 1)]) {
      try {
        for (;;) appendFileSync(this.#ballast, piece);
      } catch {
        // Not even a smaller one fits, in the end.
      }
    }
  }

  free(): void {
    clearInterval(this.#topUp);
    rmSync(this.#ballast);
  }

  close(): void {
    clearInterval(this.#topUp);
    if (this.isReal) execFileSync('umount', ['--lazy', this.path]);
    rmSync(this.path, { recursive: true, force: true });
  }

  get #ballast(): string {
    return join(this.path, 'ballast');
  }
}

function mount(path: string, size: string): boolean {
  try {
    const options = ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path];
    execFileSync('mount', options, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

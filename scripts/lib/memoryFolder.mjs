import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
/** The databases and repositories of all tests take a tenth of it. */
const NEEDED_BYTES = 6 * 2 ** 30;

/** Whether what is there may be run, as hooks of git are. */
function canRun(folder) {
  const script = join(folder, 'try');
  writeFileSync(script, '#!/bin/sh\n', { mode: 0o755 });
  const { status } = spawnSync(script);
  rmSync(script);
  return status === 0;
}

/**
 * Makes a folder in memory for what tests write, which is half of their work
 * on a disk. Returns undefined where there is no room for one, or where it
 * can't be like a disk.
 */
export function makeMemoryFolder() {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (Math.min(bavail * bsize, freemem()) < NEEDED_BYTES) return undefined;
    const folder = mkdtempSync(join(MEMORY, 'ground-control-'));
    // PostgreSQL, which may be a user of its own, has to get through it.
    chmodSync(folder, 0o755);
    if (canRun(folder)) return folder;
    rmSync(folder, { recursive: true });
  } catch {
    // It is Linux that has it, and not everywhere.
  }
  return undefined;
}

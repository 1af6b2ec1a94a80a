import { readFileSync } from 'node:fs';

/** USER_HZ, which is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** A file of a process that may have ended meanwhile: empty then. */
function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function readMegabytes(pid: number, file: string, key: string): number {
  const text = readProcess(pid, file);
  return (
    Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024
  );
}

/** Seconds of processor time that a process has used (Linux). */
export function cpuSeconds(pid: number): number {
  const stat = readProcess(pid, 'stat');
  // The second field is a name in parentheses and may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/**
 * Whether a process is the other end of a fetch or push, which git starts
 * itself where the remote is a path. It belongs to the remote.
 */
function isRemoteEnd(pid: number): boolean {
  return /\b(receive|upload)-pack\b/.test(readProcess(pid, 'cmdline'));
}

/** All of ours that a process started, and what that started (Linux). */
function startedBy(pid: number): number[] {
  return readProcess(pid, `task/${pid}/children`)
    .split(' ')
    .filter(Boolean)
    .map(Number)
    .filter(child => !isRemoteEnd(child))
    .flatMap(child => [child, ...startedBy(child)]);
}

/**
 * A process's resident memory now and at its highest, in MB (Linux), and what
 * the processes that it started hold for themselves now. Their programs and
 * git's packs are the system's pages, which any process may read.
 */
export function residentMemory(pid: number): {
  now: number;
  peak: number;
  started: number;
} {
  return {
    now: readMegabytes(pid, 'status', 'VmRSS'),
    peak: readMegabytes(pid, 'status', 'VmHWM'),
    started: startedBy(pid).reduce(
      (sum, child) => sum + readMegabytes(child, 'status', 'RssAnon'),
      0,
    ),
  };
}

/**
 * The share of a process and all that it started in the machine's memory, in
 * MB (Linux): a page that several of them hold counts once.
 */
export function sharedMemory(pid: number): number {
  return [pid, ...startedBy(pid)].reduce(
    (sum, one) => sum + readMegabytes(one, 'smaps_rollup', 'Pss'),
    0,
  );
}

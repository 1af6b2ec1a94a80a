import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../lib/statistics.ts';
import type { Context, Figure, Measurement } from '../types.ts';

const TESTS = 'plugins/ground-control-backend/src/requests/writing/faults';

/** By the file of its tests; each is a row of docs/release-requests.md. */
const FAULTS: Record<string, string> = {
  killed: 'the process was killed, at each step',
  asleep: 'a replica slept past its lease, and wakes',
  latePush: 'a push arrives late',
  leftBehind: 'lock files and packs were left behind',
  databaseGone: 'PostgreSQL crashed, and is back',
  away: 'the remote was gone, or refused, and is back',
  diskFull: 'the disk was full, and has room',
  history: 'history was rewritten',
};

/** Seconds: a notice of the lease's end, a retry, and what is to be done. */
const SOON = 5;

interface Noted {
  fault: string;
  test: string;
  ms: number;
}

async function runTests(root: string): Promise<Noted[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ground-control-faults-'));
  const file = join(folder, 'times');
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      const child = spawn(
        process.execPath,
        ['scripts/run.mjs', 'test', '--watch=false', '--maxWorkers=1', TESTS],
        {
          cwd: root,
          // What they say would stand between the figures.
          stdio: ['ignore', 'ignore', 'inherit'],
          env: { ...process.env, CI: '1', GROUND_CONTROL_FAULT_TIMES: file },
        },
      );
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (code !== 0) {
      throw new Error(`Tests of faults failed: run yarn test ${TESTS}`);
    }
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    return lines.map(line => JSON.parse(line));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureFaults({ root }: Context): Promise<Figure[]> {
  const noted = await runTests(root);
  return Object.entries(FAULTS).map(([fault, what]) => {
    const seconds = noted
      .filter(one => one.fault === fault)
      .map(({ ms }) => ms / 1_000);
    return {
      name: `${what}: until all is on the branch`,
      value: Math.max(...seconds),
      unit: 's',
      target: SOON,
      note: `longest of ${seconds.length}; median ${median(seconds).toFixed(
        2,
      )} s`,
    };
  });
}

/**
 * How soon requests are on the branch once a fault is over. Leases last 0.9 s
 * in these tests, so that they don't take all day.
 */
export const faultFigures: Measurement = {
  id: 'faults',
  title: 'Faults while releases are written',
  measure: measureFaults,
};

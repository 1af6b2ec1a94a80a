import { createHash } from 'node:crypto';
import { median } from './statistics.ts';

const ROUNDS = 15;
const ROWS = 20_000;

/**
 * Milliseconds that always the same work of one core takes, the median of some
 * rounds: objects made, written as JSON, read, sorted and hashed, which is what
 * a backend does. It tells the speed of the machine at a moment, without which
 * figures of two moments can't be compared.
 */
export function timeFixedWork(): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    const rows = Array.from({ length: ROWS }, (_, i) => ({
      name: `service-${(i * 7919) % ROWS}`,
      position: i,
      environments: ['dev', 'staging', 'prod'],
    }));
    const read: typeof rows = JSON.parse(JSON.stringify(rows));
    read.sort((a, b) => (a.name < b.name ? -1 : 1));
    createHash('sha256').update(JSON.stringify(read)).digest('hex');
    return performance.now() - started;
  });
  return median(times);
}

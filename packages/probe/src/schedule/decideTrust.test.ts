import type { Outcome } from '../types.ts';
import { decideTrust } from './decideTrust.ts';

const well = (durationMs: number): Outcome => ({
  result: 'success',
  durationMs,
  phases: {},
  moments: [],
});
const failed = (result: 'timeout' | 'dns' | 'refused', elapsedMs: number) =>
  ({
    result,
    reason: '',
    phase: 'answer',
    elapsedMs,
    phases: {},
  } satisfies Outcome);

it.each<[string, Outcome, number, string]>([
  ['nothing happened', well(5), 0, 'whole'],
  ['what timers do anyway', well(5), 9, 'whole'],
  ['longer than the link takes', well(5), 11, 'result'],
  ['little against a long link', well(150), 14, 'whole'],
  ['much against a long link', well(150), 16, 'result'],
  ['a refusal is one at any speed', failed('refused', 1), 5_000, 'whole'],
  ['a name that is not there', failed('dns', 1), 5_000, 'whole'],
  ['silence that was heard', failed('timeout', 3_000), 200, 'whole'],
  ['silence of our own', failed('timeout', 3_000), 400, 'none'],
  ['a silent name server, unheard', failed('dns', 3_000), 400, 'none'],
])('%s', (_, outcome, stalledMs, trust) => {
  expect(decideTrust(outcome, 3_000, stalledMs)).toBe(trust);
});

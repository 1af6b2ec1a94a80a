import { makeTarget } from '../__testUtils__/makeTarget.ts';
import { FailureLog } from './FailureLog.ts';

const entry = (target: string, second: number) => ({
  source: 'a',
  target,
  at: new Date(second * 1_000).toISOString(),
  result: 'refused' as const,
  reason: 'no',
  phase: 'connect' as const,
  elapsedMs: 1,
});

it('keeps the last twenty of each target, newest first', () => {
  const log = new FailureLog();
  log.add(entry('quiet', 0));
  for (let i = 1; i <= 30; i++) log.add(entry('loud', i));
  const list = log.list();
  expect(list).toHaveLength(21);
  expect(list[0]).toEqual(entry('loud', 30));
  expect(list[20]).toEqual(entry('quiet', 0));
});

it('forgets targets that are gone', () => {
  const log = new FailureLog();
  log.add(entry('b', 0));
  log.add(entry('gone', 0));
  log.keep([makeTarget()]);
  expect(log.list()).toEqual([entry('b', 0)]);
});

import { decidePause, PauseFacts, PauseStep } from './decidePause';

const NOW = 1_000;
const moveTo = (phase: PauseFacts['phase']): PauseStep => ({
  kind: 'move',
  phase,
});
const change = (branch: string | null): PauseStep => ({
  kind: 'change',
  branch,
});
const WAIT: PauseStep = { kind: 'wait' };

describe('decidePause', () => {
  it.each<
    [
      what: string,
      facts: [
        PauseFacts['phase'],
        until: number,
        taken: string | null,
        present?: string,
        isRefused?: boolean,
      ],
      step: PauseStep,
    ]
  >([
    ['takes it out', ['wanted', 1_001, null, 'master'], change(null)],
    ['has taken it out', ['wanted', 1_001, 'master'], moveTo('out')],
    ['takes it out again', ['wanted', 1_001, 'old', 'master'], change(null)],
    ['finds nothing to take out', ['wanted', 1_001, null], moveTo('over')],
    ['came too late', ['wanted', 1_000, null, 'master'], moveTo('over')],
    ['took it out late', ['wanted', 1_000, 'master'], moveTo('out')],
    ['waits until the time is over', ['out', 1_001, 'master'], WAIT],
    ['lets be what came meanwhile', ['out', 1_001, 'master', 'next'], WAIT],
    ['puts it back', ['out', 1_000, 'master'], change('master')],
    ['gives up', ['out', 1_000, 'master', undefined, true], moveTo('over')],
    ['has put it back', ['out', 1_000, 'master', 'master'], moveTo('over')],
    ['keeps what came meanwhile', ['out', 1_000, 'a', 'b'], moveTo('over')],
    ['has nothing to put back', ['out', 1_000, null], moveTo('over')],
    ['is over', ['over', 1_000, null, 'master'], WAIT],
  ])('%s', (_, [phase, until, taken, present, isRefused = false], step) => {
    expect(
      decidePause({ phase, until, taken, present, isRefused, now: NOW }),
    ).toEqual(step);
  });

  it.each([true, false])(
    'comes to an end from anywhere, whatever the policies say; in time: %s',
    inTime => {
      for (const taken of [null, 'master']) {
        for (const start of [undefined, 'master', 'next']) {
          let phase: PauseFacts['phase'] = 'wanted';
          let [present, out] = [start, taken];
          for (let i = 0; i < 10 && phase !== 'over'; i += 1) {
            const until = inTime && i < 3 ? NOW + 1 : NOW;
            const step = decidePause({
              phase,
              until,
              taken: out,
              present,
              isRefused: false,
              now: NOW,
            });
            if (step.kind === 'move') phase = step.phase;
            if (step.kind === 'change') {
              out = present ?? out;
              present = step.branch ?? undefined;
            }
          }
          // What was there before, or had been taken out, is there again.
          expect([phase, present]).toEqual([
            'over',
            start ?? taken ?? undefined,
          ]);
        }
      }
    },
  );
});

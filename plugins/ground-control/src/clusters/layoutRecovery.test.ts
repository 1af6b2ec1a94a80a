import fc from 'fast-check';
import { layoutRecovery } from './layoutRecovery';

const START = Date.parse('2026-11-21T01:00:00.000Z');
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();
const now = (seconds: number) => START + seconds * 1000;
const startedAt = at(0);

describe('layoutRecovery', () => {
  it('lays a recovery that is over out over the time that it took', () => {
    const layout = layoutRecovery(
      {
        startedAt,
        apiReachableAt: at(500),
        fluxReadyAt: at(700),
        firstRevisionAt: at(800),
        allReadyAt: at(1000),
      },
      now(999_999),
    );
    expect(layout).toMatchObject({
      done: true,
      totalSeconds: 1000,
      shareOfGoal: 1000 / 3600,
    });
    expect(layout.goalAt).toBeUndefined();
    expect(
      layout.parts.map(({ step, state, seconds, start, width }) => [
        step,
        state,
        seconds,
        start,
        width,
      ]),
    ).toEqual([
      ['api', 'done', 500, 0, 0.5],
      ['flux', 'done', 200, 0.5, 0.2],
      ['revision', 'done', 100, 0.7, 0.1],
      ['ready', 'done', 200, 0.8, 0.2],
    ]);
  });

  it.each([
    ['nothing yet', {}, ['running', 'waiting', 'waiting', 'waiting']],
    [
      'the API',
      { apiReachableAt: at(10) },
      ['done', 'running', 'waiting', 'waiting'],
    ],
    [
      'a revision that nobody saw Flux become ready for',
      { apiReachableAt: at(10), firstRevisionAt: at(20) },
      ['done', 'unseen', 'done', 'running'],
    ],
    [
      'everything, the rest unseen',
      { allReadyAt: at(60) },
      ['unseen', 'unseen', 'unseen', 'done'],
    ],
  ])('while there is %s', (_, moments, states) => {
    const layout = layoutRecovery({ startedAt, ...moments }, now(60));
    expect(layout.parts.map(({ state }) => state)).toEqual(states);
    const ends = layout.parts.map(({ start, width }) => start + width);
    expect(Math.max(...ends)).toBeCloseTo(1);
  });

  it('stops where the cluster was thrown away again', () => {
    const unfinished = { startedAt, apiReachableAt: at(300) };
    const layout = layoutRecovery(unfinished, now(90_000), at(1_200));
    expect(layout).toMatchObject({ done: false, totalSeconds: 1_200 });
    expect(layout.parts.map(({ state, width }) => [state, width])).toEqual([
      ['done', 0.25],
      ['unseen', 0],
      ['unseen', 0],
      ['unseen', 0],
    ]);
    // One that was done by then stays what it was.
    const done = { ...unfinished, allReadyAt: at(600) };
    expect(layoutRecovery(done, now(90_000), at(1_200))).toEqual(
      layoutRecovery(done, now(90_000)),
    );
  });

  it('shows where the hour was over', () => {
    const layout = layoutRecovery({ startedAt }, now(7_200));
    expect(layout).toMatchObject({ shareOfGoal: 2, goalAt: 0.5, done: false });
  });

  it('counts a moment before an earlier one as that one, because clocks differ', () => {
    const layout = layoutRecovery(
      { startedAt, apiReachableAt: at(30), fluxReadyAt: at(-5) },
      now(40),
    );
    expect(layout.parts[1]).toMatchObject({ state: 'done', seconds: 0 });
  });

  it('fills the bar without gap or overlap, whatever the moments', () => {
    const moment = fc.option(fc.integer({ min: -1000, max: 100_000 }).map(at), {
      nil: undefined,
    });
    fc.assert(
      fc.property(
        fc.record({
          apiReachableAt: moment,
          fluxReadyAt: moment,
          firstRevisionAt: moment,
          allReadyAt: moment,
        }),
        fc.integer({ min: -1000, max: 200_000 }),
        (moments, seconds) => {
          const layout = layoutRecovery(
            { startedAt, ...moments },
            now(seconds),
          );
          let end = 0;
          for (const part of layout.parts) {
            expect(part.start).toBeCloseTo(end);
            expect(part.width).toBeGreaterThanOrEqual(0);
            end = part.start + part.width;
          }
          expect(end).toBeLessThanOrEqual(1.000001);
          expect(layout.totalSeconds).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

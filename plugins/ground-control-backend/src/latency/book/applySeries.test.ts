import { LatencyPoint } from '@ground-control/backstage-plugin-ground-control-node';
import { DAY_MS, HOUR_MS } from '../times';
import { applySeries } from './applySeries';
import { createPair } from './createPair';
import { PairState } from './types';

const NOON = Date.UTC(2026, 2, 2, 12);
const BOUNDS = [0.01, 0.05];

function start(now = NOON): PairState {
  return createPair({ from: 'a', to: 'b', sourceId: 's' }, now);
}

/** Takes in running counters: seconds after noon, answered, lost. */
function feed(
  pair: PairState,
  points: Array<[number, number, number, Partial<LatencyPoint>?]>,
  now?: number,
) {
  for (const [seconds, ok, failed, more] of points) {
    const at = NOON + seconds * 1_000;
    applySeries(
      pair,
      {
        from: 'a',
        to: 'b',
        probe: 'test',
        intervalMs: 5_000,
        bounds: BOUNDS,
        counting: 'running',
        lossAtLeast: false,
        points: [{ at, counts: [0, ok, 0], ok, failed, ...more }],
      },
      now ?? at,
    );
  }
}

const total = (slots: Array<{ ok: number; failed: number }>) =>
  slots.reduce(
    ([ok, failed], slot) => [ok + slot.ok, failed + slot.failed],
    [0, 0],
  );

describe('applySeries', () => {
  it('puts what was counted into its minute and five minutes', () => {
    const pair = start();
    feed(pair, [
      [0, 100, 0],
      [30, 106, 1],
      [55, 111, 1],
      [70, 113, 2],
    ]);
    expect(
      pair.minutes.map(slot => [slot.start - NOON, slot.ok, slot.failed]),
    ).toEqual([
      [0, 11, 1],
      [60_000, 2, 1],
    ]);
    expect(pair.fives).toEqual([
      expect.objectContaining({
        start: NOON,
        ok: 13,
        failed: 2,
        counts: [0, 13, 0],
      }),
    ]);
  });

  it('counts what comes again, or late, once', () => {
    const pair = start();
    feed(pair, [
      [0, 100, 0],
      [5, 101, 0],
      [5, 101, 0],
      [0, 100, 0],
      [10, 102, 0],
      [7, 101, 0],
    ]);
    expect(total(pair.fives)).toEqual([2, 0]);
  });

  it('counts nothing twice after a restart of this process', () => {
    const pair = start();
    feed(pair, [
      [0, 100, 0],
      [5, 105, 0],
    ]);
    pair.counters = undefined;
    feed(pair, [
      [0, 100, 0],
      [5, 105, 0],
      [10, 107, 0],
    ]);
    expect(total(pair.fives)).toEqual([7, 0]);
  });

  it('counts a reset from zero', () => {
    const pair = start();
    feed(pair, [
      [0, 100, 7],
      [5, 2, 1],
    ]);
    expect(total(pair.fives)).toEqual([2, 1]);
  });

  it('counts probes lost in a row, and forgets them with the first answer', () => {
    const pair = start();
    const steps: Array<[number, number, number, Partial<LatencyPoint>?]> = [
      [0, 100, 0],
      [5, 100, 1],
      [10, 100, 3],
      [15, 101, 3],
      [20, 102, 4, { lastOk: false }],
      [25, 102, 5],
    ];
    const seen = steps.map(step => {
      feed(pair, [step]);
      return pair.lostInRow;
    });
    expect(seen).toEqual([0, 1, 3, 0, 1, 2]);
    expect(pair.lastSuccessAt).toBe(NOON + 20_000);
  });

  it('knows a link that was never probed from one that was', () => {
    const pair = start();
    feed(pair, [[0, 0, 0]]);
    expect([pair.hasCounted, pair.sampledAt]).toEqual([false, undefined]);
    feed(pair, [[5, 0, 1]]);
    expect([pair.hasCounted, pair.sampledAt]).toEqual([true, NOON + 5_000]);
  });

  it('goes on when our own clock was set back by an hour', () => {
    const pair = start();
    feed(pair, [
      [3_600, 100, 0],
      [3_605, 101, 0],
    ]);
    feed(pair, [
      [5, 103, 0],
      [10, 105, 0],
    ]);
    expect(total(pair.minutes)).toEqual([3, 0]);
  });

  it('keeps twenty minutes, two hours, and hands on what is older', () => {
    const now = NOON + 2 * HOUR_MS + 60_000;
    const pair = start(now);
    const points = Array.from({ length: 26 }, (_, i) => [
      i * 300,
      i * 60,
      0,
    ]) as Array<[number, number, number]>;
    feed(pair, points, now);
    expect(pair.minutes.length).toBeLessThanOrEqual(22);
    expect(pair.fives[0].start).toBe(NOON + HOUR_MS);
    // Hours that are over are packed, this one isn't.
    expect(total(pair.unpacked)).toEqual([24 * 60, 0]);
    expect(total(pair.fives)).toEqual([12 * 60 + 60, 0]);
  });

  it('leaves out what is older than is kept', () => {
    const pair = start(NOON + 9 * DAY_MS);
    feed(
      pair,
      [
        [0, 0, 0],
        [300, 60, 0],
      ],
      NOON + 9 * DAY_MS,
    );
    expect(pair.unpacked).toEqual([]);
  });
});

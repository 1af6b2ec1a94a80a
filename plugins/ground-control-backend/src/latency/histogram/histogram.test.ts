import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { findQuantile } from './findQuantile';
import { internBounds } from './internBounds';
import { mergeHistograms } from './mergeHistograms';
import { packSlots, parseSlots } from './packSlots';
import { Slot } from './types';

const boundsOf = fc
  .uniqueArray(fc.integer({ min: 1, max: 10_000_000 }), { maxLength: 40 })
  .map(micros => internBounds(micros.map(n => n / 1e6)));

function slotOf(bounds: readonly number[]) {
  const size = bounds.length + 1;
  return fc.record({
    ok: fc.nat(),
    failed: fc.nat(1_000_000),
    counts: fc.array(fc.oneof(fc.constant(0), fc.nat(5_000)), {
      minLength: size,
      maxLength: size,
    }),
  });
}

const DAY = { start: Date.UTC(2026, 2, 2), step: 300_000 };

const slotsOf = fc
  .array(boundsOf, { minLength: 1, maxLength: 3 })
  .chain(kinds =>
    fc.array(
      fc.tuple(fc.nat(287), fc.constantFrom(...kinds)).chain(([i, bounds]) =>
        slotOf(bounds).map(
          (slot): Slot => ({
            ...slot,
            bounds,
            start: DAY.start + i * DAY.step,
          }),
        ),
      ),
      { maxLength: 60 },
    ),
  )
  .map(slots =>
    slots
      .filter((s, i) => slots.findIndex(o => o.start === s.start) === i)
      .sort((a, b) => a.start - b.start),
  );

describe('packed slots', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(slotsOf, slots => {
        expect(parseSlots(packSlots(slots, DAY), DAY)).toEqual(slots);
      }),
      { numRuns: 200 },
    );
  });

  it('that are cut off or another thing are refused, and end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        const packed = Buffer.from([1, ...deflateRawSync(bytes)]);
        let slots: Slot[] = [];
        let fault = 'Packed samples';
        try {
          slots = parseSlots(packed, DAY);
        } catch (error) {
          fault = (error as Error).message;
        }
        expect(fault).toMatch(/^Packed samples/);
        for (const slot of slots) {
          expect(slot.counts).toHaveLength(slot.bounds.length + 1);
        }
      }),
    );
    expect(() => parseSlots(Buffer.of(2, 3, 0), DAY)).toThrow(
      'unknown format 2',
    );
  });

  it('of a usual day take some hundred bytes to two thousand', () => {
    const bounds = internBounds([0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05]);
    const slots = Array.from({ length: 288 }, (_, i): Slot => {
      const counts = [0, 1, 30 + (i % 7), 25 - (i % 7), 3, 1, 0, 0];
      const start = DAY.start + i * DAY.step;
      return { start, ok: 60, failed: i % 50 ? 0 : 1, bounds, counts };
    });
    expect(packSlots(slots, DAY).length).toBeLessThan(2_000);
  });
});

describe('mergeHistograms', () => {
  it('loses nothing, whatever the bounds, in whatever order', () => {
    const histogramOf = boundsOf.chain(bounds =>
      slotOf(bounds).map(({ counts }) => ({ bounds, counts })),
    );
    fc.assert(
      fc.property(fc.array(histogramOf, { minLength: 1 }), list => {
        const merged = mergeHistograms(list)!;
        const sum = (counts: number[]) => counts.reduce((a, b) => a + b, 0);
        expect(sum(merged.counts)).toBe(
          list.reduce((all, one) => all + sum(one.counts), 0),
        );
        for (const one of list) {
          expect(one.bounds).toEqual(
            expect.arrayContaining([...merged.bounds]),
          );
        }
        expect(mergeHistograms(list.slice().reverse())).toEqual(merged);
      }),
    );
  });

  it('of other buckets keeps those that both have', () => {
    const today = {
      bounds: internBounds([0.01, 0.02, 0.05]),
      counts: [1, 2, 3, 4],
    };
    const yesterday = { bounds: internBounds([0.02, 0.1]), counts: [5, 6, 7] };
    expect(mergeHistograms([today, yesterday])).toEqual({
      bounds: [0.02],
      counts: [8, 20],
    });
  });

  it('of none is none', () => {
    expect(mergeHistograms([])).toBeUndefined();
  });
});

describe('findQuantile', () => {
  const bounds = internBounds([0.01, 0.02, 0.03, 0.05]);

  it.each([
    // counts, q, value, low, high, approximate
    [[10, 0, 0, 0, 0], 0.5, 0.005, 0, 0.01, true],
    [[0, 10, 0, 0, 0], 0.5, 0.015, 0.01, 0.02, true],
    [[5, 5, 0, 0, 0], 0.5, 0.01, 0, 0.01, true],
    [[0, 90, 10, 0, 0], 0.95, 0.025, 0.02, 0.03, true],
    [[0, 0, 0, 0, 7], 0.5, 0.05, 0.05, Infinity, true],
  ])('of %j at %d is %d', (counts, q, value, low, high, approximate) => {
    const found = findQuantile({ bounds, counts }, q)!;
    expect(found.value).toBeCloseTo(value, 9);
    expect(found).toMatchObject({ low, high, approximate });
  });

  it('is exact where buckets are narrow', () => {
    const narrow = internBounds([0.1, 0.11, 0.12]);
    expect(
      findQuantile({ bounds: narrow, counts: [0, 8, 0, 0] }, 0.5),
    ).toMatchObject({ approximate: false });
  });

  it('of nothing is unknown, and never 0', () => {
    expect(
      findQuantile({ bounds, counts: [0, 0, 0, 0, 0] }, 0.5),
    ).toBeUndefined();
    expect(findQuantile({ bounds: [], counts: [9] }, 0.5)).toBeUndefined();
  });

  it('lies in the bucket that holds the value of that rank', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.0001, max: 0.05, noNaN: true }), {
          minLength: 1,
        }),
        fc.constantFrom(0.5, 0.95, 0.99),
        (values, q) => {
          const counts = [0, 0, 0, 0, 0];
          for (const value of values) {
            const at = bounds.findIndex(bound => value <= bound);
            counts[at === -1 ? 4 : at] += 1;
          }
          const sorted = values.slice().sort((a, b) => a - b);
          const true_ = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
          const found = findQuantile({ bounds, counts }, q)!;
          expect(true_).toBeGreaterThan(found.low - 1e-12);
          expect(true_).toBeLessThanOrEqual(found.high);
        },
      ),
    );
  });
});

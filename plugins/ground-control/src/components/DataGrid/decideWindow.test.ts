import fc from 'fast-check';
import { decideWindow } from './decideWindow';

describe('decideWindow', () => {
  it.each([
    ['the start', { rows: 100, first: 0, fit: 3, kept: 0 }, [0, 8]],
    ['the middle', { rows: 100, first: 50, fit: 3, kept: 50 }, [44, 58]],
    ['the end', { rows: 100, first: 97, fit: 3, kept: 99 }, [91, 99]],
    ['fewer than fit', { rows: 2, first: 0, fit: 30, kept: 0 }, [0, 1]],
  ])('at %s', (_, window, [from, to]) => {
    const indices = decideWindow(window);
    expect([indices[0], indices[indices.length - 1]]).toEqual([from, to]);
    expect(indices).toHaveLength(to - from + 1);
  });

  it('keeps a row that is out of sight, however near', () => {
    const window = { rows: 100, first: 50, fit: 2 };
    const drawn = decideWindow({ ...window, kept: 50 });
    expect(drawn).toEqual(Array.from({ length: 14 }, (_, i) => 44 + i));
    for (const kept of [0, 3, 43]) {
      expect(decideWindow({ ...window, kept })).toEqual([kept, ...drawn]);
    }
    for (const kept of [58, 90, 99]) {
      expect(decideWindow({ ...window, kept })).toEqual([...drawn, kept]);
    }
    for (const kept of [44, 57, 100, -1]) {
      expect(decideWindow({ ...window, kept })).toEqual(drawn);
    }
  });

  it('has all rows in sight, in order, each once, and few more', () => {
    fc.assert(
      fc.property(
        fc.nat(5_000),
        fc.nat(6_000),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: -1, max: 6_000 }),
        (rows, first, fit, kept) => {
          const indices = decideWindow({ rows, first, fit, kept });
          const start = Math.min(first, Math.max(0, rows - fit));
          for (let i = start; i < Math.min(rows, start + fit); i++) {
            expect(indices).toContain(i);
          }
          expect(indices).toEqual([...new Set(indices)].sort((a, b) => a - b));
          expect(indices.every(i => i >= 0 && i < rows)).toBe(true);
          expect(indices.includes(kept)).toBe(kept >= 0 && kept < rows);
          expect(indices.length).toBeLessThanOrEqual(fit + 13);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { Board, BoardCell, decodeBoard, encodeBoard } from './board';

const asOf = '2026-03-02T10:00:00.000Z';
const now = Date.parse(asOf) / 1000;
const hex = (length: number) =>
  fc.string({
    unit: fc.constantFrom(...'0123456789abcdef'),
    minLength: length,
    maxLength: length,
  });

/** Ids by the convention, ids against it, and the encoding's own marks. */
const artifactId = fc.oneof(
  fc.tuple(hex(10), hex(10)).map(([a, b]) => `master-${a}-${b}`),
  fc.string({ minLength: 1 }).filter(id => id !== '='),
);
const cell: fc.Arbitrary<BoardCell> = fc.oneof(
  fc.constant<BoardCell>({ state: 'not-released' }),
  fc.record(
    {
      state: fc.constantFrom('problem' as const, 'recorded' as const),
      artifactId,
      commit: hex(7),
      branch: fc.string(),
      releasedAt: fc.integer({ min: 0, max: now }),
      releasedBy: fc.string(),
      behind: fc.nat(500),
      planDiffers: fc.constant(true),
      rollback: fc.constant(true),
    },
    { requiredKeys: ['state'] },
  ),
);
const board: fc.Arbitrary<Board> = fc
  .integer({ min: 0, max: 4 })
  .chain(environments =>
    fc
      .array(
        fc.record(
          {
            service: fc.record({ namespace: fc.string(), name: fc.string() }),
            squad: fc.string(),
            presence: fc.constantFrom(
              'both' as const,
              'repository-only' as const,
              'catalog-only' as const,
            ),
            entityRef: fc.oneof(
              fc.constant('component:default/a'),
              fc.string({ minLength: 2 }),
            ),
            artifactSquad: fc.string(),
            problems: fc.nat(9),
            cells: fc.array(cell, {
              minLength: environments,
              maxLength: environments,
            }),
          },
          { requiredKeys: ['service', 'presence', 'problems', 'cells'] },
        ),
        { maxLength: 12 },
      )
      .map(rows => ({
        asOf,
        repository: { state: 'fresh' as const, branch: 'master' },
        environments: ['dev', 'staging', 'prod', 'dr'].slice(0, environments),
        mainBranch: 'master',
        squads: [],
        mine: [],
        rows,
      })),
  );

describe('board encoding', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(board, value => {
        const sent = JSON.parse(JSON.stringify(encodeBoard(value)));
        // A commit is left out only where the id itself tells it, so an
        // artifact without one must not get one by guessing.
        expect(decodeBoard(sent)).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it('sends a release from the future as made just now', () => {
    const [row] = decodeBoard(
      encodeBoard({
        asOf,
        repository: { state: 'fresh', branch: 'master' },
        environments: ['dev'],
        mainBranch: 'master',
        squads: [],
        mine: [],
        rows: [
          {
            service: { namespace: '', name: 'a' },
            presence: 'both',
            problems: 0,
            cells: [{ state: 'recorded', releasedAt: now + 60 }],
          },
        ],
      }),
    ).rows;
    expect(row.cells[0].releasedAt).toBe(now);
  });
});

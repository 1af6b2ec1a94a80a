import fc from 'fast-check';
import { Board, BoardCell, BoardRow, decodeBoard, encodeBoard } from './board';
import {
  BoardCluster,
  CLUSTER_SERVICE_STATES,
  ClusterServiceState,
  summarizeClusterStates,
} from './cluster';

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
const NAMES = ['dev', 'staging', 'prod', 'dr'];
const clusterState = fc.constantFrom(...CLUSTER_SERVICE_STATES);

/** A cell of an environment with so many clusters. */
const cell = (clusters: number): fc.Arbitrary<BoardCell> =>
  fc.oneof(
    fc.record<BoardCell>({
      state: fc.constantFrom('not-released' as const, 'problem' as const),
    }),
    // What was removed behind our back is marked too.
    fc.constant<BoardCell>({ state: 'not-released', notApprovedHere: true }),
    fc
      .tuple(
        fc.record(
          {
            artifactId,
            commit: hex(7),
            branch: fc.string(),
            releasedAt: fc.integer({ min: 0, max: now }),
            releasedBy: fc.string(),
            behind: fc.nat(500),
            behindCommits: fc.nat(1000),
            planDiffers: fc.constant(true as const),
            rollback: fc.constant(true as const),
            notApprovedHere: fc.constant(true as const),
            blocked: fc.constant(true as const),
          },
          { requiredKeys: [] },
        ),
        fc.boolean(),
        fc.array(clusterState, { minLength: clusters, maxLength: clusters }),
      )
      .map(([facts, isProblem, states]): BoardCell => {
        const worst = summarizeClusterStates(states) ?? 'recorded';
        return {
          ...facts,
          state: isProblem ? 'problem' : worst,
          ...(states.length > 0 && { clusters: states }),
        };
      }),
  );

/** A row of environments with so many clusters each. */
const boardRow = (clusters: number[]): fc.Arbitrary<BoardRow> =>
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
      cells: fc.tuple(...clusters.map(cell)),
    },
    { requiredKeys: ['service', 'presence', 'problems', 'cells'] },
  );

const boardCluster = (
  environments: number,
): fc.Arbitrary<Omit<BoardCluster, 'name'>> =>
  fc.record(
    {
      environment: fc.constantFrom(...NAMES.slice(0, environments)),
      provider: fc.constantFrom('aws', 'azure', 'gcp'),
      region: fc.string(),
      connection: fc.record(
        {
          state: fc.constantFrom('live' as const, 'unreachable' as const),
          reason: fc.string(),
          observedAt: fc.constant(asOf),
        },
        { requiredKeys: ['state'] },
      ),
    },
    { requiredKeys: ['environment', 'connection'] },
  );

const board: fc.Arbitrary<Board> = fc
  .integer({ min: 0, max: 4 })
  .chain(environments =>
    fc.record({
      environments: fc.constant(NAMES.slice(0, environments)),
      // Those of one environment needn't stand together.
      clusters: (environments > 0
        ? fc.array(boardCluster(environments), { maxLength: 7 })
        : fc.constant([])
      ).map(found => found.map((one, i) => ({ name: `c${i}`, ...one }))),
    }),
  )
  .chain(({ environments, clusters }) =>
    fc
      .array(
        boardRow(
          environments.map(
            name => clusters.filter(one => one.environment === name).length,
          ),
        ),
        { maxLength: 12 },
      )
      .map(rows => ({
        asOf,
        repository: { state: 'fresh' as const, branch: 'master' },
        environments,
        mainBranch: 'master',
        clusters,
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

  /** A board of one row with a cell in prod, which has two clusters. */
  const boardOf = (one: BoardCell): Board => ({
    asOf,
    repository: { state: 'fresh', branch: 'master' },
    environments: ['prod'],
    mainBranch: 'master',
    clusters: ['a', 'b'].map(name => ({
      name,
      environment: 'prod',
      connection: { state: 'live' },
    })),
    squads: [],
    mine: [],
    rows: [
      {
        service: { namespace: '', name: 'a' },
        presence: 'both',
        problems: 0,
        cells: [one],
      },
    ],
  });

  it('shows a release from the future as made just now', () => {
    const { rows } = decodeBoard(
      encodeBoard(boardOf({ state: 'recorded', releasedAt: now + 60 })),
    );
    expect(rows[0].cells[0].releasedAt).toBe(now);
  });

  it('packs the same content the same, whenever it is asked for', () => {
    const { asOf: first, ...content } = encodeBoard(
      boardOf({ state: 'recorded', releasedAt: now - 60 }),
    );
    const { asOf: second, ...again } = encodeBoard({
      ...boardOf({ state: 'recorded', releasedAt: now - 60 }),
      asOf: '2026-03-02T10:00:15.000Z',
    });
    expect(second).not.toBe(first);
    expect(again).toEqual(content);
  });

  it('sends one character for each cluster and service', () => {
    const states: ClusterServiceState[] = ['reconciled', 'failed'];
    const [sent] = encodeBoard(
      boardOf({ state: 'failed', clusters: states }),
    ).cells;
    expect([sent.state, sent.clusters]).toEqual(['c', ['7', '0']]);
    const [none] = encodeBoard(boardOf({ state: 'not-released' })).cells;
    expect([none.state, none.clusters]).toEqual(['-', ['-', '-']]);
  });
});

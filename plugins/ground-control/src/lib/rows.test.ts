import fc from 'fast-check';
import {
  BoardRow,
  CLUSTER_SERVICE_STATES,
  ClusterServiceState,
  summarizeClusterStates,
} from '@ground-control/backstage-plugin-ground-control-common';
import { makeRow } from '../__testUtils__/makeRow';
import { attentionOf, needsAttention } from './attention';
import { countStates } from './countStates';
import { filterRows } from './filterRows';
import { groupByState } from './groupByState';
import { groupRows, listRows } from './groupRows';
import { sortRows } from './sortRows';
import { tallyRows } from './tallyRows';

const SCOPE = { columns: [0, 1, 2] };
const ALL = { q: '', scope: SCOPE };
const inClusters = (...clusters: ClusterServiceState[]) => ({
  state: summarizeClusterStates(clusters),
  clusters,
});
const names = (rows: BoardRow[]) => rows.map(row => row.service.name);

describe('attentionOf', () => {
  it.each([
    ['none', makeRow('a')],
    ['behind', makeRow('a', { cells: [{}, {}, { behind: 3 }] })],
    ['none', makeRow('a', { cells: [{}, {}, { behind: 0 }] })],
    ['presence', makeRow('a', { presence: 'catalog-only' })],
    [
      'presence',
      makeRow('a', { presence: 'repository-only', cells: [{ behind: 2 }] }),
    ],
    ['blocked', makeRow('a', { cells: [{}, { blocked: true }, {}] })],
    ['problem', makeRow('a', { problems: 1, presence: 'catalog-only' })],
    ['problem', makeRow('a', { cells: [{}, { state: 'problem' }, {}] })],
  ])('is %s', (expected, row) => {
    expect(attentionOf(row, SCOPE)).toBe(expected);
  });

  it('looks at the shown environments alone', () => {
    const row = makeRow('a', { cells: [{}, {}, { behind: 3 }] });
    expect(attentionOf(row, { columns: [0, 1] })).toBe('none');
  });
});

describe('filterRows', () => {
  const rows = [
    makeRow('ledger-api', {
      cells: [{ artifactId: 'master-1a2b3c4d5e-0000000000' }],
    }),
    makeRow('fx-api', {
      squad: 'group:default/fx',
      cells: [{ releasedBy: 'Ana Ruiz', commit: '77ce012' }],
    }),
    makeRow('orphan', { squad: undefined, cells: [{ behind: 2 }] }),
  ];

  it.each([
    ['', ['ledger-api', 'fx-api', 'orphan']],
    ['API', ['ledger-api', 'fx-api']],
    ['1a2b3c4', ['ledger-api']],
    ['ana api', ['fx-api']],
    ['ana ledger', []],
    ['77ce', ['fx-api']],
    ['group:default/pay', ['ledger-api']],
    ['ns/orphan', ['orphan']],
  ])('finds “%s”', (q, expected) => {
    expect(names(filterRows(rows, { ...ALL, q }))).toEqual(expected);
  });

  it('lets the given squads through, and services without one only among all', () => {
    const squads = new Set(['group:default/fx', 'group:default/none']);
    expect(names(filterRows(rows, { ...ALL, squads }))).toEqual(['fx-api']);
  });

  it.each([
    ['all', ['ledger-api', 'fx-api', 'orphan', 'broken', 'half', 'gone']],
    ['attention', ['broken', 'half']],
    ['behind', ['orphan']],
    ['problem', ['broken']],
    ['failed', ['half']],
    ['reconciled', ['half']],
    ['stale', ['gone']],
    ['drifted', []],
    ['recorded', ['ledger-api', 'fx-api', 'orphan', 'broken']],
  ] as const)('by state %s', (state, expected) => {
    const more = [
      makeRow('broken', { problems: 1 }),
      makeRow('half', { cells: [inClusters('reconciled', 'failed')] }),
      makeRow('gone', { cells: [inClusters('stale', 'stale')] }),
    ];
    expect(names(filterRows([...rows, ...more], { ...ALL, state }))).toEqual(
      expected,
    );
  });

  it('looks at the picked clusters alone', () => {
    const clustered = [
      makeRow('a', { cells: [inClusters('failed', 'reconciled')] }),
      makeRow('b', { cells: [inClusters('reconciled', 'failed')] }),
      makeRow('c', { cells: [{ state: 'not-released' }] }),
    ];
    const scope = { columns: [0], picks: { 0: [1] } };
    const ask = (state: 'all' | 'failed' | 'attention') =>
      names(filterRows(clustered, { q: '', state, scope }));
    expect(ask('all')).toEqual(['a', 'b']);
    expect(ask('failed')).toEqual(['b']);
    expect(ask('attention')).toEqual(['b']);
  });
});

describe('sortRows', () => {
  const rows = [
    makeRow('b', { cells: [{ releasedAt: 50, behind: 1 }] }),
    makeRow('c', { cells: [{ releasedAt: 10, behind: 9 }] }),
    makeRow('D', { problems: 1, cells: [{ releasedAt: 5 }] }),
    makeRow('a', { cells: [{}] }),
    makeRow('e', { presence: 'catalog-only', cells: [{}] }),
  ];

  it.each([
    ['attention', ['D', 'e', 'b', 'c', 'a']],
    ['name', ['a', 'b', 'c', 'D', 'e']],
    ['age', ['b', 'c', 'D', 'a', 'e']],
    ['behind', ['c', 'b', 'a', 'D', 'e']],
  ] as const)('by %s', (sort, expected) => {
    expect(names(sortRows(rows, sort, { columns: [0] }))).toEqual(expected);
  });

  it('has one order, whatever order the rows came in', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(rows, { minLength: rows.length }),
        fc.constantFrom('attention', 'name', 'age', 'behind' as const),
        (shuffled, sort) => {
          expect(
            names(sortRows(shuffled, sort as 'age', { columns: [0] })),
          ).toEqual(names(sortRows(rows, sort as 'age', { columns: [0] })));
        },
      ),
    );
  });
});

describe('groupRows', () => {
  const squads = [
    { ref: 'group:default/pay', title: 'Zeta', inCatalog: true },
    { ref: 'group:default/fx', title: 'Alpha', inCatalog: false },
  ];
  const rows = [
    makeRow('one', { problems: 1 }),
    makeRow('two', { squad: undefined }),
    makeRow('three', { squad: 'group:default/fx' }),
    makeRow('four', { cells: [{ behind: 1 }, {}, {}] }),
  ];

  it('puts squads in order of their titles, and none last', () => {
    const items = groupRows(rows, squads, {
      collapsed: new Set(),
      scope: SCOPE,
    });
    expect(
      items.map(item =>
        item.kind === 'group' ? `# ${item.title}` : item.row.service.name,
      ),
    ).toEqual(['# Alpha', 'three', '# Zeta', 'one', 'four', '# ', 'two']);
  });

  it('counts, also while collapsed', () => {
    const [, zeta, next] = groupRows(rows, squads, {
      collapsed: new Set(['group:group:default/pay', 'group:group:default/fx']),
      scope: SCOPE,
    });
    expect(zeta).toMatchObject({
      kind: 'group',
      collapsed: true,
      services: 2,
      counts: { problem: 1, presence: 0, behind: 1, failed: 0, recorded: 2 },
    });
    expect(next).toMatchObject({ kind: 'group', title: '' });
  });

  it('keeps every row once, and keys are unique', () => {
    const items = groupRows(rows, squads, {
      collapsed: new Set(),
      scope: SCOPE,
    });
    const keys = items.map(item => item.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(
      expect.arrayContaining(listRows(rows).map(item => item.key)),
    );
  });
});

describe('countStates', () => {
  it('counts each environment, worst first', () => {
    const rows = [
      makeRow('a', {
        cells: [inClusters('reconciled'), { state: 'not-released' }],
      }),
      makeRow('b', { cells: [{ state: 'problem' }, { behind: 2 }] }),
      makeRow('c', {
        cells: [inClusters('reconciled', 'failed'), { state: 'not-released' }],
      }),
    ];
    expect(countStates({ environments: ['dev', 'prod'], rows })).toEqual([
      {
        environment: 'dev',
        states: [
          { state: 'problem', count: 1 },
          { state: 'failed', count: 1 },
          { state: 'reconciled', count: 1 },
        ],
        behind: 0,
      },
      {
        environment: 'prod',
        states: [
          { state: 'recorded', count: 1 },
          { state: 'not-released', count: 2 },
        ],
        behind: 1,
      },
    ]);
  });
});

describe('groupByState', () => {
  it('names clusters worst state first, in their order', () => {
    expect(
      groupByState(
        ['a', 'b', 'c', 'd'],
        ['reconciled', 'stale', 'failed', 'reconciled'],
      ),
    ).toEqual([
      { state: 'failed', names: ['c'] },
      { state: 'stale', names: ['b'] },
      { state: 'reconciled', names: ['a', 'd'] },
    ]);
  });
});

describe('what a cluster reports', () => {
  const states = fc.array(fc.constantFrom(...CLUSTER_SERVICE_STATES), {
    minLength: 1,
    maxLength: 5,
  });

  it('is found by the filter of its state, whatever the other clusters report', () => {
    fc.assert(
      fc.property(states, fc.nat(), (clusters, pick) => {
        const row = makeRow('a', { cells: [inClusters(...clusters)] });
        const state = clusters[pick % clusters.length];
        expect(filterRows([row], { ...ALL, state })).toHaveLength(1);
        expect(tallyRows([row], SCOPE)[state]).toBe(1);
      }),
    );
  });

  it.each([
    ['failed', true],
    ['drifted', true],
    ['suspended', true],
    ['unknown', true],
    ['stale', false],
    ['rolling-out', false],
    ['pending', false],
    ['reconciled', false],
  ] as const)('%s needs attention: %s', (state, needed) => {
    const row = makeRow('a', { cells: [inClusters('reconciled', state)] });
    expect(needsAttention(attentionOf(row, SCOPE))).toBe(needed);
  });
});

import fc from 'fast-check';
import { BoardRow } from '@ground-control/backstage-plugin-ground-control-common';
import { makeRow } from '../__testUtils__/makeRow';
import { attentionOf } from './attention';
import { countStates } from './countStates';
import { filterRows } from './filterRows';
import { groupRows, listRows } from './groupRows';
import { sortRows } from './sortRows';

const COLUMNS = [0, 1, 2];
const ALL = { q: '', attentionOnly: false, columns: COLUMNS };
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
    ['problem', makeRow('a', { problems: 1, presence: 'catalog-only' })],
    ['problem', makeRow('a', { cells: [{}, { state: 'problem' }, {}] })],
  ])('is %s', (expected, row) => {
    expect(attentionOf(row, COLUMNS)).toBe(expected);
  });

  it('looks at the shown environments alone', () => {
    const row = makeRow('a', { cells: [{}, {}, { behind: 3 }] });
    expect(attentionOf(row, [0, 1])).toBe('none');
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

  it('keeps what needs attention', () => {
    expect(names(filterRows(rows, { ...ALL, attentionOnly: true }))).toEqual([
      'orphan',
    ]);
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
    expect(names(sortRows(rows, sort, [0]))).toEqual(expected);
  });

  it('has one order, whatever order the rows came in', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(rows, { minLength: rows.length }),
        fc.constantFrom('attention', 'name', 'age', 'behind' as const),
        (shuffled, sort) => {
          expect(names(sortRows(shuffled, sort as 'age', [0]))).toEqual(
            names(sortRows(rows, sort as 'age', [0])),
          );
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
      columns: COLUMNS,
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
      columns: COLUMNS,
    });
    expect(zeta).toMatchObject({
      kind: 'group',
      collapsed: true,
      services: 2,
      counts: { problem: 1, presence: 0, behind: 1, none: 0 },
    });
    expect(next).toMatchObject({ kind: 'group', title: '' });
  });

  it('keeps every row once, and keys are unique', () => {
    const items = groupRows(rows, squads, {
      collapsed: new Set(),
      columns: COLUMNS,
    });
    const keys = items.map(item => item.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toEqual(
      expect.arrayContaining(listRows(rows).map(item => item.key)),
    );
  });
});

describe('countStates', () => {
  it('counts each environment', () => {
    const rows = [
      makeRow('a', { cells: [{}, { state: 'not-released' }] }),
      makeRow('b', { cells: [{ state: 'problem' }, { behind: 2 }] }),
    ];
    expect(countStates({ environments: ['dev', 'prod'], rows })).toEqual([
      {
        environment: 'dev',
        recorded: 1,
        problem: 1,
        notReleased: 0,
        behind: 0,
      },
      {
        environment: 'prod',
        recorded: 1,
        problem: 0,
        notReleased: 1,
        behind: 1,
      },
    ]);
  });
});

import {
  LinkCell,
  LinkCluster,
  LinkState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { FixtureLinks } from '../../__testUtils__/FixtureLinks';
import { decideMatrix, keyOfPair } from './decideMatrix';

const NOW = Date.parse('2026-11-21T01:00:00.000Z');
const all = { onlyBad: false, open: [] };

function links(
  clusters: [name: string, provider: string | null][],
  states: Record<string, LinkState>,
) {
  const [sample] = new FixtureLinks(2, NOW).cells;
  return {
    clusters: clusters.map(
      ([name, provider]): LinkCluster => ({
        name,
        provider,
        region: null,
        source: { state: 'fresh', sampledAt: null, reason: null },
      }),
    ),
    cells: Object.entries(states).map(([pair, state]): LinkCell => {
      const [from, to] = pair.split(' ');
      return { ...sample, from, to, state };
    }),
  };
}

const FOUR: [string, string][] = [
  ['a1', 'aws'],
  ['a2', 'aws'],
  ['a3', 'aws'],
  ['g1', 'gcp'],
];

describe('decideMatrix', () => {
  it('has a place for each pair, and none where a cluster meets itself', () => {
    const { spots, size, rows } = decideMatrix(
      links(FOUR, { 'a1 g1': 'high' }),
      all,
    );
    expect(rows.map(({ name }) => name)).toEqual(['a1', 'a2', 'a3', 'g1']);
    expect(size).toBe('full');
    expect(spots.map(row => row.map(spot => spot?.cell.state))).toEqual([
      [undefined, 'not-linked', 'not-linked', 'high'],
      ['not-linked', undefined, 'not-linked', 'not-linked'],
      ['not-linked', 'not-linked', undefined, 'not-linked'],
      ['not-linked', 'not-linked', 'not-linked', undefined],
    ]);
  });

  it('keeps the direction', () => {
    const { spots } = decideMatrix(
      links(FOUR, { 'a1 g1': 'down', 'g1 a1': 'normal' }),
      all,
    );
    expect(spots[0][3]?.cell).toMatchObject({ from: 'a1', state: 'down' });
    expect(spots[3][0]?.cell).toMatchObject({ from: 'g1', state: 'normal' });
  });

  it('sums providers up: the worst of all pairs, those within one as well', () => {
    const matrix = links(FOUR, {
      'a1 a2': 'normal',
      'a2 a1': 'elevated',
      'a3 a1': 'hidden',
      'a1 g1': 'stale',
      'a2 g1': 'down',
      'a3 g1': 'high',
    });
    const { rows, spots } = decideMatrix(matrix, {
      ...all,
      axis: 'providers',
    });
    // A provider with one cluster is that cluster.
    expect(rows.map(({ name, group }) => [name, group])).toEqual([
      ['aws', true],
      ['g1', false],
    ]);
    expect(spots[0][0]).toMatchObject({
      cell: { from: 'a2', to: 'a1', state: 'elevated' },
      links: 2,
      bad: 1,
    });
    expect(spots[0][1]).toMatchObject({
      cell: { from: 'a2', state: 'down' },
      links: 3,
      bad: 2,
    });
    expect(spots[1][0]?.cell.state).toBe('not-linked');
    expect(spots[1][1]).toBeNull();
  });

  it('shows the clusters of a provider that is open beside the others', () => {
    const { rows } = decideMatrix(
      links([...FOUR, ['g2', 'gcp'], ['x', null]], {}),
      { onlyBad: false, axis: 'providers', open: ['gcp'] },
    );
    expect(rows.map(({ name }) => name)).toEqual(['aws', 'g1', 'g2', 'x']);
  });

  it.each([
    [12, 'full', false],
    [13, 'compact', false],
    [30, 'compact', false],
    [31, 'full', true],
  ])('of %i clusters the cells are %s', (count, size, grouped) => {
    const layout = decideMatrix(new FixtureLinks(count, NOW), all);
    expect(layout.size).toBe(size);
    expect(layout.rows[0].group).toBe(grouped);
  });

  it('leaves out rows and columns that are well all along, each for itself', () => {
    const { rows, columns, spots } = decideMatrix(
      links(FOUR, {
        'a1 a2': 'normal',
        'a2 a1': 'hidden',
        'a3 g1': 'stale',
        'g1 a2': 'high',
      }),
      { onlyBad: true, open: [] },
    );
    expect(rows.map(({ name }) => name)).toEqual(['a3', 'g1']);
    expect(columns.map(({ name }) => name)).toEqual(['a2', 'g1']);
    expect(spots.map(row => row.map(spot => spot?.cell.state))).toEqual([
      ['not-linked', 'stale'],
      ['high', undefined],
    ]);
  });

  it('counts calls where they are looked for', () => {
    const matrix = links(FOUR, { 'a1 g1': 'high' });
    expect(decideMatrix(matrix, all).spots[0][3]).not.toHaveProperty('calls');
    const calls = new Map([
      [keyOfPair('a1', 'g1'), { used: 4, declared: 0 }],
      [keyOfPair('a2', 'g1'), { used: 1, declared: 2 }],
    ]);
    const { spots } = decideMatrix(matrix, all, calls);
    expect(spots[0][3]?.calls).toEqual({ used: 4, declared: 0 });
    expect(spots[3][0]?.calls).toEqual({ used: 0, declared: 0 });
    expect(
      decideMatrix(matrix, { ...all, axis: 'providers' }, calls).spots[0][1]
        ?.calls,
    ).toEqual({ used: 5, declared: 2 });
  });
});

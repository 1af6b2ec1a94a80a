import { FixtureLinks } from '../__testUtils__/FixtureLinks';
import { filterPlaces } from './filterPlaces';

const NOW = Date.parse('2026-03-02T12:00:00.000Z');

describe('filterPlaces', () => {
  const all = new FixtureLinks('mixed', NOW).matrix({});
  // One of no provider that carries no environment, and one that is known as a target alone.
  all.clusters = [
    ...all.clusters,
    { ...all.clusters[0], name: 'hub', provider: null, role: 'platform' },
    { ...all.clusters[0], name: 'target', provider: null },
  ];
  all.clusters.slice(-2).forEach(one => delete one.environment);

  it.each<[string[], string[], string[]]>([
    [['gcp'], [], ['gcp-prod-1', 'gcp-prod-2']],
    [
      ['aws', 'gcp'],
      ['prod'],
      ['aws-prod-1', 'aws-prod-2', 'gcp-prod-1', 'gcp-prod-2'],
    ],
    [[], ['staging'], ['aws-stg-1']],
    [[], ['platform'], ['hub']],
    [['gcp'], ['staging'], []],
  ])('picks clusters of %j in %j', (provider, role, expected) => {
    const { matrix, known, unknown } = filterPlaces(all, { provider, role });
    expect(matrix.clusters.map(({ name }) => name)).toEqual(expected);
    expect([known, unknown]).toEqual([{ provider, role }, []]);
    const ends = [...matrix.cells, ...matrix.trust].flatMap(({ from, to }) => [
      from,
      to,
    ]);
    expect(expected).toEqual(expect.arrayContaining(ends));
    const links = all.cells.filter(
      ({ from, to }) => expected.includes(from) && expected.includes(to),
    );
    expect(matrix.cells).toEqual(links);
  });

  it('shows all where nothing is picked', () => {
    const { matrix } = filterPlaces(all, { provider: [], role: [] });
    expect(matrix).toEqual(all);
  });

  it('names what no cluster has, and doesn’t count it', () => {
    const { matrix, known, unknown } = filterPlaces(all, {
      provider: ['moon'],
      role: ['prod', ''],
    });
    expect(matrix.clusters).toHaveLength(6);
    expect(known).toEqual({ provider: [], role: ['prod'] });
    expect(unknown).toEqual([
      { key: 'provider', value: 'moon' },
      { key: 'role', value: '' },
    ]);
  });
});

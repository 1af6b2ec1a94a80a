import { TestDatabaseId } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { pairKey } from '../latency/book/pairKey';
import { readMatrix } from '../latency/reading/readMatrix';
import { readPair } from '../latency/reading/readPair';
import { readLinkedPairs } from './readLinkedPairs';

const databases = createTestDatabases();
const NOW = new Date('2026-03-02T12:00:00Z');
const QUERY = { window: '1h', percentile: 'p50' } as const;

describe.each(databases.eachSupportedId())('readLinkedPairs on %s', id => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const watch = (cluster: string, isKnown: boolean) => ({
      cluster,
      links_known: isKnown,
      services_known: true,
      ingresses_known: true,
      observed_at: 7,
    });
    const link = (cluster: string, target: string) => ({
      cluster,
      target,
      namespace: 'linkerd-multicluster',
      gateway: '[]',
      observed_at: 7,
    });
    await knex('link_watch').insert([
      watch('aws-1', true),
      watch('az-1', false),
      watch('lone', true),
    ]);
    // What a cluster said before it didn't let us read them any more.
    await knex('cluster_links').insert([
      link('aws-1', 'gcp-1'),
      link('az-1', 'gcp-1'),
    ]);
    const pair = (from: string, to: string) => ({
      from_cluster: from,
      to_cluster: to,
      source: 'a',
      probe: 'gateway',
      loss_at_least: false,
      linked: true,
      state: 'normal',
      code: 'as-usual',
      since: 0,
      window_5m: '[0,0,null,null,null]',
      window_1h: '[0,0,null,null,null]',
      window_24h: '[0,0,null,null,null]',
      window_7d: '[0,0,null,null,null]',
      baselines: '[null,null,null]',
    });
    await knex('latency_pairs').insert([
      pair('aws-1', 'az-1'),
      pair('az-1', 'aws-1'),
      pair('lone', 'aws-1'),
    ]);
  });

  it('has the Links of clusters whose Links are known', async () => {
    const { clusters, pairs } = await readLinkedPairs(knex);
    expect([...clusters].sort()).toEqual(['aws-1', 'lone']);
    expect([...pairs]).toEqual([pairKey('aws-1', 'gcp-1')]);
  });

  it('decides what is linked, where it is known; else samples do', async () => {
    const context = { knex, now: NOW, readLinkedPairs };
    const { cells, clusters } = await readMatrix(context, QUERY);
    // No source ever heard of the one, and nobody configured it.
    expect(clusters.map(({ name }) => name)).toContain('gcp-1');
    expect(cells.map(({ from, to, state }) => [from, to, state])).toEqual([
      ['aws-1', 'gcp-1', 'never-sampled'],
      ['az-1', 'aws-1', expect.any(String)],
    ]);
    const stateOf = async (from: string, to: string) =>
      (await readPair(context, { from, to }, QUERY)).cells['1h'].state;
    expect(await stateOf('aws-1', 'az-1')).toBe('not-linked');
    expect(await stateOf('lone', 'aws-1')).toBe('not-linked');
    expect(await stateOf('aws-1', 'gcp-1')).toBe('never-sampled');
  });

  it('says nothing of links that the reader may not see', async () => {
    await knex('cluster_trust').insert([
      { cluster: 'aws-1', roots: '[{"fingerprint":"a"}]' },
      { cluster: 'gcp-1', roots: '[{"fingerprint":"b"}]' },
    ]);
    const read = async (maySee: (cluster: string) => boolean) =>
      (await readMatrix({ knex, now: NOW, readLinkedPairs, maySee }, QUERY))
        .trust;
    expect(await read(() => true)).toMatchObject([{ trust: 'different' }]);
    expect(await read(cluster => cluster !== 'gcp-1')).toEqual([]);
  });
});

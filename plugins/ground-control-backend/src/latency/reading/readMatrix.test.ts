import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { createPair } from '../book/createPair';
import { pairKey } from '../book/pairKey';
import { internBounds } from '../histogram/internBounds';
import { writePairs } from '../store/writePairs';
import { decideSource } from './decideSource';
import { readMatrix } from './readMatrix';
import { readPair } from './readPair';
import { LinkReadContext, readNoLinkedPairs } from './types';

const NOW = Date.UTC(2026, 2, 2, 12);
const databases = createTestDatabases();
const numbers = { window: '5m', percentile: 'p50' } as const;

describe.each(databases.eachSupportedId())('readMatrix on %s', id => {
  async function open() {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    await knex('latency_sources').insert({
      source: 's',
      ordinal: 0,
      label: 'probe',
      interval_ms: 5_000,
      state: 'fresh',
      since: NOW,
    });
    await knex('latency_clusters').insert({
      cluster: 'aws',
      source: 's',
      heard_at: NOW,
    });
    const pair = (to: string) => ({
      ...createPair({ from: 'aws', to, sourceId: 's' }, NOW),
      state: 'normal' as const,
    });
    await writePairs(knex, [pair('gcp'), pair('azure')], NOW);
    return (more: Partial<LinkReadContext> = {}): LinkReadContext => ({
      knex,
      now: new Date(NOW),
      readLinkedPairs: readNoLinkedPairs,
      ...more,
    });
  }

  it('hides what the reader may not see, and says nothing of it', async () => {
    const context = await open();
    const maySee = (cluster: string) => cluster !== 'gcp';
    const { cells } = await readMatrix(context({ maySee }), numbers);
    expect(cells).toEqual([
      expect.objectContaining({ to: 'azure', state: 'normal' }),
      expect.objectContaining({
        to: 'gcp',
        state: 'hidden',
        code: 'hidden',
        source: null,
        since: null,
        samples: 0,
      }),
    ]);
    await expect(
      readPair(context({ maySee }), { from: 'aws', to: 'gcp' }, numbers),
    ).rejects.toThrow('There is no link');
  });

  it('shows no value of a dead link, also when its source is silent since', async () => {
    const context = await open();
    const answered = {
      start: NOW,
      ok: 50,
      failed: 2,
      bounds: internBounds([0.02, 0.021]),
      counts: [0, 50, 0],
    };
    const pair = (to: string, state: 'down' | 'high') => ({
      ...createPair({ from: 'aws', to, sourceId: 's' }, NOW),
      minutes: [answered],
      state,
    });
    const pairs = [pair('gcp', 'down'), pair('azure', 'high')];
    await writePairs(context().knex, pairs, NOW);
    const valuesAt = async (now: number) =>
      (await readMatrix(context({ now: new Date(now) }), numbers)).cells.map(
        ({ to, state, valueMs }) => [to, state, valueMs],
      );
    expect(await valuesAt(NOW)).toEqual([
      ['azure', 'high', 20.5],
      ['gcp', 'down', null],
    ]);
    expect(await valuesAt(NOW + 10 * 60_000)).toEqual([
      ['azure', 'stale', 20.5],
      ['gcp', 'stale', null],
    ]);
  });

  it('believes who knows the links before what is measured', async () => {
    const context = await open();
    const readLinkedPairs = async () => ({
      clusters: new Set(['aws', 'gcp']),
      pairs: new Set([
        pairKey('aws', 'gcp'),
        pairKey('aws', 'new'),
        pairKey('gcp', 'aws'),
      ]),
    });
    const { cells } = await readMatrix(context({ readLinkedPairs }), numbers);
    expect(
      cells.map(
        ({ from, to, state, code }) => `${from}-${to} ${state} ${code}`,
      ),
    ).toEqual([
      'aws-gcp normal not-sampled',
      'aws-new never-sampled not-sampled',
      'gcp-aws never-sampled no-source',
    ]);
    const pair = await readPair(
      context({ readLinkedPairs }),
      { from: 'aws', to: 'azure' },
      numbers,
    );
    expect(pair.cells['5m'].state).toBe('not-linked');
  });
});

describe('decideSource', () => {
  const source = {
    state: 'fresh' as const,
    reason: null,
    interval_ms: 5_000,
    since: NOW - 3_600_000,
  };
  it.each([
    ['heard of just now', NOW, {}, 'fresh false'],
    ['heard of 90 s ago', NOW - 90_000, {}, 'fresh false'],
    ['heard of longer ago', NOW - 90_001, {}, 'stale true'],
    [
      'read every minute',
      NOW - 179_000,
      { interval_ms: 60_000 },
      'fresh false',
    ],
    [
      'failing just now',
      NOW - 5_000,
      { state: 'failing' as const },
      'failing false',
    ],
    [
      'away for long',
      NOW - 95_000,
      { state: 'unreachable' as const },
      'unreachable true',
    ],
    ['never heard of', null, { state: 'starting' as const }, 'stale true'],
    ['heard of by a clock that is ahead', NOW + 3_600_000, {}, 'fresh false'],
  ])('%s', (_, heard_at, more, expected) => {
    const { state, isStale } = decideSource(
      { heard_at },
      { ...source, ...more },
      NOW,
    );
    expect(`${state} ${isStale}`).toBe(expected);
  });
});

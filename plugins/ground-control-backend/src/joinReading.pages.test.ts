import { AsyncLocalStorage } from 'node:async_hooks';
import { chmodSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import {
  createMockDirectory,
  MockDirectory,
  mockCredentials,
  TestBackend,
} from '@backstage/backend-test-utils';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import request from 'supertest';
import { createTestDatabases } from './__testUtils__/databases';
import { startJoined } from './__testUtils__/startJoined';
import { artifactIdOf, TestHistory } from './__testUtils__/TestHistory';
import { until } from './__testUtils__/until';
import { releaseCommit } from './gitops/__testUtils__/artifacts';
import { isSqlite } from './lib/isSqlite';
import { formatCursor } from './releases/cursor';
import { findGit } from './requests/writing/faults/__testUtils__/installGit';

const SERVICE = { namespace: 'payments', service: 'ledger-api' };
const RELEASES = 10_000;
const LATE = formatCursor({ position: 500 });
const ROUNDS = 3;
/** Access, the service, its problems and the rows themselves. */
const MOST_QUERIES = 8;

/** Adds releases of one service after what was read, each of another build. */
async function addReleases(knex: Knex): Promise<void> {
  const history = new TestHistory(knex);
  history.position = 1;
  const at = await history.release({ ...SERVICE, environment: 'dev' });
  const [commit, release, artifact] = await Promise.all([
    knex('commits').where('position', at).first(),
    knex('releases').where('position', at).first(),
    knex('artifacts')
      .where({ ...SERVICE, artifact_id: artifactIdOf(SERVICE) })
      .first(),
  ]);
  const more = Array.from({ length: RELEASES - 2 }, (_, i) => {
    const artifact_id = artifactIdOf({ ...SERVICE, number: i + 2 });
    return { position: at + i + 1, artifact_id };
  });
  const add = (table: string, rows: object[]) =>
    knex.batchInsert(table, rows, 100);
  await add(
    'commits',
    more.map(({ position }) => ({
      ...commit,
      position,
      revision: String(position).padStart(40, '0'),
    })),
  );
  await add(
    'artifacts',
    more.map(({ artifact_id }) => ({ ...artifact, artifact_id })),
  );
  await add(
    'releases',
    more.map(one => ({ ...release, ...one })),
  );
  // As keepStatistics does soon after the start. Before, PostgreSQL takes a
  // service to have one build, and looks through all of them for each release.
  if (!isSqlite(knex)) await knex.raw('analyze');
}

/**
 * Has each git that this process starts from here on be noted.
 *
 * @returns how many there were, and what ends it
 */
function noteGit(directory: MockDirectory) {
  const notes = directory.resolve('git-notes');
  const path = process.env.PATH;
  const git = directory.resolve('bin/git');
  directory.addContent({
    'git-notes': '',
    'bin/git': `#!/bin/sh\necho "$*" >> "${notes}"\nexec "${findGit()}" "$@"\n`,
  });
  chmodSync(git, 0o755);
  process.env.PATH = `${directory.resolve('bin')}${delimiter}${path}`;
  return {
    count: () => readFileSync(notes, 'utf8').split('\n').length - 1,
    end: () => {
      process.env.PATH = path;
    },
  };
}

/** Counts the queries that are made for one request, and not beside it. */
function createQueryCounter(knex: Knex, { server }: TestBackend) {
  const requests = new AsyncLocalStorage<{ queries: number }>();
  let last = { queries: 0 };
  server.prependListener('request', () => {
    last = { queries: 0 };
    requests.enterWith(last);
  });
  knex.on('query', () => {
    const answered = requests.getStore();
    if (answered) answered.queries += 1;
  });
  return () => last.queries;
}

describe.each(createTestDatabases().eachSupportedId())(
  'A page of 10,000 releases, %s',
  id => {
    let backend: TestBackend;
    let git: ReturnType<typeof noteGit>;
    let knex: Knex;
    // Before the database is taken away, which the next line brings about.
    afterAll(() => backend?.stop());
    const databases = createTestDatabases();
    const directory = createMockDirectory();
    const repository = TestRepository.create();
    afterAll(() => repository.remove());
    afterAll(() => git?.end());

    const get = async (path: string) => {
      const { body } = await request(backend.server)
        .get(`/api/ground-control/v1${path}`)
        .set('authorization', mockCredentials.user.header());
      return body;
    };

    beforeAll(async () => {
      repository.commit(
        releaseCommit({ ...SERVICE, number: 1, environment: 'dev' }),
      );
      directory.setContent({ store: {} });
      git = noteGit(directory);
      knex = await databases.init(id);
      backend = await startJoined({
        knex,
        directory,
        repository,
        reading: { pollInterval: '1h' },
      });
      await until(
        async () => (await get('/repository')).revision === repository.tip(),
      );
      await addReleases(knex);
    });

    it.each(['/services/payments/ledger-api/releases', '/activity'])(
      'of %s costs the same wherever it is and however long it is, and no git',
      async path => {
        const countQueries = createQueryCounter(knex, backend);
        const queries: number[] = [];
        const gits: number[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          const before = git.count();
          for (const [limit, from] of [
            [25, ''],
            [25, LATE],
            [200, ''],
            [200, LATE],
          ] as const) {
            const page = await get(
              `${path}?limit=${limit}${from && `&before=${from}`}`,
            );
            expect([page.error, page.items?.length]).toEqual([
              undefined,
              limit,
            ]);
            expect(page.items[0].position).toBe(from ? 499 : RELEASES);
            queries.push(countQueries());
          }
          gits.push(git.count() - before);
        }
        expect(new Set(queries).size).toBe(1);
        expect(queries[0]).toBeGreaterThan(0);
        expect(queries[0]).toBeLessThanOrEqual(MOST_QUERIES);
        // What else runs may start some beside one round, and not beside each.
        expect(git.count()).toBeGreaterThan(0);
        expect(Math.min(...gits)).toBe(0);
      },
    );
  },
);

import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import {
  artifactIdOf,
  commitOf,
  TestBuild,
  TestHistory,
} from '../../__testUtils__/TestHistory';
import { insertAccess } from '../__testUtils__/insertAccess';
import { insertRequest } from '../__testUtils__/insertRequest';
import { readChangeCounts } from './readChangeCounts';
import { readChanges } from './readChanges';

const SERVICE = { namespace: 'payments', name: 'ledger-api' };
const build = (more: Partial<TestBuild> = {}): TestBuild => ({
  service: SERVICE.name,
  ...more,
});

describe.each(createTestDatabases().eachSupportedId())(
  'Reading what lies between on %s',
  id => {
    const databases = createTestDatabases();
    let knex: Knex;
    let history: TestHistory;

    beforeAll(async () => {
      knex = await databases.init(id);
      await migrate(knex);
    });

    beforeEach(async () => {
      await knex('artifacts').delete();
      await knex('source_commits').delete();
      history = new TestHistory(knex);
      for (let number = 1; number <= 4; number += 1) {
        await history.build(build({ number }));
      }
      // Of others: never shown.
      await history.build({ service: 'ledger-api', namespace: 'x', number: 3 });
      await history.build(build({ number: 3, branch: 'feature' }));
    });

    /** As the source history places commits: build 3 brought one more. */
    async function place() {
      for (const number of [1, 2, 3, 4]) {
        await history.contained(
          commitOf(SERVICE.name, number),
          build({ number }),
        );
      }
      await history.contained('abcd'.padEnd(40, '0'), build({ number: 3 }));
    }

    /** Lists have to count what a page shows, whatever that is. */
    async function count(runningId: string | undefined, requestedId: string) {
      const number = await insertRequest(knex, {
        namespace: SERVICE.namespace,
        service: SERVICE.name,
        artifact_id: requestedId,
        replaces_artifact_id: runningId ?? null,
      });
      const counts = await readChangeCounts(knex, {
        numbers: [number],
        mainBranch: 'master',
      });
      return counts.get(number);
    }

    const read = async (
      running: TestBuild | undefined,
      requested: TestBuild,
    ) => {
      const runningId = running && artifactIdOf(running);
      const requestedId = artifactIdOf(requested);
      const changes = await readChanges(knex, {
        repository: 'default',
        service: SERVICE,
        environment: 'prod',
        mainBranch: 'master',
        runningId,
        requestedId,
      });
      const { kind, total, message = '' } = changes;
      expect(await count(runningId, requestedId)).toEqual(
        kind === 'unknown'
          ? undefined
          : { kind, total, undoes: message.includes('undoes') },
      );
      return changes;
    };

    it('counts nothing of access', async () => {
      const [running, requested] = [1, 2].map(number =>
        artifactIdOf(build({ number })),
      );
      expect(await count(running, requested)).toMatchObject({ total: 1 });
      const number = await insertAccess(knex, {
        artifact_id: requested,
        replaces_artifact_id: running,
      });
      const options = { numbers: [number], mainBranch: 'master' };
      expect(await readChangeCounts(knex, options)).toEqual(new Map());
    });

    it('shows the commits that the source history placed', async () => {
      await place();
      const changes = await read(build({ number: 2 }), build({ number: 4 }));
      expect(changes).toMatchObject({ kind: 'commits', total: 3 });
      expect(changes).not.toHaveProperty('message');
      const [newest, ...others] = changes.items.map(item => item.commit);
      expect(newest).toBe(commitOf(SERVICE.name, 4));
      expect(new Set(others)).toEqual(
        new Set(['abcd'.padEnd(40, '0'), commitOf(SERVICE.name, 3)]),
      );
      expect(changes.items[0]).toEqual({
        commit: commitOf(SERVICE.name, 4),
        message: 'Merge of ledger-api',
        author: 'Cy Holm',
        at: '2026-03-02T08:00:00.000Z',
      });
    });

    it('shows what a rollback undoes', async () => {
      await place();
      const changes = await read(build({ number: 4 }), build({ number: 3 }));
      expect(changes).toMatchObject({ kind: 'commits', total: 1 });
      expect(changes.items[0].commit).toBe(commitOf(SERVICE.name, 4));
      expect(changes.message).toContain('undoes');
    });

    it('shows builds where no history has placed both', async () => {
      await history.contained(commitOf(SERVICE.name, 1), build({ number: 1 }));
      const changes = await read(build({ number: 1 }), build({ number: 3 }));
      expect(changes).toMatchObject({
        kind: 'builds',
        total: 2,
        message: expect.stringContaining('these are the builds between'),
        items: [
          {
            artifactId: artifactIdOf(build({ number: 3 })),
            commit: commitOf(SERVICE.name, 3),
            message: 'Change 3 of ledger-api',
            author: 'Bo Lind',
            at: '2026-03-02T08:00:03.000Z',
          },
          { artifactId: artifactIdOf(build({ number: 2 })) },
        ],
      });
    });

    it('does not take an old commit that was built again for a new one', async () => {
      await place();
      const again = build({ number: 2, plan: 9 });
      await history.build(again);
      await knex('artifacts')
        .where({ artifact_id: artifactIdOf(again) })
        .update({ built_at: Date.parse('2026-03-09T00:00:00Z') });
      const changes = await read(build({ number: 3 }), again);
      expect(changes).toMatchObject({ kind: 'commits', total: 2 });
      expect(changes.message).toContain('undoes');
    });

    it('says when the commit is the same', async () => {
      await history.build(build({ number: 2, plan: 2 }));
      expect(
        await read(build({ number: 2 }), build({ number: 2, plan: 2 })),
      ).toMatchObject({ kind: 'commits', items: [], total: 0 });
    });

    it('says why it knows nothing', async () => {
      const messages = [
        await read(undefined, build({ number: 1 })),
        await read(
          build({ number: 2 }),
          build({ number: 3, branch: 'feature' }),
        ),
        await read(build({ number: 2 }), build({ number: 77 })),
        await read(build({ number: 77 }), build({ number: 1 })),
      ];
      for (const { kind, items } of messages) {
        expect([kind, items]).toEqual(['unknown', []]);
      }
      expect(messages.map(({ message }) => message)).toEqual([
        expect.stringContaining('Nothing that can be read is released in prod'),
        expect.stringContaining('from master, the requested one from feature'),
        expect.stringContaining(`when ${artifactIdOf(build({ number: 77 }))}`),
        expect.stringContaining(`when ${artifactIdOf(build({ number: 77 }))}`),
      ]);
    });

    it('lists 50 and counts all', async () => {
      for (let number = 5; number <= 70; number += 1) {
        await history.build(build({ number }));
      }
      const changes = await read(build({ number: 1 }), build({ number: 70 }));
      expect(changes.items).toHaveLength(50);
      expect(changes.total).toBe(69);
    });

    /** As an artifact names the page of its commit. */
    async function nameCommitPage(number: number, page: string) {
      const where = { artifact_id: artifactIdOf(build({ number })) };
      const { description } = await knex('artifacts').where(where).first();
      const commitUrl = `${page}/${commitOf(SERVICE.name, number)}`;
      await knex('artifacts')
        .where(where)
        .update({
          description: JSON.stringify({
            ...JSON.parse(description),
            commitUrl,
          }),
        });
    }

    const GITHUB = 'https://github.com/bank/ledger';
    const GITLAB = 'https://gitlab.example/bank/ledger/-';
    const commits = (from: number, to: number) =>
      [from, to].map(number => commitOf(SERVICE.name, number)).join('...');

    it.each<[string, number, string, number, number, string | undefined]>([
      ['GitHub', 3, `${GITHUB}/commit`, 1, 3, `${GITHUB}/compare/`],
      ['GitLab', 3, `${GITLAB}/commit`, 1, 3, `${GITLAB}/compare/`],
      ['the other one', 1, `${GITHUB}/commit`, 1, 3, `${GITHUB}/compare/`],
      [
        'the older one first',
        3,
        `${GITHUB}/commit`,
        3,
        1,
        `${GITHUB}/compare/`,
      ],
      ['nowhere else', 3, 'https://bitbucket.org/b/l/commits', 1, 3, undefined],
      ['by no other scheme', 3, 'ftp://x/l/commit', 1, 3, undefined],
    ])(
      'names both commits where no history tells, and compares them: %s',
      async (_, number, page, running, requested, url) => {
        await nameCommitPage(number, page);
        const { compare } = await read(
          build({ number: running }),
          build({ number: requested }),
        );
        expect(compare).toEqual({
          from: commitOf(SERVICE.name, 1),
          to: commitOf(SERVICE.name, 3),
          ...(url && { url: url + commits(1, 3) }),
        });
      },
    );

    it('names both commits of different branches, and none that it doesn’t know', async () => {
      const feature = build({ number: 3, branch: 'feature' });
      const changes = await read(build({ number: 2 }), feature);
      expect(changes).toMatchObject({
        kind: 'unknown',
        compare: {
          from: commitOf(SERVICE.name, 2),
          to: commitOf(SERVICE.name, 3),
        },
      });
      await place();
      for (const [running, requested] of [
        [undefined, build({ number: 1 })],
        [build({ number: 77 }), build({ number: 1 })],
        [build({ number: 1 }), build({ number: 3 })],
      ] as const) {
        expect(await read(running, requested)).not.toHaveProperty('compare');
      }
    });

    it('links commits where the artifact’s own link is plain', async () => {
      await place();
      const id4 = artifactIdOf(build({ number: 4 }));
      const row = await knex('artifacts').where({ artifact_id: id4 }).first();
      const commit = commitOf(SERVICE.name, 4);
      await knex('artifacts')
        .where({ artifact_id: id4 })
        .update({
          description: JSON.stringify({
            ...JSON.parse(row.description),
            commitUrl: `https://git.example/ledger/commit/${commit}`,
          }),
        });
      const { items } = await read(build({ number: 3 }), build({ number: 4 }));
      expect(items[0].url).toBe(`https://git.example/ledger/commit/${commit}`);
    });
  },
);

import { TestDatabaseId } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { Knex } from 'knex';
import {
  TestCommit,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import {
  artifactJson,
  releaseCommit,
  releaseFolder,
  TestRelease,
} from '../__testUtils__/artifacts';
import { dumpIngested, INGESTED_TABLES } from '../__testUtils__/ingestedTables';
import { IngestFixture } from '../__testUtils__/IngestFixture';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';

const databases = createTestDatabases();

/** What a commit does, and its name for reports. */
interface Act {
  commit: TestCommit;
  [fc.toStringMethod]: () => string;
}

const act = (name: string, commit: TestCommit): Act => ({
  commit,
  [fc.toStringMethod]: () => name,
});
const file = (name: string, path: string, content: string | null) =>
  act(name, { message: name, files: { [path]: content } });

const anyRelease: fc.Arbitrary<TestRelease> = fc.record(
  {
    // The last isn't configured.
    environment: fc.constantFrom('dev', 'dev', 'dev', 'prod', 'qa'),
    service: fc.constantFrom('a', 'a', 'b'),
    number: fc.integer({ min: 1, max: 2 }),
    // The first is the folder of those without a namespace.
    namespace: fc.constantFrom('dev', 'money'),
  },
  { requiredKeys: ['environment', 'service', 'number'] },
);

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: anyRelease.map(release =>
      act(
        `release ${releaseFolder(release)} ${release.number}`,
        releaseCommit(release),
      ),
    ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        anyRelease,
        fc.constantFrom(
          '{',
          // Of a service that lies elsewhere, but for its name a release's.
          artifactJson({ service: 'other', number: 1 }),
          artifactJson({ service: 'other', number: 2 }),
          null,
        ),
      )
      .map(([release, content]) =>
        file(
          `${content?.slice(0, 2)} in ${releaseFolder(release)}`,
          `${releaseFolder(release)}/artifact.json`,
          content,
        ),
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom('policies/a.json', 'ground-control.yaml'),
        fc.constantFrom('{', '[1', '', null),
      )
      .map(([path, content]) => file(`${content} in ${path}`, path, content)),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom('[dev/a] fix typo', '[PROD/A] look here', '[dev/x] no')
      .map(message => act(message, { message })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('dev/releases/dev/a_b', 'dev/releases/dev/имя')
      .chain(folder =>
        fc.constantFrom(
          file(`odd ${folder}`, `${folder}/artifact.json`, '{}'),
          file(`no ${folder}`, folder, null),
        ),
      ),
  },
  { weight: 1, arbitrary: fc.constant(file('no qa', 'qa', null)) },
);

interface Push {
  /** Commits that are taken back first. */
  back: number;
  /** What each commit does, under the first one's message. */
  commits: Act[][];
  /** Another process reads it. */
  restart: boolean;
  /** The transaction in which the process dies; the next push finds the rest. */
  dies?: number;
}

/** By default most would be of one commit, and nothing would meet another. */
const size = 'max';

const anyPush: fc.Arbitrary<Push> = fc.record({
  back: fc.nat({ max: 4 }),
  commits: fc.array(fc.array(anyAct, { minLength: 1, maxLength: 2 }), {
    minLength: 1,
    maxLength: 6,
    size,
  }),
  restart: fc.boolean(),
  dies: fc.constantFrom(undefined, undefined, undefined, undefined, 1, 2),
});

let made = 0;

function toCommit(acts: Act[]): TestCommit {
  made += 1;
  return {
    message: acts[0].commit.message,
    // Two commits are never the same, and one without files is empty.
    files: Object.assign(
      { 'notes.md': `${made}` },
      ...acts.map(one => one.commit.files),
    ),
  };
}

const ENVIRONMENTS = ['dev', 'prod'];

async function empty(knex: Knex) {
  for (const table of [...INGESTED_TABLES, 'repositories'])
    await knex(table).delete();
}

/** What an ingest makes of a repository that it has never seen. */
async function readStraight(knex: Knex, repository: TestRepository) {
  await empty(knex);
  const { path } = repository;
  const fixture = await IngestFixture.create(knex, path, ENVIRONMENTS);
  try {
    await fixture.run();
    return await dumpIngested(knex);
  } finally {
    await fixture.close();
  }
}

function push(repository: TestRepository, { back, commits }: Push) {
  const line = repository
    .git('log', '--all', '--first-parent', '--format=%H')
    .split('\n');
  if (line[back]) repository.reset(line[back]);
  else if (line[0]) repository.git('update-ref', '-d', 'refs/heads/master');
  repository.commit(...commits.map(toCommit));
}

/** @returns whether it read all, and didn't die */
async function read(fixture: IngestFixture, { restart, dies }: Push) {
  if (restart) fixture.restart();
  let transactions = 0;
  fixture.beforeCommit = () => {
    transactions += 1;
    if (transactions === dies) throw new Error('killed');
  };
  try {
    await fixture.run();
    return true;
  } catch (error) {
    expect(error).toHaveProperty('message', 'killed');
    fixture.restart();
    return false;
  }
}

describe.each(databases.eachSupportedId())('A rewritten history on %s', id => {
  const open = async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    return knex;
  };

  it('is read as if there had never been another', async () => {
    const rewound = await open();
    const straight = await open();
    const property = fc.asyncProperty(
      fc.array(anyPush, { minLength: 3, maxLength: 5, size }),
      async pushes => {
        await empty(rewound);
        const repository = TestRepository.create();
        const fixture = await IngestFixture.create(
          rewound,
          repository.path,
          ENVIRONMENTS,
        );
        try {
          for (const one of pushes) {
            push(repository, one);
            // After a death there is nothing to compare: the next reads on.
            const [actual, expected] = (await read(fixture, one))
              ? [
                  await dumpIngested(rewound),
                  await readStraight(straight, repository),
                ]
              : [];
            expect(actual).toEqual(expected);
          }
        } finally {
          await fixture.close();
          repository.remove();
        }
      },
    );
    // Each run takes a second, and so would each of a hundred shrinkings.
    await fc.assert(property, { numRuns: 20, endOnFailure: true });
  });
});

import { TestDatabaseId } from '@backstage/backend-test-utils';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { releaseCommit } from '../../gitops/__testUtils__/artifacts';
import { IngestFixture } from '../../gitops/__testUtils__/IngestFixture';
import { startAnew } from '../../gitops/ingest/startAnew';
import { ensureRepositoryRow } from '../../gitops/store/repositoryRow';
import { readBranchState } from './readBranchState';

const databases = createTestDatabases();
const release = (number: number) =>
  releaseCommit({ environment: 'prod', service: 'ledger', number });

describe.each(databases.eachSupportedId())('readBranchState, %s', id => {
  let repository: TestRepository;
  let knex: Knex;
  let fixture: IngestFixture;

  beforeEach(async () => {
    repository = TestRepository.create();
    repository.commit(release(1));
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    fixture = await IngestFixture.create(knex, repository.path);
  });
  afterEach(async () => {
    await fixture.close();
    repository.remove();
  });

  const read = () => readBranchState(knex, 'default');
  /** What it says after each transaction of ingest. */
  function watch(): Array<Promise<string | undefined>> {
    const seen: Array<Promise<string | undefined>> = [];
    fixture.written.push = (...all) => {
      seen.push(read());
      return all.length;
    };
    return seen;
  }

  it('is known once the branch was read up to its tip', async () => {
    expect(await read()).toBeUndefined();
    await fixture.run();
    const first = await read();
    expect(first).toBeDefined();
    repository.commit(release(2));
    const seen = watch();
    await fixture.run();
    // News are no other reading: what went on goes on.
    expect(await Promise.all(seen)).toEqual([first]);
    expect(await read()).toBe(first);
  });

  it('is unknown from the first commit that a rewritten history takes back', async () => {
    const base = repository.commit(release(2));
    repository.commit(release(3));
    await fixture.run();
    const before = await read();
    repository.reset(base);
    repository.commit(release(4));
    const seen = watch();
    await fixture.run();
    expect(await Promise.all(seen)).toEqual([undefined, undefined]);
    expect(await read()).toBeDefined();
    expect(await read()).not.toBe(before);
  });

  it('is unknown while another repository is read, and before that begins', async () => {
    await fixture.run();
    const before = await read();
    const other = { repository: 'default', branch: 'master', url_hash: 'y' };
    await ensureRepositoryRow(knex, { ...other, format: 1 });
    expect(await read()).toBeUndefined();
    const seen = watch();
    await startAnew({
      knex,
      repository: 'default',
      identity: { ...other, format: 1 },
      transact: work => knex.transaction(work),
      signal: new AbortController().signal,
      onWritten: async () => {
        seen.push(read());
      },
    });
    fixture.restart();
    expect(await read()).toBeUndefined();
    await fixture.run();
    expect(await Promise.all(seen)).toEqual([undefined, undefined]);
    expect(await read()).not.toBe(before);
  });
});

import { TestDatabaseId } from '@backstage/backend-test-utils';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { releaseCommit } from '../__testUtils__/artifacts';
import { IngestFixture } from '../__testUtils__/IngestFixture';
import { MirrorReleaseFiles } from '../MirrorReleaseFiles';

const databases = createTestDatabases();
it.each(databases.eachSupportedId())(
  'reads a config repository of SHA-256 ids into %s',
  async id => {
    const repository = TestRepository.create({ objectFormat: 'sha256' });
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const fixture = await IngestFixture.create(knex, repository.path);
    const dev = (number: number) =>
      releaseCommit({ environment: 'dev', service: 'ledger', number });
    try {
      repository.commit(dev(1), { message: 'Tidy up', files: { a: '1' } });
      await fixture.run();
      const tip = repository.commit(dev(2));
      expect(tip).toHaveLength(64);
      await fixture.run();
      const commits = await knex('commits').orderBy('position');
      expect(commits.map(row => row.kind)).toEqual([
        'release',
        'other',
        'release',
      ]);
      expect(commits[2].revision).toBe(tip);
      const [release] = await knex('releases').orderBy('position', 'desc');
      expect(release).toMatchObject({ service: 'ledger', position: 3 });
      expect(release.tree).toMatch(/^[0-9a-f]{64}$/);
      const files = await new MirrorReleaseFiles(
        fixture.mirror,
      ).readReleaseFiles(release.tree);
      expect(files.map(file => file.path)).toContain('artifact.json');
      expect(await knex('problems')).toEqual([]);
    } finally {
      await fixture.close();
      repository.remove();
    }
  },
);

import { createMockDirectory } from '@backstage/backend-test-utils';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { createTestDatabases } from './__testUtils__/databases';
import { startJoined } from './__testUtils__/startJoined';

const databases = createTestDatabases();
const directory = createMockDirectory();
it('does not start where releases are written and anybody could name leads', async () => {
  const repository = TestRepository.create();
  try {
    await expect(
      startJoined({
        knex: await databases.init('SQLITE_3'),
        directory,
        repository,
        requests: { trustedLocations: undefined },
      }),
    ).rejects.toThrow(/groundControl\.requests\.trustedLocations is not set/);
  } finally {
    repository.remove();
  }
});

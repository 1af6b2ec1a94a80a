import { TestDatabases } from '@backstage/backend-test-utils';

const POSTGRES = 'BACKSTAGE_TEST_DATABASE_POSTGRES18_CONNECTION_STRING';

/**
 * The databases that we support. PostgreSQL is used where a connection is
 * given, and never started in a container.
 */
export function createTestDatabases(): TestDatabases {
  return TestDatabases.create({
    ids: process.env[POSTGRES] ? ['SQLITE_3', 'POSTGRES_18'] : ['SQLITE_3'],
    disableDocker: true,
  });
}

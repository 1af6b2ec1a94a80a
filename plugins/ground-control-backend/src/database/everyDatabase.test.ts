import { TestDatabases } from '@backstage/backend-test-utils';

const ids = ['SQLITE_3', 'POSTGRES_18'] as const;

// A database whose variable isn't set is dropped without a word, and all tests
// of it with it. The whole suite starts a PostgreSQL and says so.
describe('databases under test', () => {
  const databases = TestDatabases.create({ ids: [...ids] });
  const expected = process.env.GROUND_CONTROL_REQUIRE_POSTGRES
    ? [...ids]
    : ['SQLITE_3'];

  it('are all that the suite was started with', () => {
    expect(databases.eachSupportedId().map(([id]) => id)).toEqual(
      expect.arrayContaining(expected),
    );
  });
});

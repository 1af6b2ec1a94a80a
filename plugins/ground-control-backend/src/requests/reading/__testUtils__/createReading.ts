import { mockServices } from '@backstage/backend-test-utils';
import { releaseManagerLayout } from '../../../__testUtils__/testLayout';
import { RequestsFixture } from '../../__testUtils__/RequestsFixture';
import { RequestReading } from '../RequestReading';
import { ReadingOptions } from '../types';

/** The views of a fixture's requests. */
export function createReading(
  fixture: RequestsFixture,
  options: Partial<ReadingOptions> = {},
): RequestReading {
  return new RequestReading({
    knex: fixture.knex,
    settings: {
      repository: 'default',
      environments: ['dev', 'staging', 'prod'],
      mainBranch: 'master',
      links: [],
      catalogIntervalMs: 0,
    },
    auth: mockServices.auth(),
    access: fixture.access,
    requests: fixture.requests,
    deciders: fixture.deciders,
    policies: fixture.policies,
    files: {
      readReleaseFiles: async () => [],
      maskFiles: files =>
        files.map(({ path, content }) => ({
          path,
          content,
          size: content.length,
        })),
    },
    layout: releaseManagerLayout,
    repositoryFiles: {
      readFiles: async paths => ({
        revision: '',
        files: paths.map(() => undefined),
      }),
    },
    canWrite: true,
    now: () => fixture.now,
    ...options,
  });
}

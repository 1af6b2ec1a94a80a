import { mockCredentials } from '@backstage/backend-test-utils';
import request from 'supertest';
import { createTestDatabases } from './__testUtils__/databases';
import { setUpJoined } from './__testUtils__/startJoined';
import { zipOf } from './__testUtils__/testArtifacts';
import { until } from './__testUtils__/until';
import {
  artifactId,
  artifactJson,
  FIRST_BUILD,
  releaseCommit,
  TestBuild,
} from './gitops/__testUtils__/artifacts';

const PLACE = { service: 'ledger-api', namespace: 'payments' };
/** Builds come every ten minutes; older than a day, none is released by itself. */
const JUST_NOW = Math.floor((Date.now() / 1_000 - FIRST_BUILD) / 600);
const SERVICE = mockCredentials.service.header();
const PERSON = mockCredentials.user.header('user:default/ana.ruiz');

describe.each(createTestDatabases().eachSupportedId())(
  'What CI uploads to the plugin as it is joined, %s',
  id => {
    const { directory, repository, start, stop } = setUpJoined(id);

    it('is released where a policy of the service says so, and nowhere else', async () => {
      const before = { ...PLACE, number: JUST_NOW - 10 };
      repository.commit(releaseCommit({ ...before, environment: 'dev' }));
      repository.commit(releaseCommit({ ...before, environment: 'staging' }));
      repository.commit({
        message: 'Release new builds to dev',
        files: {
          'policies/ledger-api.json': JSON.stringify({
            service: 'ledger-api',
            autoReleases: [
              {
                id: 'auto-release-master-dev',
                branch: 'master',
                environment: 'dev',
              },
            ],
          }),
        },
      });
      const begun = repository.tip();
      directory.setContent({ store: {} });
      const { backend } = await start({
        requests: { autoReleases: true },
      });
      const get = (path: string) =>
        request(backend.server)
          .get(`/api/ground-control${path}`)
          .set('authorization', PERSON);
      const upload = async (build: TestBuild) => {
        const { status, body } = await request(backend.server)
          .put(
            `/api/ground-control/v1/artifacts/ledger-api/${artifactId(build)}`,
          )
          .set('authorization', SERVICE)
          .set('content-type', 'application/zip')
          .send(
            zipOf({
              'artifact.json': artifactJson(build),
              'dev/40-deployment.yaml': `kind: Deployment\nmetadata: { name: ledger-api, labels: { build: "${build.number}" } }\n`,
              'staging/40-deployment.yaml': 'kind: Deployment\n',
            }),
          );
        expect([status, body.error]).toEqual([201, undefined]);
      };
      await until(
        async () => (await get('/v1/repository')).body.revision === begun,
      );

      // Of a branch that no policy names.
      await upload({ ...PLACE, number: JUST_NOW - 2, branch: 'feature/x' });
      const built = { ...PLACE, number: JUST_NOW - 1 };
      await upload(built);
      await until(async () => repository.tip() !== begun);

      expect(
        repository.git('log', '--format=%an|%cn|%s', `${begun}..master`).trim(),
      ).toBe(
        `Robot|Robot|[dev/ledger-api] auto release ${artifactId(
          built,
        )} by ada@example.com`,
      );
      expect(
        repository
          .git('diff', '--name-only', begun, 'master')
          .trim()
          .split('\n')
          .every(path => path.startsWith('dev/')),
      ).toBe(true);
      const read = (path: string) => repository.git('show', `master:${path}`);
      const folder = 'dev/releases/payments/ledger-api';
      expect(JSON.parse(read(`${folder}/artifact.json`)).id).toBe(
        artifactId(built),
      );
      expect(read(`${folder}/40-deployment.yaml`)).toContain(
        `build: "${built.number}"`,
      );
      await until(async () => {
        const { body } = await get('/v1/requests?status=all&squad=all');
        return body.items?.some(
          (one: any) =>
            one.intent === 'auto-release' &&
            // Without a cluster it ends there, a moment after it is committed.
            one.state === 'succeeded' &&
            one.artifactId === artifactId(built),
        );
      });
      await stop();
    });
  },
);

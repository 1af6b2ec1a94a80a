import { approvalOf, callAs } from './__testUtils__/callAs';
import { createTestDatabases } from './__testUtils__/databases';
import { setUpJoined } from './__testUtils__/startJoined';
import { zipOf } from './__testUtils__/testArtifacts';
import { until } from './__testUtils__/until';
import {
  artifactId,
  artifactJson,
  releaseCommit,
} from './gitops/__testUtils__/artifacts';

const PLACE = {
  service: 'ledger-api',
  namespace: 'payments',
  squad: 'squad-ledger',
};
const SERVICE = { namespace: PLACE.namespace, name: PLACE.service };
const POLICIES = `policies/${PLACE.service}.json`;

describe.each(createTestDatabases().eachSupportedId())(
  'A rollback that pauses an auto-release of release-manager, %s',
  id => {
    const { directory, repository, start, stop } = setUpJoined(id);

    it('takes it out of the policies before it goes out', async () => {
      const earlier = { ...PLACE, number: 1 };
      repository.commit(releaseCommit({ ...earlier, environment: 'prod' }));
      repository.commit(
        releaseCommit({ ...PLACE, number: 2, environment: 'prod' }),
      );
      repository.commit({
        message: 'Release new builds of master to prod',
        files: {
          [POLICIES]: JSON.stringify({
            service: PLACE.service,
            autoReleases: ['dev', 'prod'].map(environment => ({
              id: `auto-release-master-${environment}`,
              branch: 'master',
              environment,
            })),
          }),
        },
      });
      const before = repository.tip();
      directory.setContent({
        store: {
          [PLACE.service]: {
            [artifactId(earlier)]: zipOf({
              'artifact.json': artifactJson(earlier),
              'prod/40-deployment.yaml': 'kind: Deployment\n',
            }),
          },
        },
      });
      const { backend } = await start();
      const call = callAs(backend);
      const choices = async () =>
        call(
          'ana.ruiz',
          '/services/payments/ledger-api/choices?environment=prod',
        );
      const { rollbacks } = await until(
        async () => {
          const found = await choices();
          return found.rollbacks?.length && found;
        },
        { what: 'there is a release to go back to', seen: choices },
      );
      const { position, revision } = rollbacks[0].release;
      const wishes = [
        {
          service: SERVICE,
          environment: 'prod',
          intent: 'rollback',
          position,
          revision,
        },
      ];
      const [preview] = await call('ana.ruiz', '/requests/preview', { wishes });
      expect(preview).toMatchObject({
        ask: { allowed: true },
        autoReleaseOf: 'master',
      });
      const [{ id: number }] = await call('ana.ruiz', '/requests', {
        wishes,
        pauseAutoReleaseHours: 24,
        idempotencyKey: 'a',
      });
      const path = `/requests/${number}`;
      const page = await call('dee.park', path);
      expect(page).toMatchObject({
        request: { state: 'pending' },
        autoReleasePause: { hours: 24 },
      });
      expect(repository.tip()).toBe(before);

      const { autoReleasePause } = await call(
        'dee.park',
        `${path}/decision`,
        approvalOf(page),
      );
      expect(Date.parse(autoReleasePause.until) - Date.now()).toBeGreaterThan(
        23 * 3_600_000,
      );
      await until(
        async () =>
          // Without a cluster it ends there.
          (await call('ana.ruiz', path)).request.state === 'succeeded',
      );
      expect(
        repository
          .git('log', '--format=%s', `${before}..master`)
          .trim()
          .split('\n'),
      ).toEqual([
        expect.stringContaining('rollback'),
        '[ledger-api] policy update: delete policies',
      ]);
      expect(
        JSON.parse(repository.git('show', `master:${POLICIES}`)).autoReleases,
      ).toMatchObject([{ environment: 'dev' }]);
      await stop();
    });
  },
);

import { approvalOf, callAs } from './__testUtils__/callAs';
import { createTestDatabases } from './__testUtils__/databases';
import { component } from './__testUtils__/entities';
import { expectHeads } from './__testUtils__/expectHeads';
import { setUpJoined } from './__testUtils__/startJoined';
import { zipOf } from './__testUtils__/testArtifacts';
import { until } from './__testUtils__/until';
import {
  artifactId,
  artifactJson,
  releaseCommit,
} from './gitops/__testUtils__/artifacts';
import {
  groupOf,
  PLATFORM,
  user,
} from './requests/__testUtils__/RequestsFixture';

const SERVICE = { namespace: 'payments', name: 'cards-api' };
const BUILD = { service: SERVICE.name, namespace: SERVICE.namespace };

describe.each(createTestDatabases().eachSupportedId())(
  'A squad that names itself owner of another’s service, %s',
  id => {
    const { directory, repository, start, stop } = setUpJoined(id);

    it('releases nothing of it until a platform engineer approves too', async () => {
      const running = { ...BUILD, number: 1, squad: 'squad-ledger' };
      // The next build already says what the catalog says.
      const asked = { ...BUILD, number: 2, squad: 'squad-fx' };
      for (const environment of ['dev', 'staging', 'prod']) {
        repository.commit(releaseCommit({ ...running, environment }));
      }
      repository.commit(releaseCommit({ ...asked, environment: 'staging' }));
      const before = repository.tip();
      directory.setContent({
        store: {
          [SERVICE.name]: {
            [artifactId(asked)]: zipOf({
              'artifact.json': artifactJson(asked),
              'prod/40-deployment.yaml': 'kind: Deployment\n',
            }),
          },
        },
      });
      const { backend, knex } = await start({
        entities: [
          user('flo.berg', { displayName: 'Flo Berg' }),
          user('pat.moss', { displayName: 'Pat Moss' }),
          groupOf('squad-fx', [], 'user:default/flo.berg'),
          groupOf('platform-engineers', ['pat.moss']),
          component('cards-api', 'squad-fx', { service: 'payments/cards-api' }),
        ],
        platformEngineers: PLATFORM,
      });
      const call = callAs(backend);
      await until(
        async () => (await call('ana.ruiz', '/repository')).revision === before,
      );
      const wishes = [
        {
          service: SERVICE,
          environment: 'prod',
          intent: 'promote',
          artifactId: artifactId(asked),
        },
      ];
      // Which artifacts are stored, and the catalog, are read after the commits.
      await until(async () => {
        const [preview] = await call('ana.ruiz', '/requests/preview', {
          wishes,
        });
        return (
          preview.ask.allowed &&
          preview.deciders.some(({ name }: any) => name === 'Flo Berg')
        );
      });
      const [{ id: number }] = await call('ana.ruiz', '/requests', {
        wishes,
        idempotencyKey: 'a',
      });
      const path = `/requests/${number}`;
      const approve = async (by: string) => {
        const page = await call(by, path);
        await call(by, `${path}/decision`, approvalOf(page));
        return call(by, path);
      };

      const { request, verdicts } = await approve('flo.berg');
      expect(request).toMatchObject({
        squad: 'group:default/squad-fx',
        state: 'pending',
        decisions: [{ by: { name: 'Flo Berg' }, role: 'lead' }],
        requirement: { approvals: 1, platform: true },
      });
      expect(verdicts).toContainEqual(
        expect.objectContaining({
          level: 'warning',
          title: 'Owner and artifact differ',
        }),
      );
      // Who leads the squad that the artifact names isn’t asked.
      expect((await approve('dee.park')).request.decisions).toHaveLength(1);
      expect(repository.tip()).toBe(before);

      expect((await approve('pat.moss')).request.decisions).toMatchObject([
        { role: 'lead' },
        { by: { name: 'Pat Moss' }, role: 'platform' },
      ]);
      await until(
        async () =>
          // Without a cluster it ends there.
          (await call('ana.ruiz', path)).request.state === 'succeeded',
      );
      expect(repository.git('log', '-1', '--format=%P', 'master').trim()).toBe(
        before,
      );
      await expectHeads(
        {
          knex,
          repository,
          verify: () => call('ana.ruiz', '/audit/verification'),
        },
        [
          {
            revision: repository.tip(),
            entry: {
              action: 'request.approved',
              actor: 'user:default/pat.moss',
            },
          },
        ],
      );
      await stop();
    });
  },
);

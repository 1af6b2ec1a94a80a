import { approvalOf, callAs } from './__testUtils__/callAs';
import { createTestDatabases } from './__testUtils__/databases';
import { component } from './__testUtils__/entities';
import { setUpJoined } from './__testUtils__/startJoined';
import { zipOf } from './__testUtils__/testArtifacts';
import { until } from './__testUtils__/until';
import {
  artifactId,
  artifactJson,
  releaseCommit,
} from './gitops/__testUtils__/artifacts';
import { groupOf, user } from './requests/__testUtils__/RequestsFixture';

const PLACE = {
  service: 'ledger-api',
  namespace: 'payments',
  squad: 'squad-ledger',
};
const SERVICE = { namespace: PLACE.namespace, name: PLACE.service };
const DAY_MS = 86_400_000;
const dayFromNow = (days: number) =>
  `${new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)}T00:00`;

describe.each(createTestDatabases().eachSupportedId())(
  'A freeze that begins between approval and commit, %s',
  id => {
    const { directory, repository, start, stop } = setUpJoined(id);

    it('holds what a lead approved, until somebody goes over it', async () => {
      const asked = { ...PLACE, number: 2 };
      for (const environment of ['dev', 'staging', 'prod']) {
        repository.commit(releaseCommit({ ...PLACE, number: 1, environment }));
      }
      repository.commit(releaseCommit({ ...asked, environment: 'staging' }));
      directory.setContent({
        store: {
          'ledger-api': {
            [artifactId(asked)]: zipOf({
              'artifact.json': artifactJson(asked),
              'prod/40-deployment.yaml': 'kind: Deployment\n',
            }),
          },
        },
      });
      const { backend } = await start({
        entities: [
          user('flo.berg', { displayName: 'Flo Berg' }),
          groupOf('squad-fx', [], 'user:default/flo.berg'),
          component('fx-api', 'squad-fx', { service: 'payments/fx-api' }),
        ],
        // What others push is seen when we push, and not before.
        reading: { pollInterval: '1h' },
      });
      const call = callAs(backend);
      await until(
        async () =>
          (await call('ana.ruiz', '/repository')).revision === repository.tip(),
      );
      const wishes = [
        {
          service: SERVICE,
          environment: 'prod',
          intent: 'promote',
          artifactId: artifactId(asked),
        },
      ];
      // Which artifacts are stored is read after the commits.
      await until(async () => {
        const [preview] = await call('ana.ruiz', '/requests/preview', {
          wishes,
        });
        return preview.ask.allowed;
      });
      const [{ id: number }] = await call('ana.ruiz', '/requests', {
        wishes,
        idempotencyKey: 'a',
      });
      const path = `/requests/${number}`;
      const page = await call('dee.park', path);
      expect(page.approve).toEqual({ allowed: true });

      const freeze = `{ from: ${dayFromNow(-1)}, to: ${dayFromNow(
        2,
      )}, zone: UTC, reason: Incident }`;
      repository.commit({
        message: 'Freeze prod',
        files: { 'ground-control.yaml': `defaults: { freeze: [${freeze}] }\n` },
      });
      const frozen = repository.tip();
      await call('dee.park', `${path}/decision`, approvalOf(page));
      await until(
        async () => (await call('ana.ruiz', path)).request.state === 'held',
      );
      const held = await call('flo.berg', path);
      expect(held.request).toMatchObject({
        code: 'freeze',
        message: expect.stringContaining('Incident'),
      });
      expect(repository.tip()).toBe(frozen);

      // Another squad's lead is enough: its own has approved.
      expect(held.override).toEqual({ allowed: true });
      await call('flo.berg', `${path}/override`, {
        evidence: held.evidence,
        reason: 'Payments are down; this is the way out.',
        accepted: approvalOf(held).accepted,
      });
      await until(
        async () =>
          // Without a cluster it ends there.
          (await call('ana.ruiz', path)).request.state === 'succeeded',
      );
      expect(repository.git('log', '-1', '--format=%P', 'master').trim()).toBe(
        frozen,
      );
      expect(
        JSON.parse(
          repository.git(
            'show',
            'master:prod/releases/payments/ledger-api/artifact.json',
          ),
        ).id,
      ).toBe(artifactId(asked));
      await stop();
    });
  },
);

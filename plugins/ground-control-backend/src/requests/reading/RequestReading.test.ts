import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  Mirror,
  parseRemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { NOW as CLUSTERS_AT } from '../../__testUtils__/startServer';
import { TestClusters } from '../../__testUtils__/TestClusters';
import { FolderArtifactStore } from '../../artifacts';
import { MirrorReleaseFiles } from '../../gitops/MirrorReleaseFiles';
import { insertRequest } from '../__testUtils__/insertRequest';
import { as, RequestsFixture, SERVICE } from '../__testUtils__/RequestsFixture';
import { verdict } from '../__testUtils__/ScriptedPolicies';
import { createReading } from './__testUtils__/createReading';
import { parseRequestCursor } from './requestCursor';
import { RequestReading } from './RequestReading';
import { RequestSelection } from './queryRequests';

jest.setTimeout(60_000);

const FX = 'group:default/squad-fx';
const LEDGER = 'group:default/squad-ledger';
/** A squad that nobody leads. */
const ORPHANS = 'group:default/squad-orphans';
const PEOPLE = ['ana.ruiz', 'dee.park', 'eli.voss', 'flo.berg', 'pat.moss'];

describe.each(createTestDatabases().eachSupportedId())(
  'Reading requests, %s',
  id => {
    const databases = createTestDatabases();
    let fixture: RequestsFixture;
    let reading: RequestReading;
    let artifactIds: string[];

    beforeEach(async () => {
      const knex = await databases.init(id);
      await migrate(knex);
      fixture = new RequestsFixture(knex);
      artifactIds = await fixture.fill();
      reading = createReading(fixture);
    });
    afterEach(() => fixture.stop());

    const list = (
      by: string | BackstageCredentials,
      status: RequestSelection['status'] = 'all',
      more: Partial<RequestSelection> & {
        before?: string;
        limit?: number;
      } = {},
    ) => {
      const { before, limit = 50, ...selection } = more;
      return reading.list(typeof by === 'string' ? as(by) : by, {
        selection: { status, ...selection },
        before: before ? parseRequestCursor(before) : undefined,
        limit,
      });
    };
    const ids = async (...args: Parameters<typeof list>) =>
      (await list(...args)).items.map(item => item.id);

    /** Six requests: who may decide which differs. */
    async function fillRequests() {
      const { knex } = fixture;
      const one = (row: Parameters<typeof insertRequest>[1]) =>
        insertRequest(knex, { squad_ref: LEDGER, ...row });
      // 1 asked by a lead, 2 by an engineer, 3 needs a platform engineer too.
      await one({ requested_by: 'user:default/dee.park' });
      await one({});
      await one({ platform_needed: true, environment: 'staging' });
      // 4 of another squad, 5 of one that nobody leads, 6 of nobody's.
      await one({ service: 'fx-api', squad_ref: FX });
      await one({ squad_ref: ORPHANS });
      await one({ squad_ref: null });
      // 7 approved, 8 rejected, 9 succeeded, 10 decided by Dee already.
      await one({ state: 'approved' });
      await one({ state: 'rejected' });
      await one({ state: 'succeeded', requested_by: 'user:default/dee.park' });
      await one({ approvals_needed: 2 });
      await knex('release_request_decisions').insert({
        number: 10,
        decided_by: 'user:default/dee.park',
        decision: 'approve',
        role: 'lead',
        accepted: '[]',
        evidence: '',
        decided_at: 0,
      });
    }

    const req = (...numbers: number[]) => numbers.map(n => `REQ-${n}`);

    it.each<[string, number[]]>([
      ['ana.ruiz', []],
      ['dee.park', [2, 3]],
      ['eli.voss', [1, 2, 3, 10]],
      ['flo.berg', [4]],
      ['pat.moss', [3, 5, 6]],
    ])('shows %s what waits for them', async (person, waiting) => {
      await fillRequests();
      expect(await ids(person, 'waiting')).toEqual(req(...waiting));
      const all = await list(person);
      expect(
        all.items.filter(item => item.mayDecide).map(item => item.id),
      ).toEqual(req(...waiting));
      const others = [1, 2, 3, 4, 5, 6, 7, 10].filter(
        n => !waiting.includes(n),
      );
      expect(await ids(person, 'others')).toEqual(req(...others));
      expect(all.counts).toEqual({
        waiting: waiting.length,
        others: others.length,
        mine: { 'ana.ruiz': 7, 'dee.park': 1 }[person] ?? 0,
      });
    });

    it('says of each what its page says, whoever reads', async () => {
      await fillRequests();
      for (const person of PEOPLE) {
        for (const item of (await list(person)).items) {
          const number = Number(item.id.slice(4));
          // What they replace isn't written in these rows.
          const { reject } = await reading.read(as(person), number);
          const may = reject.allowed || reject.code === 'changed';
          expect([person, item.id, item.mayDecide]).toEqual([
            person,
            item.id,
            may,
          ]);
        }
      }
    });

    it('lists open ones oldest first, then others newest first, in pages', async () => {
      await fillRequests();
      const expected = req(1, 2, 3, 4, 5, 6, 7, 10, 9, 8);
      expect(await ids('ana.ruiz')).toEqual(expected);
      expect(await ids('ana.ruiz', 'decided')).toEqual(req(9, 8));
      for (const limit of [1, 3, 4, 8, 9, 10]) {
        const seen: string[] = [];
        let before: string | undefined;
        do {
          const page = await list('ana.ruiz', 'all', { before, limit });
          seen.push(...page.items.map(item => item.id));
          before = page.next;
        } while (before);
        expect([limit, seen]).toEqual([limit, expected]);
      }
    });

    it('filters by squad, environment, service and requester', async () => {
      await fillRequests();
      expect(await ids('ana.ruiz', 'all', { squads: [FX] })).toEqual(req(4));
      expect(
        await ids('ana.ruiz', 'all', { environments: ['staging'] }),
      ).toEqual(req(3));
      const service = { namespace: 'payments', name: 'fx-api' };
      expect(await ids('ana.ruiz', 'all', { service })).toEqual(req(4));
      expect(await ids('dee.park', 'mine')).toEqual(req(1, 9));
    });

    it('shows who may see one service its requests, and counts those', async () => {
      await fillRequests();
      reading = createReading(fixture, {
        access: {
          readRequestAccess: async () => ({
            services: {
              kind: 'some',
              criteria: { kind: 'squad', squads: [FX] },
            },
            ask: { kind: 'none' },
            decide: { kind: 'all' },
            audit: false,
          }),
        } as any,
      });
      expect(await ids('eli.voss')).toEqual(req(4));
      expect((await list('eli.voss')).counts).toEqual({
        waiting: 0,
        others: 1,
        mine: 0,
      });
      for (const number of [2, 999]) {
        for (const read of [
          reading.read(as('eli.voss'), number),
          reading.diff(as('eli.voss'), number),
        ]) {
          await expect(read).rejects.toMatchObject({
            name: 'NotFoundError',
            message: `There is no request REQ-${number}, or you may not see it`,
          });
        }
      }
    });

    it('lets nothing wait for who lacks the permission, or is no person', async () => {
      await fillRequests();
      const onBehalf: BackstageCredentials = mockCredentials.user(
        'user:default/eli.voss',
        { actor: { subject: 'plugin:other' } },
      );
      for (const by of [mockCredentials.service(), onBehalf]) {
        const page = await list(by);
        expect(page.items).toHaveLength(10);
        expect(page.counts).toEqual({ waiting: 0, others: 8, mine: 0 });
        expect(page.items.some(item => item.mayDecide)).toBe(false);
      }
      fixture.allow(name => name !== 'ground-control.request.decide');
      expect(await ids('eli.voss', 'waiting')).toEqual([]);
      fixture.allow(() => false);
      await expect(list('eli.voss')).rejects.toMatchObject({
        name: 'NotAllowedError',
      });
    });

    it('asks the catalog once for many rows and readers', async () => {
      await fillRequests();
      const asked = jest.spyOn(fixture.deciders, 'readDeciders');
      for (let i = 0; i < 30; i += 1) await insertRequest(fixture.knex);
      for (const person of PEOPLE) await list(person);
      expect(asked.mock.calls.map(([by]) => by.squadRef).sort()).toEqual(
        [FX, LEDGER, ORPHANS].sort(),
      );
    });

    it('shows an open request as it stands now', async () => {
      const [, artifactId] = artifactIds;
      const { number } = await fixture.ask({ artifactId }, { reason: 'Fees' });
      const clusters = new TestClusters(fixture.knex, CLUSTERS_AT);
      await clusters.cluster({ name: 'aws-prod', environment: 'prod' });
      await clusters.cluster({ name: 'aws-dev', environment: 'dev' });
      const detail = await reading.read(as('dee.park'), number);
      expect(detail).toMatchObject({
        asOf: fixture.now.toISOString(),
        request: {
          id: `REQ-${number}`,
          state: 'pending',
          squadTitle: LEDGER,
          mayDecide: true,
          replaces: { position: 1 },
        },
        artifact: { id: artifactId },
        current: { environment: 'prod', position: 1 },
        changed: [],
        evidence: await fixture.evidence(number),
        changes: { kind: 'builds', total: 1 },
        targetClusters: ['aws-prod'],
        timeline: [{ state: 'pending', code: 'asked', message: 'Fees' }],
        approve: { allowed: true },
        reject: { allowed: true },
      });
      expect(detail.deciders.map(decider => decider.name)).toEqual([
        'Dee Park',
        'Eli Voss',
      ]);
      const own = await reading.read(as('ana.ruiz'), number);
      expect(own.request.mayDecide).toBe(false);
      expect(own.approve).toMatchObject({ code: 'requester' });
      // Another release came meanwhile.
      await fixture.history.release({
        service: SERVICE.name,
        environment: 'prod',
        number: 7,
      });
      const moved = await reading.read(as('dee.park'), number);
      expect(moved.changed).toEqual([
        expect.stringMatching(/^prod changed: .* was released there/),
      ]);
      expect(moved.approve).toMatchObject({ allowed: false, code: 'changed' });
    });

    it('shows what has ended without asking catalog or store', async () => {
      const verdicts = JSON.stringify([verdict('branch', 'warning')]);
      await insertRequest(fixture.knex, {
        state: 'rejected',
        verdicts,
        replaces_position: 1,
        replaces_artifact_id: 'x',
      });
      const examine = jest.spyOn(fixture.requests, 'examine');
      const detail = await reading.read(as('dee.park'), 1);
      expect(examine).not.toHaveBeenCalled();
      expect(detail).toMatchObject({
        verdicts: JSON.parse(verdicts),
        changed: [],
        deciders: [],
        approve: { allowed: false, code: 'state' },
        cancel: { allowed: false, code: 'state' },
      });
    });

    it('shows others’ releases of the last hour that the reader may see', async () => {
      fixture.now = new Date('2026-03-02T08:30:00.000Z');
      await fixture.history.release({ service: 'fx-api', environment: 'prod' });
      await fixture.history.release({ service: 'fx-api', environment: 'dev' });
      await fixture.history.release({ service: 'ghost', environment: 'prod' });
      await insertRequest(fixture.knex, { state: 'rejected' });
      const { others } = await reading.read(as('dee.park'), 1);
      expect(others.map(o => [o.service.name, o.environment])).toEqual([
        ['fx-api', 'prod'],
      ]);
      fixture.now = new Date('2026-03-02T10:30:00.000Z');
      expect((await reading.read(as('dee.park'), 1)).others).toEqual([]);
    });

    describe('choices', () => {
      it('recommend what the environment before runs', async () => {
        await fixture.history.release({
          service: SERVICE.name,
          environment: 'staging',
          number: 2,
        });
        await fixture.store({
          service: SERVICE.name,
          number: 3,
          branch: 'fix',
        });
        const choices = await reading.choices(as('ana.ruiz'), SERVICE, 'prod');
        expect(choices).toMatchObject({
          current: { position: 1 },
          branches: ['master', 'fix'],
          ask: { allowed: true },
          rollbacks: [],
        });
        expect(
          choices.candidates.map(one => [
            one.artifact.commit?.slice(6, 10),
            one.runsIn,
            one.stored,
            one.recommended,
          ]),
        ).toEqual([
          ['0003', [], true, false],
          ['0002', ['staging'], true, true],
          ['0001', ['prod'], true, false],
        ]);
        const first = await reading.choices(as('ana.ruiz'), SERVICE, 'dev');
        expect(first.candidates.map(one => one.recommended)).toEqual([
          false,
          true,
          false,
        ]);
      });

      it('keep what is recommended among the newest 50', async () => {
        for (let number = 3; number <= 60; number += 1) {
          await fixture.history.build({ service: SERVICE.name, number });
        }
        await fixture.history.release({
          service: SERVICE.name,
          environment: 'staging',
          number: 1,
        });
        const choices = await reading.choices(as('ana.ruiz'), SERVICE, 'prod');
        expect(choices.candidates).toHaveLength(50);
        expect(choices.candidates.at(-1)).toMatchObject({
          recommended: true,
          runsIn: ['staging', 'prod'],
        });
      });

      it('go back to the last that stayed healthy', async () => {
        const { history, knex } = fixture;
        const release = (number: number) =>
          history.release({
            service: SERVICE.name,
            environment: 'prod',
            number,
            tree: String(number).repeat(40),
          });
        const hours = (n: number) =>
          Date.parse('2026-03-02T00:00:00Z') + n * 3_600_000;
        const at = (position: number, from: number, to?: number) =>
          knex('releases')
            .where({ position })
            .update({
              released_at: hours(from),
              ...(to !== undefined && { replaced_at: hours(to) }),
            });
        // 1 ran for long, 2 failed after 10 h, 3 for half an hour, 1 again is now.
        await release(2);
        await release(3);
        await release(4);
        await at(1, 0, 5);
        await at(2, 5, 15.5);
        await at(3, 15.5, 16);
        await at(4, 16);
        await new TestClusters(knex, CLUSTERS_AT).cluster({
          name: 'aws-prod',
          environment: 'prod',
        });
        await knex('cluster_notices').insert({
          repository: 'default',
          environment: 'prod',
          namespace: 'payments',
          service: SERVICE.name,
          kind: 'failed',
          since: hours(5.5),
          clusters: '[]',
        });
        const { rollbacks } = await reading.choices(
          as('ana.ruiz'),
          SERVICE,
          'prod',
        );
        expect(
          rollbacks.map(one => [
            one.release.position,
            one.healthyForSeconds,
            one.recommended,
          ]),
        ).toEqual([
          [3, 1_800, false],
          [2, 1_800, false],
          [1, 18_000, true],
        ]);
      });

      it('say what is missing, and nothing of a service that may not be seen', async () => {
        const choices = (permit: Parameters<typeof fixture.allow>[0]) => {
          fixture.allow(permit);
          return reading.choices(as('ana.ruiz'), SERVICE, 'prod');
        };
        const may = await choices(name => !name.endsWith('request.create'));
        expect(may.ask).toMatchObject({ allowed: false, code: 'permission' });
        reading = createReading(fixture, { canWrite: false });
        expect((await choices(() => true)).ask).toMatchObject({
          code: 'not-configured',
        });
        await expect(choices(() => false)).rejects.toMatchObject({
          name: 'NotFoundError',
        });
        await expect(
          reading.choices(as('ana.ruiz'), SERVICE, 'nowhere'),
        ).rejects.toMatchObject({ name: 'InputError' });
      });
    });

    it('previews wishes, those that can’t be asked for too', async () => {
      const [, artifactId] = artifactIds;
      await fixture.ask({ artifactId });
      const place = { service: SERVICE, environment: 'prod' };
      const [may, mayNot] = await reading.preview(as('ana.ruiz'), [
        { ...place, intent: 'release-branch', branch: 'master' },
        { ...place, intent: 'promote' },
      ]);
      expect(may).toMatchObject({
        ask: { allowed: true },
        artifactId,
        artifact: { id: artifactId },
        current: { position: 1 },
        verdicts: [{ policy: 'branch', level: 'pass' }],
        requirement: { approvals: 1 },
        deciders: [{ name: 'Dee Park' }, { name: 'Eli Voss' }],
        changes: { kind: 'builds', total: 1 },
        supersedes: ['REQ-1'],
      });
      expect(mayNot).toMatchObject({
        ask: {
          allowed: false,
          code: 'missing',
          message: expect.stringContaining('nothing to promote'),
        },
        verdicts: [],
        deciders: [],
        changes: { kind: 'unknown', items: [] },
        diff: { files: [], missing: expect.stringContaining('promote') },
        supersedes: [],
      });
      const counted = await fixture.knex('release_requests').count({ n: '*' });
      expect(Number(counted[0].n)).toBe(1);
      fixture.policies.requirement.approvals = 0;
      const [free] = await reading.preview(as('ana.ruiz'), [
        { ...place, intent: 'release-branch', branch: 'master' },
      ]);
      expect(free.deciders).toEqual([]);
    });

    describe('differences', () => {
      const CANARY = 'canary-of-a-secret';
      const SECRET = (value: string) =>
        `kind: Secret\ndata:\n  key: ${Buffer.from(value).toString(
          'base64',
        )}\n`;
      let folder: string;
      let repository: TestRepository;
      let mirror: Mirror;

      beforeEach(async () => {
        folder = mkdtempSync(join(tmpdir(), 'reading-'));
        repository = TestRepository.create();
        mirror = new Mirror({
          remote: parseRemoteUrl(repository.path),
          branch: repository.branch,
          directory: folder,
          timeoutMs: 30_000,
          logger: mockServices.logger.mock(),
        });
        reading = createReading(fixture, {
          files: new MirrorReleaseFiles(mirror),
          store: new FolderArtifactStore(fixture.folder),
        });
      });
      afterEach(async () => {
        await mirror.close();
        repository.remove();
        rmSync(folder, { recursive: true, force: true });
      });

      /** Releases files to prod, in git and in the rows. */
      async function release(number: number, files: Record<string, string>) {
        const revision = repository.commit({
          message: 'x',
          files: Object.fromEntries([
            ['prod', null],
            ...Object.entries(files).map(([path, text]) => [
              `prod/${path}`,
              text,
            ]),
          ]),
        });
        await mirror.fetch();
        return fixture.history.release({
          service: SERVICE.name,
          environment: 'prod',
          squad: 'squad-ledger',
          number,
          tree: repository.git('rev-parse', `${revision}:prod`),
        });
      }

      it('compare what is released with the artifact’s files, Secrets masked', async () => {
        await release(1, {
          'artifact.json': '{}',
          '40-deployment.yaml': 'kind: Deployment\nreplicas: 1\n',
          'gone.yaml': 'kind: Service\n',
        });
        const artifactId = await fixture.store(
          { service: SERVICE.name, number: 5 },
          'kind: Deployment\nreplicas: 2\n',
        );
        const { number } = await fixture.ask({ artifactId });
        const expected = {
          unchangedFiles: 0,
          files: [
            {
              path: '40-deployment.yaml',
              change: 'modified',
              added: 1,
              removed: 1,
              hunks: [
                {
                  oldStart: 1,
                  newStart: 1,
                  lines: [' kind: Deployment', '-replicas: 1', '+replicas: 2'],
                },
              ],
            },
            { path: 'gone.yaml', change: 'removed' },
          ],
        };
        expect(await reading.diff(as('dee.park'), number)).toMatchObject(
          expected,
        );
        const [preview] = await reading.preview(as('ana.ruiz'), [
          {
            service: SERVICE,
            environment: 'prod',
            intent: 'release-artifact',
            artifactId,
          },
        ]);
        expect(preview.diff).toMatchObject(expected);
      });

      it('mask both sides in the same way', async () => {
        await release(1, { '40-deployment.yaml': SECRET(CANARY) });
        const same = await fixture.store(
          { service: SERVICE.name, number: 5 },
          SECRET(CANARY),
        );
        const other = await fixture.store(
          { service: SERVICE.name, number: 6 },
          SECRET(`another-${CANARY}`),
        );
        const diff = async (artifactId: string) => {
          const { number } = await fixture.ask({ artifactId });
          return reading.diff(as('dee.park'), number);
        };
        expect(await diff(same)).toEqual({ files: [], unchangedFiles: 1 });
        const changed = await diff(other);
        expect(changed.files).toMatchObject([{ masked: { changed: true } }]);
        const text = JSON.stringify(changed);
        for (const value of [CANARY, `another-${CANARY}`]) {
          expect(text).not.toContain(value);
          expect(text).not.toContain(Buffer.from(value).toString('base64'));
        }
      });

      it('show of a rollback what going back changes, without a store', async () => {
        const earlier = await release(1, { 'a.yaml': 'one\n' });
        await release(2, { 'a.yaml': 'two\n' });
        reading = createReading(fixture, {
          files: new MirrorReleaseFiles(mirror),
        });
        const { number } = await fixture.ask({
          intent: 'rollback',
          position: earlier,
        } as any);
        expect(await reading.diff(as('dee.park'), number)).toMatchObject({
          files: [{ path: 'a.yaml', hunks: [{ lines: ['-two', '+one'] }] }],
        });
      });

      it('show what a committed one replaced, whatever came after', async () => {
        const replaced = await release(1, { 'a.yaml': 'one\n' });
        const position = await release(2, { 'a.yaml': 'two\n' });
        await release(3, { 'a.yaml': 'three\n' });
        await insertRequest(fixture.knex, {
          state: 'succeeded',
          replaces_position: replaced,
          position,
        });
        expect(await reading.diff(as('dee.park'), 1)).toMatchObject({
          files: [{ hunks: [{ lines: ['-one', '+two'] }] }],
        });
      });

      it('say why there are none', async () => {
        await release(1, { 'a.yaml': 'one\n' });
        const artifactId = await fixture.store({
          service: SERVICE.name,
          number: 5,
        });
        const { number } = await fixture.ask({ artifactId });
        const missing = async () =>
          (await reading.diff(as('dee.park'), number)).missing;
        expect(await missing()).toBeUndefined();
        await fixture.store({ service: SERVICE.name, number: 5 }, 'other\n');
        expect(await missing()).toContain('aren’t those any more');
        fixture.remove(artifactId);
        expect(await missing()).toBeTruthy();
        reading = createReading(fixture, {
          files: new MirrorReleaseFiles(mirror),
        });
        expect(await missing()).toContain('No artifact store is configured');
        await fixture.knex('releases').update({ tree: 'f'.repeat(40) });
        expect(await missing()).toContain('not in this backend’s mirror');
      });
    });
  },
);

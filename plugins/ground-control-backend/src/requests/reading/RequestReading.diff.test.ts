import { mockServices } from '@backstage/backend-test-utils';
import {
  Mirror,
  parseRemoteUrl,
} from '@ground-control/backstage-plugin-ground-control-node';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipOf } from '../../__testUtils__/testArtifacts';
import { FolderArtifactStore } from '../../artifacts';
import { MirrorFiles } from '../../gitops/MirrorFiles';
import { MirrorReleaseFiles } from '../../gitops/MirrorReleaseFiles';
import { revisionOf } from '../../__testUtils__/TestHistory';
import { describeRequests } from '../__testUtils__/describeRequests';
import { insertRequest } from '../__testUtils__/insertRequest';
import { as, RequestsFixture, SERVICE } from '../__testUtils__/RequestsFixture';
import { createReading } from './__testUtils__/createReading';
import { RequestReading } from './RequestReading';

describeRequests('What requests change', world => {
  let fixture: RequestsFixture;
  let reading: RequestReading;

  beforeEach(() => {
    fixture = world.fixture;
    reading = createReading(fixture);
  });

  describe('differences', () => {
    const CANARY = 'canary-of-a-secret';
    const SECRET = (value: string) =>
      `kind: Secret\ndata:\n  key: ${Buffer.from(value).toString('base64')}\n`;
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
        repositoryFiles: new MirrorFiles(mirror),
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

    it('tell first what matters, and no value of a variable', async () => {
      const workload = (replicas: number, level: string) =>
        `kind: Deployment
metadata: { name: ledger-api }
spec:
  replicas: ${replicas}
  template:
    spec:
      containers:
        - { name: x, env: [{ name: LEVEL, value: ${level} }] }
`;
      await release(1, {
        '10-service.yaml': 'kind: Service\n',
        '40-deployment.yaml': workload(1, 'info'),
      });
      const artifactId = await fixture.store(
        { service: SERVICE.name, number: 5 },
        workload(2, 'debug'),
      );
      const { number } = await fixture.ask({ artifactId });
      const { files, highlights } = await reading.diff(as('dee.park'), number);
      expect(files.map(({ path }) => path)).toEqual([
        '40-deployment.yaml',
        '10-service.yaml',
      ]);
      expect(highlights).toEqual([
        {
          kind: 'replicas',
          name: 'ledger-api',
          change: 'modified',
          before: '1',
          after: '2',
        },
        { kind: 'env', name: 'LEVEL', change: 'modified' },
      ]);
    });

    it('compare the Flux Kustomization with the one that clusters follow', async () => {
      const kustomization = (interval: string) =>
        `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
spec: { interval: ${interval} }
`;
      const path = 'clusters/prod/payments/ledger-api.yaml';
      repository.commit({
        message: 'x',
        files: { [path]: kustomization('5m') },
      });
      await release(1, { '40-deployment.yaml': 'kind: Deployment\n' });
      const diff = async (number: number, interval: string) => {
        const build = { service: SERVICE.name, number };
        const artifactId = await fixture.store(build);
        writeFileSync(
          join(fixture.folder, SERVICE.name, artifactId),
          zipOf({
            'artifact.json': JSON.stringify({
              id: artifactId,
              ...SERVICE,
              service: SERVICE.name,
            }),
            'prod/40-deployment.yaml': 'kind: Deployment\n',
            'prod/80-flux.yaml': kustomization(interval),
          }),
        );
        const asked = await fixture.ask({ artifactId });
        return reading.diff(as('dee.park'), asked.number);
      };
      expect(await diff(5, '5m')).toMatchObject({
        files: [],
        unchangedFiles: 2,
      });
      expect((await diff(6, '9m')).files).toMatchObject([
        { path, change: 'modified', added: 1, removed: 1 },
      ]);
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
      expect(await diff(same)).toEqual({
        files: [],
        highlights: [],
        unchangedFiles: 1,
      });
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
        replaces_revision: revisionOf(replaced),
        revision: revisionOf(position),
        // After a rewritten history they are others'.
        replaces_position: 77,
        position: replaced,
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
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ArtifactFile,
  CommitPlan,
  GitIdentity,
  LayoutPlace,
  Mirror,
  parseRemoteUrl,
  ReleaseToWrite,
  TreeChange,
} from '@ground-control/backstage-plugin-ground-control-node';
import {
  createRecordingLogger,
  TestRepository,
} from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { createWorld } from '@internal/sandbox';
import { FolderArtifactStore } from '../../__testUtils__/testArtifacts';
import {
  artifactId,
  artifactJson,
  TestBuild,
} from '../__testUtils__/artifacts';
import { ReleaseManagerReader } from './__testUtils__/ReleaseManagerReader';
import { releaseManagerLayout as layout } from './releaseManagerLayout';

const ROBOT = { name: 'HamAstrochimp', email: 'operations@lunar.app' };
const ANA = { name: 'Ana Ruiz', email: 'ana.ruiz@bank.example' };
const KUSTOMIZATION = (number: number) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ledger-${number}\n`;

const directory = mkdtempSync(join(tmpdir(), 'ground-control-conformance-'));
const mirrors: Mirror[] = [];
afterAll(async () => {
  await Promise.all(mirrors.map(mirror => mirror.close()));
  rmSync(directory, { recursive: true, force: true });
});

async function openMirror(path: string): Promise<Mirror> {
  const mirror = new Mirror({
    remote: parseRemoteUrl(path),
    branch: 'master',
    directory: join(directory, `mirror-${mirrors.length}`),
    timeoutMs: 30_000,
    logger: createRecordingLogger(),
  });
  mirrors.push(mirror);
  expect((await mirror.fetch()).kind).toBe('fetched');
  return mirror;
}

function plan(files: ArtifactFile[], place: LayoutPlace): TreeChange[] {
  const changes = layout.planRelease(place, files);
  if (!Array.isArray(changes)) throw new Error(changes.fault);
  return changes;
}

/** What going back to the release of an earlier commit changes. */
async function planBack(mirror: Mirror, revision: string, place: LayoutPlace) {
  const folder = layout.formatReleaseFolder(place);
  const found = await mirror.entries({
    revision,
    paths: [folder, ...layout.formatOtherPaths(place)],
  });
  const others = found.filter(entry => entry.path !== folder);
  return layout.planRollback(place, {
    tree: found.find(entry => entry.path === folder)!.id,
    others: others.map(({ path, mode, id }) => ({
      path,
      mode: mode as '100644',
      object: id,
    })),
  });
}

describe('a repository that we write, read as release-manager reads it', () => {
  const repository = TestRepository.create();
  afterAll(() => repository.remove());
  const reader = new ReleaseManagerReader(repository.path);
  let mirror: Mirror;
  let at = Date.UTC(2026, 2, 1, 12);

  const push = async (
    changes: TreeChange[],
    message: string,
    author: GitIdentity = ROBOT,
  ) => {
    at += 60_000;
    const base = mirror.tip!;
    const commit: CommitPlan = {
      message,
      changes,
      author,
      committer: ROBOT,
      at: new Date(at),
    };
    const [tip] = await mirror.write({ base, commits: [commit] });
    expect(await mirror.push({ expected: base, tip })).toEqual({
      kind: 'pushed',
    });
    await mirror.fetch();
    return tip;
  };
  const place = { environment: 'prod', folder: 'banking', service: 'ledger' };
  const build = (number: number): TestBuild => ({
    service: 'ledger',
    namespace: 'banking',
    number,
  });
  const release = (number: number, more: Partial<ReleaseToWrite> = {}) =>
    layout.formatReleaseMessage({
      environment: 'prod',
      service: 'ledger',
      artifactId: artifactId(build(number)),
      intent: 'release-artifact',
      releasedBy: ANA,
      createdBy: { name: 'Ada', email: 'ada@example.com' },
      trailers: [
        ['Release-request', `REQ-${number}`],
        ['Approved-by', 'Bo Lind <bo.lind@bank.example>'],
      ],
      ...more,
    });
  const files = (
    number: number,
    more: Record<string, string> = {},
  ): ArtifactFile[] =>
    Object.entries({
      'artifact.json': artifactJson(build(number)),
      '40-deployment.yaml': `kind: Deployment\r\n# ${number} å\n`,
      ...more,
    }).map(([path, text]) => ({ path, content: Buffer.from(text) }));
  let first: string;

  beforeAll(async () => {
    repository.commit({ message: 'Begin', files: { 'README.md': '' } });
    mirror = await openMirror(repository.path);
    first = await push(
      plan(
        files(1, { 'flux.yaml': KUSTOMIZATION(1), '10-gone.yaml': 'x: 1\n' }),
        place,
      ),
      release(1, { intent: 'promote', fromEnvironment: 'staging' }),
    );
    await push(
      plan(files(2, { 'flux.yaml': KUSTOMIZATION(2) }), place),
      release(2, { intent: 'release-branch', ofBranch: 'master' }),
    );
    await push(
      plan(files(3), place),
      release(3, { releasedBy: { name: 'Eve\nArtifact-ID: x', email: 'e@x' } }),
    );
  });

  it('has the status of the last release, byte for byte', () => {
    const status = reader.status('ledger', 'prod', 'banking')!;
    expect(status.bytes.toString()).toBe(artifactJson(build(3)));
    expect(status.artifact.id).toBe(artifactId(build(3)));
    expect(status.releasedBy).toEqual({
      name: 'Eve Artifact-ID: x',
      email: 'e@x',
    });
    expect(status.releasedAt).toEqual(new Date(at));
    const folder = reader.files('prod/releases/banking/ledger');
    expect(Object.keys(folder).sort()).toEqual([
      '40-deployment.yaml',
      'artifact.json',
    ]);
    expect(folder['40-deployment.yaml']).toEqual({
      mode: '100644',
      content: Buffer.from('kind: Deployment\r\n# 3 å\n'),
    });
    // The third had none: that of the second stays.
    expect(reader.entry('clusters/prod/banking/ledger.yaml')).toEqual({
      mode: '100644',
      content: Buffer.from(KUSTOMIZATION(2)),
    });
  });

  it('describes its releases', () => {
    const described = reader.describe('LEDGER', 'Prod');
    expect(described.map(r => [r.artifactId, r.intent, r.trailers])).toEqual([
      [
        artifactId(build(3)),
        'ReleaseArtifact',
        expect.objectContaining({ 'Release-request': 'REQ-3' }),
      ],
      [
        artifactId(build(2)),
        'ReleaseBranch',
        expect.objectContaining({ 'Release-of-branch': 'master' }),
      ],
      [
        artifactId(build(1)),
        'Promote',
        expect.objectContaining({ 'Promoted-from-environment': 'staging' }),
      ],
    ]);
    expect(described[1]).toMatchObject({
      releasedBy: ANA,
      createdBy: { name: 'Ada', email: 'ada@example.com' },
      committer: 'HamAstrochimp <operations@lunar.app>',
    });
  });

  it('goes back to a release as it was, its Kustomization with it', async () => {
    await push(
      await planBack(mirror, first, place),
      release(1, { intent: 'rollback', leftArtifactId: artifactId(build(3)) }),
    );
    const status = reader.status('ledger', 'prod', 'banking')!;
    expect(status.bytes.toString()).toBe(artifactJson(build(1)));
    expect(
      Object.keys(reader.files('prod/releases/banking/ledger')).sort(),
    ).toEqual(['10-gone.yaml', '40-deployment.yaml', 'artifact.json']);
    expect(
      reader.entry('clusters/prod/banking/ledger.yaml')!.content.toString(),
    ).toBe(KUSTOMIZATION(1));
    expect(reader.describe('ledger', 'prod')[0]).toMatchObject({
      intent: 'Rollback',
      artifactId: artifactId(build(1)),
      trailers: { 'Rollback-of-artifact-id': artifactId(build(3)) },
    });
  });

  it('has policies that it takes', async () => {
    const policies = {
      autoReleases: [{ branch: 'feature/<x>&', environment: 'dev' }],
      branchRestrictions: [{ branchRegex: '^master$', environment: 'prod' }],
    };
    await push(
      [
        {
          kind: 'put',
          path: layout.formatPolicyPath('ledger'),
          mode: '100755',
          content: layout.formatPolicies('ledger', policies),
        },
      ],
      "[ledger] policy update: apply auto-release in 'dev'\n\nChanged-by: Ana <a@x>\n",
    );
    expect(reader.policies('ledger')).toEqual({
      mode: '100755',
      value: {
        service: 'ledger',
        autoReleases: [
          {
            id: 'auto-release-feature/<x>&-dev',
            branch: 'feature/<x>&',
            environment: 'dev',
          },
        ],
        branchRestrictions: [
          {
            id: 'branch-restriction-prod',
            branchRegex: '^master$',
            environment: 'prod',
          },
        ],
      },
    });
    // It is no release to it.
    expect(reader.log()[0].intent).toBe('Rollback');
  });
});

describe('a repository of the embedded world', () => {
  let world: Awaited<ReturnType<typeof createWorld>>;
  let mirror: Mirror;
  const git = (...args: string[]) =>
    execFileSync('git', [
      '--git-dir',
      world.repositoryPath,
      ...args,
    ]).toString();

  beforeAll(async () => {
    world = await createWorld({
      dir: join(directory, 'world'),
      squads: 2,
      services: 8,
      days: 6,
      releases: 60,
      clusters: 0,
      end: Date.UTC(2026, 5, 1, 12) / 1000,
    });
    mirror = await openMirror(world.repositoryPath);
  });

  it('reads the same to us and to release-manager', () => {
    const reader = new ReleaseManagerReader(world.repositoryPath);
    const log = reader.log();
    expect(log.length).toBeGreaterThan(50);
    for (const { revision, environment, service, artifactId: id } of log) {
      const message = git('log', '-1', '--format=%B', revision);
      expect(layout.readMessage(message)).toMatchObject({
        environment,
        service,
        artifactId: id,
      });
    }
  });

  it('gets the very commits when we write its releases again', async () => {
    const store = new FolderArtifactStore(world.artifactsPath);
    const log = new ReleaseManagerReader(world.repositoryPath).log();
    let compared = 0;
    for (const { revision } of log) {
      const parent = git('rev-parse', `${revision}^`).trim();
      const changed = git('diff', '--name-only', parent, revision).split('\n');
      const artifactPath = changed.find(path =>
        path.endsWith('/artifact.json'),
      );
      if (!artifactPath) continue;
      const place = layout.readPath(artifactPath) as LayoutPlace;
      const message = layout.readMessage(
        git('log', '-1', '--format=%B', revision),
      )!;
      const stored = await store.readFiles(
        { service: place.service, artifactId: message.artifactId },
        { environment: place.environment },
      );
      if ('fault' in stored) throw new Error(stored.fault);
      const [seconds, name, email] = git(
        'log',
        '-1',
        '--format=%ct%n%cn%n%ce',
        revision,
      ).split('\n');
      const artifact = layout.readArtifact(
        stored.files.find(file => file.path === 'artifact.json')!.content,
      );
      if ('fault' in artifact) throw new Error(artifact.fault);
      const [written] = await mirror.write({
        base: parent,
        commits: [
          {
            message: layout.formatReleaseMessage({
              ...message,
              releasedBy: message.releasedBy!,
              createdBy: artifact.author!,
              trailers: [],
            }),
            changes: plan(stored.files, place),
            author: { name, email },
            committer: { name, email },
            at: new Date(Number(seconds) * 1000),
          },
        ],
      });
      expect(written).toBe(revision);
      compared += 1;
      if (compared === 40) break;
    }
    expect(compared).toBe(40);
  });
});

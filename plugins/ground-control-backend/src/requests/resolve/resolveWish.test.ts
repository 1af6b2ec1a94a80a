import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { releaseManagerLayout } from '../../__testUtils__/testLayout';
import { FolderArtifactStore } from '../../artifacts';
import { zipOf } from '../../artifacts/__testUtils__/rawZip';
import { RequestsFixture, SERVICE } from '../__testUtils__/RequestsFixture';
import { resolveWish } from './resolveWish';
import { ResolveOptions, Wish } from './types';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('resolveWish, %s', id => {
  let fixture: RequestsFixture;
  let first: string;
  let second: string;

  beforeAll(async () => {
    const knex = await databases.init(id);
    await migrate(knex);
    fixture = new RequestsFixture(knex);
    [first, second] = await fixture.fill();
    const name = SERVICE.name;
    await fixture.history.release({
      service: name,
      number: 2,
      environment: 'staging',
    });
    await fixture.store({ service: name, number: 9, branch: 'feature-x' });
    await fixture.history.build(
      { service: name, number: 8, branch: 'lost' },
      false,
    );
    // Says of itself that it is of another service.
    const stray = await fixture.history.build({ service: name, number: 7 });
    writeFileSync(
      join(fixture.folder, name, stray),
      zipOf({
        'artifact.json': JSON.stringify({
          id: stray,
          service: 'fx-api',
          namespace: 'payments',
        }),
        'prod/40-deployment.yaml': 'kind: Deployment\n',
      }),
    );
    // Built for dev alone.
    const half = await fixture.history.build({ service: name, number: 6 });
    writeFileSync(
      join(fixture.folder, name, half),
      zipOf({
        'artifact.json': JSON.stringify({
          id: half,
          service: name,
          namespace: 'payments',
        }),
        'dev/40-deployment.yaml': 'kind: Deployment\n',
      }),
    );
  });
  afterAll(() => fixture.stop());

  const resolve = (wish: object, options: Partial<ResolveOptions> = {}) =>
    resolveWish(
      {
        knex: fixture.knex,
        repository: 'default',
        layout: releaseManagerLayout,
        environments: ['dev', 'staging', 'prod'],
        mainBranch: 'master',
        store: new FolderArtifactStore(fixture.folder),
        canWrite: true,
        ...options,
      },
      { service: SERVICE, environment: 'prod', ...wish } as Wish,
    );

  it('finds what is promoted, and where from', async () => {
    expect(
      await resolve({ intent: 'promote', artifactId: second }),
    ).toMatchObject({
      kind: 'release',
      release: {
        artifact: { id: second, squad: 'squad-ledger' },
        fromEnvironment: 'staging',
        squadRef: 'group:default/squad-ledger',
        current: { artifactId: first },
      },
    });
  });

  it('takes the newest build of the main branch where nothing comes before', async () => {
    await fixture.store({ service: SERVICE.name, number: 12 });
    const { release }: any = await resolve({
      intent: 'promote',
      environment: 'dev',
    });
    expect(release.artifact.branch).toBe('master');
    expect(release).not.toHaveProperty('fromEnvironment');
    expect(release).not.toHaveProperty('ofBranch');
  });

  it('looks for exactly the branch', async () => {
    const branch = 'feature-x';
    expect(await resolve({ intent: 'release-branch', branch })).toMatchObject({
      release: { artifact: { branch }, ofBranch: branch },
    });
    expect(
      await resolve({ intent: 'release-branch', branch: 'feature' }),
    ).toMatchObject({
      refusal: {
        code: 'missing',
        message: 'The branch "feature" has no build of payments/ledger-api',
      },
    });
  });

  it.each<[string, () => object, string, string, Partial<ResolveOptions>?]>([
    [
      'an unknown environment',
      () => ({ intent: 'promote', environment: 'qa' }),
      'missing',
      'There is no environment "qa"; there are dev, staging, prod',
    ],
    [
      'an unknown service',
      () => ({
        intent: 'promote',
        environment: 'dev',
        service: { namespace: '', name: '--upload-pack=x' },
      }),
      'missing',
      'The branch "master" has no build of --upload-pack=x',
    ],
    [
      'promoting another than was shown',
      () => ({ intent: 'promote', artifactId: first }),
      'changed',
      'Look at it again in the form',
    ],
    [
      'the newest of a branch that was another when it was shown',
      () => ({
        intent: 'release-branch',
        branch: 'feature-x',
        artifactId: first,
      }),
      'changed',
      'Look at it again in the form',
    ],
    [
      'an unknown artifact',
      () => ({ intent: 'release-artifact', artifactId: '../../etc' }),
      'missing',
      'There is no artifact "../../etc" of payments/ledger-api',
    ],
    [
      'what is there already',
      () => ({ intent: 'release-artifact', artifactId: first }),
      'already-there',
      'Already in prod since 2 Mar 2026, 08:01 UTC. Nothing to release.',
    ],
    [
      'an artifact that isn’t stored any more',
      () => ({ intent: 'release-branch', branch: 'lost' }),
      'missing',
      "can't be released to prod",
    ],
    [
      'an artifact without files for the environment',
      () => ({ intent: 'release-artifact', artifactId: idOf(6) }),
      'missing',
      "can't be released to prod",
    ],
    [
      'an artifact that says it is of another service',
      () => ({ intent: 'release-artifact', artifactId: idOf(7) }),
      'invalid',
      'says of itself that it is another one',
    ],
    [
      'going back to what runs',
      () => ({ intent: 'rollback', position: 1 }),
      'already-there',
      'This is what is released in prod now',
    ],
    [
      'going back to what never was',
      () => ({ intent: 'rollback', position: 77 }),
      'missing',
      'no release at position 77',
    ],
    [
      'promoting from where nothing is',
      () => ({ intent: 'promote', environment: 'staging' }),
      'missing',
      'There is nothing to promote: payments/ledger-api has no release in dev',
    ],
    [
      'anything without a store',
      () => ({ intent: 'release-artifact', artifactId: second }),
      'not-configured',
      'No artifact store is configured',
      { store: undefined },
    ],
    [
      'anything where nothing may be written',
      () => ({ intent: 'promote' }),
      'not-configured',
      'set groundControl.configRepository.writing',
      { canWrite: false },
    ],
  ])('refuses %s', async (_, ...[wish, code, message, options]) => {
    expect(await resolve(wish(), options)).toEqual({
      kind: 'refused',
      refusal: {
        allowed: false,
        code,
        message: expect.stringContaining(message),
      },
    });
  });

  async function ids() {
    return fixture.knex('artifacts').pluck('artifact_id');
  }
  let known: string[] = [];
  beforeAll(async () => {
    known = await ids();
  });
  function idOf(number: number): string {
    return known.find(text =>
      text.includes(`${number.toString(16).padStart(4, '0')}-`),
    )!;
  }
});

import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGit } from '../git/runGit.ts';
import { DAY } from '../lib/calendar.ts';
import { advanceWorld } from '../world/advanceWorld.ts';
import { createWorld } from '../world/createWorld.ts';
import { readWorld } from '../world/worldFile.ts';
import type { World } from '../world/types.ts';
import { formatPack } from './formatPack.ts';
import { formatPackedRefs } from './formatPackedRefs.ts';
import { SourceRepositories } from './SourceRepositories.ts';

const END = Date.UTC(2026, 5, 1, 12) / 1000;
const SMALL = { squads: 2, services: 12, days: 10, releases: 200, end: END };
const folder = mkdtempSync(join(tmpdir(), 'sandbox-source-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function journals(world: World): Record<string, string> {
  return Object.fromEntries(
    readdirSync(world.sourcePath)
      .filter(name => name.endsWith('.jsonl'))
      .map(name => [
        name.replace(/\.jsonl$/, ''),
        readFileSync(join(world.sourcePath, name), 'utf8'),
      ]),
  );
}

/** Each build that the world remembers, by service. */
function builds(world: World) {
  const { services } = readWorld(world.dir)!.context.state;
  return Object.entries(services).flatMap(([service, state]) =>
    state.builds.map(build => ({ service, build })),
  );
}

describe('source repositories', () => {
  let world: World;
  let repositories: SourceRepositories;
  const git = (service: string, ...args: string[]) =>
    runGit(join(world.sourcePath, `${service}.git`), args);

  beforeAll(async () => {
    world = await createWorld({ ...SMALL, dir: join(folder, 'world') });
    repositories = new SourceRepositories(world.sourcePath);
  });

  async function expectTrue() {
    for (const service of Object.keys(journals(world))) {
      expect(await repositories.ensure(service)).toBe(true);
      // Says nothing when all is well; what a deleted branch left is no fault.
      expect(
        await git(service, 'fsck', '--full', '--strict', '--no-dangling'),
      ).toBe('');
    }
    for (const { service, build } of builds(world)) {
      const format = '%an%n%ae%n%cn%n%B';
      const [name, email, committer, ...message] = (
        await git(service, 'log', '-1', `--format=${format}`, build.sha)
      ).split('\n');
      expect({ name, email, committer, message: message.join('\n') }).toEqual({
        name: build.author.name,
        email: build.author.email,
        committer: build.committer.name,
        message: `${build.message}\n\n`,
      });
    }
  }

  it('hold the commit of every build, as its artifact tells it', async () => {
    expect(builds(world).length).toBeGreaterThan(60);
    await expectTrue();
  });

  it('hold merges, branches, and commits that were never built', async () => {
    const seen = { merges: 0, branches: 0, commits: 0 };
    for (const service of Object.keys(journals(world))) {
      const log = await git(service, 'log', '--all', '--format=%P');
      const lines = log.trimEnd().split('\n');
      seen.commits += lines.length;
      seen.merges += lines.filter(line => line.includes(' ')).length;
      const refs = await git(service, 'for-each-ref', '--format=%(refname)');
      expect(refs).toMatch(/^refs\/heads\/master$/m);
      seen.branches += refs.trimEnd().split('\n').length - 1;
    }
    expect(seen.merges).toBeGreaterThan(5);
    expect(seen.branches).toBeGreaterThan(2);
    const built = new Set(builds(world).map(({ build }) => build.sha));
    expect(seen.commits).toBeGreaterThan(built.size + 20);
  });

  it('are the same for the same options, and go on with the world', async () => {
    const other = await createWorld({ ...SMALL, dir: join(folder, 'other') });
    expect(journals(other)).toEqual(journals(world));
    const before = builds(world).length;
    await advanceWorld(world, END + 2 * DAY);
    await advanceWorld(other, END + DAY);
    await advanceWorld(other, END + 2 * DAY);
    expect(builds(world).length).toBeGreaterThan(before);
    expect(journals(other)).toEqual(journals(world));
    await expectTrue();
    // Another process makes the same of what is there.
    repositories = new SourceRepositories(world.sourcePath);
    await expectTrue();
    expect(await repositories.ensure('no-such-service')).toBe(false);
  });
});

describe('formatPackedRefs', () => {
  it('leaves out what Git wouldn’t take', () => {
    const sha = 'a'.repeat(40);
    const names = [
      ...['master', 'feature', 'feature/limits', 'try/x', 'try/x/y', 'try'],
      ...['a..b', 'a//b', 'a.lock', 'a.lock/b', 'a/', 'a.', 'a/.b', 'a b'],
    ];
    const text = formatPackedRefs(new Map(names.map(name => [name, sha])));
    expect(text.split('\n')).toEqual([
      '# pack-refs with: peeled fully-peeled sorted ',
      `${sha} refs/heads/feature`,
      `${sha} refs/heads/master`,
      `${sha} refs/heads/try/x`,
      '',
    ]);
  });
});

it('formats a pack that Git reads, whatever the length of an object', async () => {
  const path = join(folder, 'pack.git');
  await runGit(undefined, ['init', '--quiet', '--bare', path]);
  const lengths = [0, 1, 15, 16, 17, 2047, 2048, 300_000];
  const bodies = lengths.map(length =>
    Buffer.from(
      `tree ${'4b825dc642cb6eb9a060e54bf8d69288fbee4904'}\n${'author A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\n'}${'x'.repeat(
        length,
      )}`,
    ),
  );
  await runGit(
    path,
    ['index-pack', '--stdin'],
    formatPack([
      { type: 'tree', body: Buffer.alloc(0) },
      ...bodies.map(body => ({ type: 'commit' as const, body })),
    ]),
  );
  const sizes = await runGit(path, [
    'cat-file',
    '--batch-all-objects',
    '--batch-check=%(objecttype) %(objectsize)',
  ]);
  expect(sizes.trimEnd().split('\n').sort()).toEqual(
    ['tree 0', ...bodies.map(body => `commit ${body.length}`)].sort(),
  );
});

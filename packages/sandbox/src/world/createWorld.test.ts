import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendCommits, readTip } from '../git/appendCommits.ts';
import { rewriteHistory } from '../git/rewriteHistory.ts';
import { runGit } from '../git/runGit.ts';
import { humanCommit } from '../simulation/happenings/humanCommit.ts';
import { advanceWorld } from './advanceWorld.ts';
import { createWorld } from './createWorld.ts';
import { openOrCreate } from './openOrCreate.ts';
import { readWorld } from './worldFile.ts';

const END = Date.UTC(2026, 5, 1, 12) / 1000;
const SMALL = { squads: 2, services: 12, days: 10, releases: 120, end: END };

/**
 * The tip of the small world. It changes only when the same options give other
 * bytes: then raise FORMAT_VERSION too, or old worlds will be taken for new.
 */
const GOLDEN_TIP = '926e666442b0ce282e2edf4fe3de4ea6ae74d8be';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
let made = 0;
function newDir(): string {
  made += 1;
  return join(folder, `world-${made}`);
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function lines(repository: string, ...args: string[]): Promise<string[]> {
  const out = await runGit(repository, args);
  return out.split('\n').filter(Boolean);
}

describe('createWorld', () => {
  it('gives the commits that it always gave', async () => {
    const world = await createWorld({ ...SMALL, dir: newDir() });
    expect(world.tip).toBe(GOLDEN_TIP);
    const without = await createWorld({
      ...SMALL,
      dir: newDir(),
      artifacts: false,
    });
    expect(without.tip).toBe(GOLDEN_TIP);
    expect(readdirSync(without.artifactsPath)).toEqual([]);
  });

  it('gives other commits for another seed', async () => {
    const world = await createWorld({ ...SMALL, seed: 2, dir: newDir() });
    expect(world.tip).not.toBe(GOLDEN_TIP);
  });

  describe('a small world', () => {
    const dir = newDir();
    const repository = join(dir, 'config-repository.git');

    beforeAll(async () => {
      await createWorld({ ...SMALL, dir });
    });

    it('is a sound repository in the layout of release-manager', async () => {
      await runGit(repository, ['fsck', '--strict']);
      const tree = await lines(repository, 'ls-tree', '-r', 'master');
      const paths = tree.map(line => line.split('\t')[1]);
      expect(paths).toContain('prod/releases/banking/ledger-api/artifact.json');
      expect(paths).toContain(
        'prod/releases/banking/ledger-api/40-deployment.yaml',
      );
      expect(paths).toContain('clusters/prod/banking/ledger-api.yaml');
      expect(paths).not.toContain(
        'prod/releases/banking/ledger-api/80-flux-kustomization.yaml',
      );
      for (const line of tree) {
        const mode = line.includes('\tpolicies/') ? '100755' : '100644';
        expect(line.slice(0, 6)).toBe(mode);
      }
      expect(await lines(repository, 'for-each-ref')).toHaveLength(1);
    });

    it('changes artifact.json in every release and nowhere else', async () => {
      const log = await lines(
        repository,
        'log',
        '--format=@%s',
        '--name-only',
        'master',
      );
      let title = '';
      const released: string[] = [];
      for (const line of log) {
        if (line.startsWith('@')) {
          title = line.slice(1);
        } else if (line.endsWith('/artifact.json')) {
          released.push(title);
        }
      }
      const titles = log
        .filter(line => /^@\[.*\] (auto )?(release|rollback) /.test(line))
        .map(line => line.slice(1));
      const imported = 'Import from the old configuration repository';
      expect(released.filter(t => t !== imported)).toEqual(titles);
      expect(titles).toHaveLength(readWorld(dir)!.counts.releases);
    });

    it('holds merges, whose first parent is the branch', async () => {
      const merges = await lines(
        repository,
        'rev-list',
        '--merges',
        '--parents',
        'master',
      );
      expect(merges.length).toBeGreaterThan(0);
      const line = await lines(
        repository,
        'rev-list',
        '--first-parent',
        'master',
      );
      for (const merge of merges) {
        const [commit, first, side] = merge.split(' ');
        expect(line[line.indexOf(commit) + 1]).toBe(first);
        expect(line).not.toContain(side);
      }
      expect(line).toHaveLength(readWorld(dir)!.counts.commits);
    });

    it('keeps an artifact for what was released', async () => {
      const path = 'prod/releases/banking/ledger-api/artifact.json';
      const text = await runGit(repository, ['show', `master:${path}`]);
      const { id } = JSON.parse(text);
      const bytes = readFileSync(join(dir, 'artifacts', 'ledger-api', id));
      expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
    });

    it('has a catalog and the people of the sign-in page', () => {
      const catalog = join(dir, 'catalog');
      const people = JSON.parse(readFileSync(join(dir, 'people.json'), 'utf8'));
      const users = readFileSync(join(catalog, 'people.yaml'), 'utf8');
      expect(people).toHaveLength(4);
      for (const { entityRef } of people) {
        expect(users).toContain(`name: ${entityRef.split('/')[1]}\n`);
      }
      expect(users).toMatch(
        /name: squad-ledger\n.*\n {2}annotations:\n {4}ground-control\.dev\/leads: user:default\/dee\.park/,
      );
      expect(readFileSync(join(catalog, 'services.yaml'), 'utf8')).toContain(
        'ground-control.dev/service: banking/ledger-api\n',
      );
      const services = readFileSync(join(catalog, 'services.yaml'), 'utf8');
      const apis = readFileSync(join(catalog, 'apis.yaml'), 'utf8');
      expect(services).toMatch(/dependsOn:\n {4}- component:default\//);
      const consumed = /consumesApis:\n {4}- api:default\/(\S+)/.exec(services);
      expect(apis).toContain(`  name: ${consumed![1]}\n`);
      expect(services).toContain(
        `providesApis:\n    - api:default/${consumed![1]}\n`,
      );
      const clusters = readFileSync(join(catalog, 'clusters.yaml'), 'utf8');
      expect(clusters.match(/type: kubernetes-cluster/g)).toHaveLength(7);
      expect(clusters).toContain('cluster-environment: platform');
    });

    it('is not overwritten by accident, and only ours is removed', async () => {
      const own = join(dir, 'mine.txt');
      writeFileSync(own, 'mine');
      await expect(createWorld({ ...SMALL, dir })).rejects.toThrow('--force');
      await createWorld({ ...SMALL, dir, force: true });
      expect(existsSync(own)).toBe(true);
    });
  });

  it('refuses options that can not be', async () => {
    const dir = newDir();
    await expect(createWorld({ dir, squads: 0 })).rejects.toThrow('squads');
    await expect(
      createWorld({ dir, environments: ['dev', '../x'] }),
    ).rejects.toThrow('environments');
    expect(existsSync(dir)).toBe(false);
  });
});

describe('a world that goes on', () => {
  it('comes to the same in one step and in many', async () => {
    // A seed whose next weeks hold a merge, the hardest to repeat.
    const size = { ...SMALL, seed: 4 };
    const one = await createWorld({ ...size, dir: newDir() });
    const many = await createWorld({ ...size, dir: newDir() });
    const start = one.tip;
    const later = END + 21 * 86400;
    const { tip } = await advanceWorld(one, later);
    for (let at = END; at < later; at += 40_000) {
      await advanceWorld(many, at);
    }
    expect((await advanceWorld(many, later)).tip).toBe(tip);
    const merges = await lines(
      one.repositoryPath,
      'rev-list',
      '--merges',
      `${start}..${tip}`,
    );
    expect(merges.length).toBeGreaterThan(0);
    await runGit(one.repositoryPath, [
      'merge-base',
      '--is-ancestor',
      start,
      'master',
    ]);
  });

  it('loses nothing of writers that push at the same time', async () => {
    const { repositoryPath } = await createWorld({ ...SMALL, dir: newDir() });
    const author = { name: 'A', email: 'a@bank.example' };
    const names = [...Array(6).keys()].map(n => `docs/${n}.md`);
    await Promise.all(
      names.map(path =>
        appendCommits(repositoryPath, [
          humanCommit(author, END, path, [
            { kind: 'file', path, content: path },
          ]),
        ]),
      ),
    );
    const paths = await lines(
      repositoryPath,
      'ls-tree',
      '-r',
      '--name-only',
      'master',
      'docs/',
    );
    expect(paths).toEqual(expect.arrayContaining(names));
    expect(await lines(repositoryPath, 'for-each-ref')).toHaveLength(1);
  });

  it('knows what others released', async () => {
    const world = await createWorld({ ...SMALL, dir: newDir() });
    const path = 'prod/releases/banking/ledger-api/artifact.json';
    const earlier = readWorld(world.dir)!.context.state.services['ledger-api'];
    const left = earlier.current.prod;
    const text = await runGit(world.repositoryPath, ['show', `master:${path}`]);
    const author = { name: 'A', email: 'a@bank.example' };
    await appendCommits(world.repositoryPath, [
      humanCommit(author, END, 'by another', [
        { kind: 'file', path, content: text.replace(left, 'another-one') },
      ]),
    ]);
    await advanceWorld(world, END + 1);
    const own = readWorld(world.dir)!.context.state.services['ledger-api'];
    expect(own.current.prod).toBe('another-one');
    expect(own.earlier.prod[0]).toBe(left);
  });

  it('is reused when its options agree and built anew when not', async () => {
    const dir = newDir();
    const { tip } = await createWorld({ ...SMALL, dir });
    const said: string[] = [];
    const open = (more: object, now = END) =>
      openOrCreate({ ...SMALL, dir, catchUp: true, ...more }, now, message =>
        said.push(message),
      );
    expect((await open({})).tip).toBe(tip);
    expect(said).toEqual([]);
    const later = await open({ end: undefined }, END + 7 * 86400);
    expect(later.tip).not.toBe(tip);
    expect(said).toEqual([expect.stringMatching(/^Caught up .* commits$/)]);
    await runGit(later.repositoryPath, [
      'merge-base',
      '--is-ancestor',
      tip,
      'master',
    ]);
    const other = await open({ seed: 3 });
    expect(other.options.seed).toBe(3);
    expect(said[1]).toContain('seed');
  });

  it('goes on after a crash in the middle of a push', async () => {
    const dir = newDir();
    const { repositoryPath, tip } = await createWorld({ ...SMALL, dir });
    await runGit(repositoryPath, ['update-ref', 'refs/sandbox/left', tip]);
    await openOrCreate({ ...SMALL, dir, catchUp: true }, END, () => {});
    expect(await lines(repositoryPath, 'for-each-ref')).toHaveLength(1);
    // Without its repository a world is no world.
    rmSync(repositoryPath, { recursive: true });
    const anew = await openOrCreate(
      { ...SMALL, dir, catchUp: true },
      END,
      () => {},
    );
    expect(anew.tip).toBe(tip);
  });

  it('rewrites history and keeps the files', async () => {
    const { repositoryPath, tip } = await createWorld({
      ...SMALL,
      dir: newDir(),
    });
    const count = async () =>
      (await lines(repositoryPath, 'rev-list', 'master')).length;
    const before = await count();
    const rewritten = await rewriteHistory(repositoryPath, 5);
    expect(await readTip(repositoryPath)).toBe(rewritten);
    expect(await count()).toBe(before - 1);
    expect(await runGit(repositoryPath, ['diff', tip, rewritten])).toBe('');
    const base = await runGit(repositoryPath, ['merge-base', tip, rewritten]);
    expect(base.trim()).toBe(
      (await runGit(repositoryPath, ['rev-parse', `${tip}~5`])).trim(),
    );
    await expect(rewriteHistory(repositoryPath, 100_000)).rejects.toThrow(
      'can be rewritten',
    );
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendCommits } from '../../git/appendCommits.ts';
import { initRepository } from '../../git/initRepository.ts';
import { rewriteHistory } from '../../git/rewriteHistory.ts';
import { runGit } from '../../git/runGit.ts';
import type { Change } from '../../simulation/types.ts';
import { RepositoryReader } from './RepositoryReader.ts';
import { foldersOf } from './Snapshot.ts';

const author = { name: 'A', email: 'a@bank.example' };
const folder = mkdtempSync(join(tmpdir(), 'sandbox-reader-'));
const repository = join(folder, 'config.git');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(path: string, content: string): Change {
  return { kind: 'file', path, content };
}

function configMap(name: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  key: value\n`;
}

function push(at: number, ...changes: Change[]) {
  return appendCommits(repository, [
    {
      author,
      committer: author,
      at,
      zone: '+0200',
      message: 'committer someone <x> 12 +0000\n',
      changes,
    },
  ]);
}

describe('RepositoryReader', () => {
  const reader = new RepositoryReader(repository);
  const names = async (path: string) =>
    foldersOf((await reader.read())!, path).flatMap(([at, { files }]) =>
      [...files.keys()].map(name => `${at}/${name}`),
    );

  it('reads nothing from an empty repository', async () => {
    await initRepository(repository);
    expect(await reader.read()).toBeUndefined();
  });

  it('reads what clusters may apply, and nothing else', async () => {
    const tip = await push(
      1000,
      file('README.md', 'x'),
      file('clusters/dev/a/one.yaml', configMap('one')),
      file('clusters/dev/b/two.yml', configMap('two')),
      file('clusters/dev2/b/three.yml', configMap('three')),
      file('dev/releases/a/one/artifact.json', '{}'),
      file('dev/releases/a/one/01.yaml', configMap('one')),
      file('policies/one.json', '{}'),
      {
        ...file('dev/releases/a/one/02.yaml', '/etc/passwd'),
        link: true,
      } as Change,
    );
    const snapshot = await reader.read();
    expect(snapshot).toMatchObject({ commit: tip, at: 1_000_000 });
    expect(await names('./clusters/dev')).toEqual([
      'clusters/dev/a/one.yaml',
      'clusters/dev/b/two.yml',
    ]);
    expect(await names('./dev/releases/a/one')).toEqual([
      'dev/releases/a/one/01.yaml',
    ]);
  });

  it('keeps what a commit did not change', async () => {
    const before = (await reader.read())!;
    await push(
      2000,
      file('clusters/dev/b/two.yml', configMap('two-again')),
      { kind: 'delete', path: 'dev/releases/a/one/01.yaml' },
      file('dev/releases/c/four/01.yaml', 'a: b: c'),
    );
    const after = (await reader.read())!;
    expect(after.folders.get('clusters/dev/a')).toBe(
      before.folders.get('clusters/dev/a'),
    );
    expect(after.folders.get('clusters/dev/b')!.digest).not.toBe(
      before.folders.get('clusters/dev/b')!.digest,
    );
    expect(before.folders.has('dev/releases/a/one')).toBe(true);
    expect(await names('./dev/releases/a/one')).toEqual([]);
    const [broken] = after.folders.get('dev/releases/c/four')!.files.values();
    expect(broken).toMatchObject({
      objects: [],
      error: expect.stringContaining("'01.yaml': yaml: line 1"),
    });
  });

  it('follows a rewritten history, and packed refs', async () => {
    await push(3000, file('x', '1'));
    await push(4000, file('x', '2'));
    const tip = await rewriteHistory(repository, 2);
    expect((await reader.read())!.commit).toBe(tip);
    await runGit(repository, ['pack-refs', '--all']);
    expect((await reader.read())!.commit).toBe(tip);
    const anew = await new RepositoryReader(repository).read();
    const known = (await reader.read())!;
    expect([...anew!.folders.keys()].sort()).toEqual(
      [...known.folders.keys()].sort(),
    );
  });
});

import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { createRecordingLogger } from '../testing/createRecordingLogger';
import { GitHttpServer } from '../testing/GitHttpServer';
import { TestRepository } from '../testing/TestRepository';
import { CommitMirror, CommitMirrorOptions } from './CommitMirror';
import { parseCommitList } from './commands/listCommits';
import { GitRunner } from './GitRunner';
import { parseRemoteUrl } from './remoteUrl';

const FETCHED = { kind: 'fetched', missing: [] };
const NOWHERE = 'dead'.repeat(10);

describe('CommitMirror', () => {
  let directory: string;
  let repository: TestRepository;
  let runner: GitRunner;
  const logger = createRecordingLogger();
  const signal = new AbortController().signal;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ground-control-commits-'));
    repository = TestRepository.create();
    repository.git('config', 'uploadpack.allowFilter', 'true');
    runner = new GitRunner({ home: join(directory, 'home'), logger });
  });
  afterEach(async () => {
    await runner.close();
    repository.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const gitDir = () => join(directory, 'copy.git');
  const create = (options: Partial<CommitMirrorOptions> = {}) =>
    new CommitMirror({
      remote: parseRemoteUrl(`file://${repository.path}`),
      gitDir: gitDir(),
      runner,
      logger,
      timeoutMs: 20_000,
      timeoutSetting: 'the.setting',
      maxBytes: 10_000_000,
      ...options,
    });
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      env: { PATH: process.env.PATH, GIT_DIR: gitDir() },
      encoding: 'utf8',
    }).trim();

  it('copies commits and nothing else', async () => {
    const author = { name: 'Ana Ruiz', email: 'ana@bank.example' };
    const first = repository.commit({ message: 'one', files: { a: '1' } });
    const side = repository.commit({
      message: 'side',
      branch: 'feature/x',
      from: first,
      files: { b: '1' },
    });
    const tip = repository.commit({
      message: 'merge\n\nbody',
      files: { b: '1' },
      merge: [side],
      author,
      at: 1_770_000_000,
    });
    const mirror = create();
    expect(await mirror.fetch([tip], signal)).toEqual(FETCHED);
    expect(
      await mirror.list({ to: [tip], notIn: [first], limit: 10, signal }),
    ).toEqual([
      {
        commit: tip,
        parents: [first, side],
        authorName: 'Ana Ruiz',
        committedAt: 1_770_000_000_000,
        title: 'merge',
      },
      expect.objectContaining({ commit: side, parents: [first] }),
    ]);
    const types = git(
      'cat-file',
      '--batch-all-objects',
      '--batch-check=%(objecttype)',
    );
    expect(new Set(types.split('\n'))).toEqual(new Set(['commit']));
  });

  it('asks nobody for a commit that it lacks', async () => {
    repository.commit({ message: 'one', files: { a: '1' } });
    const server = await GitHttpServer.start(repository);
    const mirror = create({ remote: parseRemoteUrl(server.url) });
    expect(await mirror.fetch([], signal)).toEqual(FETCHED);
    server.hangs = true;
    expect(await mirror.findMissing([NOWHERE], signal)).toEqual([NOWHERE]);
    await expect(
      mirror.list({ to: [NOWHERE], notIn: [], limit: 1, signal }),
    ).rejects.toThrow(/could not be listed/);
    await server.close();
  });

  it('brings commits that no branch has any more, and goes on without others', async () => {
    const first = repository.commit({ message: 'one', files: { a: '1' } });
    const lost = repository.commit({ message: 'two', files: { a: '2' } });
    repository.reset(first);
    const mirror = create();
    const wanted = [first, NOWHERE, lost];
    expect(await mirror.fetch(wanted, signal)).toEqual({
      kind: 'fetched',
      missing: [NOWHERE],
    });
    expect(await mirror.findMissing(wanted, signal)).toEqual([NOWHERE]);
  });

  it('keeps what it had of a branch that was rewritten or deleted', async () => {
    const first = repository.commit({ message: 'one', files: { a: '1' } });
    const lost = repository.commit({ message: 'two', files: { a: '2' } });
    const side = repository.commit({ message: 'side', branch: 'a' });
    const mirror = create();
    await mirror.fetch([lost, side], signal);
    repository.reset(first);
    repository.git('update-ref', '-d', 'refs/heads/a');
    // Where a branch was, a folder of branches is now.
    const next = repository.commit({ message: 'next', branch: 'a/b' });
    expect(await mirror.fetch([next], signal)).toEqual(FETCHED);
    expect(await mirror.findMissing([lost, side, next], signal)).toEqual([]);
  });

  it('tells why there is nothing, without the token', async () => {
    repository.commit({ message: 'one' });
    const server = await GitHttpServer.start(repository);
    server.password = 'right';
    const remote = parseRemoteUrl(server.url);
    const fetch = (password: string) =>
      create({
        remote,
        readCredentials: async () => ({ password }),
      }).fetch([], signal);
    expect(await fetch('canary-token')).toMatchObject({ kind: 'forbidden' });
    expect(await fetch('right')).toEqual(FETCHED);
    server.status = 404;
    expect(await fetch('right')).toMatchObject({ kind: 'missing' });
    await server.close();
    expect(await fetch('right')).toMatchObject({ kind: 'unreachable' });
    expect(
      await create({
        readCredentials: async () => {
          throw new Error('The file of the token is gone');
        },
      }).fetch([], signal),
    ).toEqual({ kind: 'forbidden', reason: 'The file of the token is gone' });
    expect(logger.lines.join('\n')).not.toContain('canary-token');
  });

  it('throws away what is too large', async () => {
    repository.commit(
      ...Array.from({ length: 40 }, (_, i) => ({
        message: `${i} ${'0123456789abcdef'
          .repeat(64)
          .replace(/./g, (__, at) =>
            String.fromCharCode(33 + ((at * i) % 90)),
          )}`,
      })),
    );
    const mirror = create({ maxBytes: 2_000 });
    expect(await mirror.fetch([], signal)).toMatchObject({
      kind: 'too-large',
      reason: expect.stringMatching(/uploadpack.allowFilter/),
    });
    expect(existsSync(gitDir())).toBe(false);
  });

  it('goes on from a damaged copy, and from a lock that a dead git left', async () => {
    const first = repository.commit({ message: 'one' });
    await create().fetch([], signal);
    writeFileSync(join(gitDir(), 'packed-refs.lock'), '');
    const ref = 'refs/remotes/source/master';
    mkdirSync(join(gitDir(), 'refs/remotes/source'), { recursive: true });
    writeFileSync(join(gitDir(), ref), `${NOWHERE}\n`);
    const mirror = create();
    expect(await mirror.fetch([first], signal)).toEqual(FETCHED);
    expect(await mirror.findMissing([first], signal)).toEqual([]);
  });

  it('reads a repository of SHA-256 ids', async () => {
    repository.git('init', '--quiet', '--bare', '--object-format=sha256', 'x');
    const tree = repository.git(
      '--git-dir=x',
      'hash-object',
      '-t',
      'tree',
      '-w',
      '/dev/null',
    );
    const tip = repository.git(
      ...['--git-dir=x', '-c', 'user.name=A', '-c', 'user.email=a@b.example'],
      ...['commit-tree', '-m', 'one', tree],
    );
    repository.git('--git-dir=x', 'update-ref', 'refs/heads/master', tip);
    repository.git('--git-dir=x', 'config', 'uploadpack.allowFilter', 'true');
    const mirror = create({
      remote: parseRemoteUrl(`file://${repository.path}/x`),
    });
    expect(await mirror.fetch([tip], signal)).toEqual(FETCHED);
    const list = await mirror.list({ to: [tip], notIn: [], limit: 1, signal });
    expect(list).toMatchObject([{ commit: tip, title: 'one' }]);
    expect(tip).toHaveLength(64);
  });
});

it('reads whatever git writes, and nothing else', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      expect(parseCommitList(text)).toEqual([]);
    }),
  );
  const hex = fc.stringMatching(/^[0-9a-f]{40}$/);
  const line = fc.string().map(text => text.replaceAll('\0', ''));
  const name = line.map(text => text.replaceAll('\x1f', ''));
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          commit: hex,
          parents: fc.array(hex, { maxLength: 3 }),
          authorName: name,
          committedAt: fc.nat().map(seconds => seconds * 1000),
          title: line,
        }),
      ),
      commits => {
        const text = commits
          .map(c =>
            [
              c.commit,
              c.parents.join(' '),
              c.committedAt / 1000,
              c.authorName,
              c.title,
            ].join('\x1f'),
          )
          .map(record => `${record}\0`)
          .join('');
        expect(parseCommitList(text)).toEqual(commits);
      },
    ),
  );
});

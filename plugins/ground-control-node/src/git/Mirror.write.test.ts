import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { createRecordingLogger } from '../testing/createRecordingLogger';
import { TestRepository } from '../testing/TestRepository';
import { Mirror } from './Mirror';
import { parseRemoteUrl } from './remoteUrl';
import { CommitPlan, TreeChange } from './writing';

const WHO = { name: 'Ground Control', email: 'ground-control@example.com' };
const AT = new Date('2026-03-01T12:00:00.900Z');
const plan = (changes: TreeChange[], message = 'x\n'): CommitPlan => ({
  message,
  changes,
  author: { name: 'Jörg "Ö" Ångström', email: 'j@example.com' },
  committer: WHO,
  at: AT,
});
const put = (
  path: string,
  content: string | Buffer,
  mode: '100644' | '100755' = '100644',
): TreeChange => ({ kind: 'put', path, mode, content: Buffer.from(content) });

describe.each(['sha1', 'sha256'] as const)('Mirror.write on %s', format => {
  let repository: TestRepository;
  let directory: string;
  let mirror: Mirror;
  let base: string;

  beforeEach(async () => {
    repository = TestRepository.create({ objectFormat: format });
    directory = mkdtempSync(join(tmpdir(), 'ground-control-mirror-'));
    mirror = new Mirror({
      remote: parseRemoteUrl(repository.path),
      branch: 'master',
      directory,
      timeoutMs: 20_000,
      logger: createRecordingLogger(),
    });
    base = repository.commit({
      message: 'one',
      files: { 'a/x': '1', 'a/y': '2', 'b/c/d': '3', keep: 'k' },
      modes: { 'a/y': '100755' },
    });
    await mirror.fetch();
  });

  afterEach(async () => {
    await mirror.close();
    repository.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const claimed = () =>
    readdirSync(directory).find(name => name.endsWith('-0')) ?? '';
  const gitDir = () => join(directory, claimed(), 'mirror.git');
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      env: { PATH: process.env.PATH, GIT_DIR: gitDir() },
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const treeOf = (revision: string) => {
    const found = new Map<string, string>();
    const lines = git('ls-tree', '-r', '-z', revision).toString().split('\0');
    for (const line of lines.slice(0, -1)) {
      const [meta, path] = line.split('\t');
      const [mode, , id] = meta.split(' ');
      const content = git('cat-file', 'blob', id).toString('latin1');
      found.set(path, `${mode} ${content}`);
    }
    return Object.fromEntries(found);
  };

  it('stacks commits on the base with bytes, modes and people as they were given', async () => {
    const bytes = Buffer.from(Array.from({ length: 512 }, (_, i) => i % 256));
    const message = 'title\n\ndata 3\ndone\nKey: value\n';
    const [one, two] = await mirror.write({
      base,
      commits: [
        plan([put('a/"new" ü', bytes), put('a/x', '', '100755')], message),
        plan([{ kind: 'remove', path: 'a' }, put('a/z', 'z\n')]),
      ],
    });
    expect(treeOf(one)).toEqual({
      'a/"new" ü': `100644 ${bytes.toString('latin1')}`,
      'a/x': '100755 ',
      'a/y': '100755 2',
      'b/c/d': '100644 3',
      keep: '100644 k',
    });
    expect(treeOf(two)).toEqual({
      'a/z': '100644 z\n',
      'b/c/d': '100644 3',
      keep: '100644 k',
    });
    const raw = git('cat-file', 'commit', one).toString();
    expect(raw.split('\n\n').slice(1).join('\n\n')).toBe(message);
    expect(raw).toContain(`parent ${base}\n`);
    expect(raw).toContain(
      `author Jörg "Ö" Ångström <j@example.com> 1772366400 +0000\n`,
    );
    expect(raw).toContain(
      `committer Ground Control <ground-control@example.com> 1772366400 +0000\n`,
    );
    expect(git('rev-parse', `${two}^`).toString().trim()).toBe(one);
  });

  it('leaves no ref, moves none, and has no index or work tree', async () => {
    const before = git('for-each-ref').toString();
    await mirror.write({ base, commits: [plan([put('n', '1')])] });
    expect(git('for-each-ref').toString()).toBe(before);
    expect(readdirSync(gitDir())).not.toContain('index');
    expect(mirror.tip).toBe(base);
  });

  it('grafts an object of history at another place', async () => {
    const [entry, file, ...rest] = await mirror.entries({
      revision: base,
      paths: ['a', 'a/x', 'b/c/d', 'nothing'],
    });
    expect(entry).toMatchObject({ mode: '040000', path: 'a' });
    expect([file, ...rest].map(({ path }) => path)).toEqual(['a/x', 'b/c/d']);
    const [one] = await mirror.write({
      base,
      commits: [
        plan([
          { kind: 'remove', path: 'a' },
          { kind: 'graft', path: 'n/m', mode: '040000', object: entry.id },
          put('n/m/x', 'over'),
          { kind: 'graft', path: 'f', mode: '100755', object: file.id },
          { kind: 'remove', path: 'nothing/there' },
        ]),
      ],
    });
    expect(treeOf(one)).toEqual({
      'n/m/x': '100644 over',
      'n/m/y': '100755 2',
      'b/c/d': '100644 3',
      f: '100755 1',
      keep: '100644 k',
    });
  });

  it('reads back as a model has it, whatever is written', async () => {
    const name = fc.constantFrom('a', 'b', 'c d', 'ü"', '-x');
    const path = fc
      .array(name, { minLength: 1, maxLength: 3 })
      .map(parts => parts.join('/'));
    const change: fc.Arbitrary<TreeChange> = fc.oneof(
      fc.record({ kind: fc.constant('remove' as const), path }),
      fc.record({
        kind: fc.constant('put' as const),
        path,
        mode: fc.constantFrom('100644' as const, '100755' as const),
        content: fc.uint8Array({ maxLength: 40 }).map(b => Buffer.from(b)),
      }),
    );
    const apply = (model: Record<string, string>, one: TreeChange) => {
      const next = { ...model };
      for (const there of Object.keys(model)) {
        const isUnder = there.startsWith(`${one.path}/`);
        const isAbove = one.path.startsWith(`${there}/`);
        if (there === one.path || isUnder) delete next[there];
        // A file in the way of a folder gives place to what is put there.
        if (isAbove && one.kind === 'put') delete next[there];
      }
      if (one.kind === 'put') {
        next[one.path] = `${one.mode} ${one.content.toString('latin1')}`;
      }
      return next;
    };
    const commits = fc.array(fc.array(change, { maxLength: 8 }), {
      minLength: 1,
      maxLength: 4,
    });
    const start = treeOf(base);
    await fc.assert(
      fc.asyncProperty(commits, async plans => {
        const revisions = await mirror.write({
          base,
          commits: plans.map(changes => plan(changes)),
        });
        let model = start;
        for (const [i, changes] of plans.entries()) {
          model = changes.reduce(apply, model);
          expect(treeOf(revisions[i])).toEqual(model);
        }
        git('fsck', '--strict', '--no-dangling', ...revisions);
      }),
      { numRuns: 12 },
    );
  });

  it('refuses what would be read as something else, and writes nothing of it', async () => {
    const bad = (changes: TreeChange[], rest: Partial<CommitPlan> = {}) =>
      mirror.write({
        base,
        commits: [plan([put('fine', '1')]), { ...plan(changes), ...rest }],
      });
    const objects = git('count-objects', '-v').toString();
    for (const path of ['../x', '/x', 'a/.git/config', 'a\nD keep', 'a\0b']) {
      await expect(bad([put(path, '')])).rejects.toThrow(/The path/);
      await expect(bad([{ kind: 'remove', path }])).rejects.toThrow(/The path/);
    }
    await expect(
      bad([{ kind: 'graft', path: 'a', mode: '040000', object: ':1 x' }]),
    ).rejects.toThrow(/full id/);
    for (const name of ['a\nb', 'a <b>', '', '\ud800']) {
      await expect(
        bad([], { author: { name, email: 'a@b' } }),
      ).rejects.toMatchObject({ name: 'InputError' });
    }
    for (const message of ['', '\n', 'no end', 'a\0b\n']) {
      await expect(bad([], { message })).rejects.toThrow(/message/);
    }
    await expect(
      mirror.write({ base: '--all', commits: [plan([])] }),
    ).rejects.toThrow(/full id/);
    expect(git('count-objects', '-v').toString()).toBe(objects);
  });

  it('says so when an object or the base is not there, and goes on', async () => {
    const nothing = 'ab'.repeat(format === 'sha1' ? 20 : 32);
    const graft = (object: string) =>
      plan([{ kind: 'graft', path: 'a', mode: '040000', object }]);
    await expect(
      mirror.write({ base: nothing, commits: [plan([])] }),
    ).rejects.toThrow(/could not be written/);
    const failed = await mirror
      .write({ base, commits: [graft(nothing)] })
      .catch(error => error.message);
    expect(failed).toMatch(/could not be written: git ended with 128: fatal: /);
    expect(failed).not.toContain(directory);
    expect(readdirSync(gitDir()).join()).not.toMatch(/crash|lock/);
    await expect(
      mirror.write({ base, commits: [plan([put('n', '1')])] }),
    ).resolves.toHaveLength(1);
  });

  it('writes again after it was stopped in the middle, and after locks of a dead git', async () => {
    const many = Array.from({ length: 100 }, (_, i) =>
      plan([put(`many/${i}`, 'x'.repeat(20_000) + i)]),
    );
    const stop = new AbortController();
    const writing = mirror.write({ base, commits: many, signal: stop.signal });
    setTimeout(() => stop.abort(), 30);
    await expect(writing).rejects.toThrow(/abort/i);
    expect(mirror.tip).toBe(base);
    await mirror.close();
    writeFileSync(join(gitDir(), 'config.lock'), '');
    writeFileSync(join(gitDir(), 'packed-refs.lock'), '');
    mirror = new Mirror({
      remote: parseRemoteUrl(repository.path),
      branch: 'master',
      directory,
      timeoutMs: 20_000,
      logger: createRecordingLogger(),
    });
    const revisions = await mirror.write({ base, commits: many });
    expect(revisions).toHaveLength(100);
    expect(Object.keys(treeOf(revisions[99]))).toHaveLength(104);
    expect(git('for-each-ref', 'refs/ground-control').toString()).toBe('');
  });

  it('knows what a tip reaches, by any parent', async () => {
    const [side] = await mirror.write({
      base,
      commits: [plan([put('s', '')])],
    });
    const [other] = await mirror.write({
      base,
      commits: [plan([put('o', '')])],
    });
    const tip = git(
      ...['-c', 'user.name=x', '-c', 'user.email=x@example.com'],
      ...['commit-tree', '-p', other, '-p', side, '-m', 'm'],
      `${other}^{tree}`,
    )
      .toString()
      .trim();
    const nothing = 'ab'.repeat(format === 'sha1' ? 20 : 32);
    expect(
      await mirror.findContained({ revisions: [side, nothing, base], tip }),
    ).toEqual([side, base]);
    expect(await mirror.contains({ revision: tip, tip: other })).toBe(false);
    expect(await mirror.contains({ revision: other, tip: other })).toBe(true);
    await expect(
      mirror.contains({ revision: base, tip: nothing }),
    ).rejects.toThrow(/looked for/);
  });
});

import fc from 'fast-check';
import { useRepository } from '../__testUtils__/useRepository';
import { MAX_FIELD } from '../NulFields';
import {
  CommitLogParser,
  formatLogArguments,
  logCommits,
  LoggedCommit,
} from './logCommits';

const everything = () => true;

describe('logCommits', () => {
  const git = useRepository();

  const read = async (from?: string, to = git.repository.tip()) => {
    const commits: LoggedCommit[] = [];
    const groups = logCommits(git.runner, {
      gitDir: git.repository.path,
      from,
      to,
      keep: everything,
      timeoutMs: 10_000,
    });
    for await (const group of groups) commits.push(...group);
    return commits;
  };

  it('reads commits, oldest first, with folders and files', async () => {
    const first = git.repository.commit({
      message: 'one\n\nbody\n',
      files: { 'a/b.txt': '1' },
      author: { name: 'Zoë', email: 'z@example.com' },
      at: 1_700_000_000,
    });
    git.repository.commit({ message: '', files: {} });
    const third = git.repository.commit({
      message: 'three',
      files: { a: null },
    });
    const commits = await read();
    expect(commits).toHaveLength(3);
    expect(commits[0]).toMatchObject({
      revision: first,
      parent: '',
      authorName: 'Zoë',
      authorEmail: 'z@example.com',
      committedAt: 1_700_000_000_000,
      message: 'one\n\nbody\n',
    });
    expect(commits[0].changes.map(c => [c.path, c.status, c.mode])).toEqual([
      ['a', 'A', '040000'],
      ['a/b.txt', 'A', '100644'],
    ]);
    expect(commits[1]).toMatchObject({ message: '', changes: [] });
    expect(commits[2]).toMatchObject({
      revision: third,
      parent: commits[1].revision,
    });
    expect(commits[2].changes.map(c => [c.path, c.status])).toEqual([
      ['a', 'D'],
      ['a/b.txt', 'D'],
    ]);
    expect(await read(first)).toHaveLength(2);
  });

  it('follows first parents, and shows what a merge brought', async () => {
    const base = git.repository.commit({ message: 'base', files: { a: '1' } });
    const side = git.repository.commit({
      message: 'side',
      files: { b: '1' },
      branch: 'side',
      from: base,
    });
    git.repository.commit({
      message: 'merge',
      files: { b: '1' },
      merge: [side],
    });
    const commits = await read();
    expect(commits.map(c => c.message)).toEqual(['base', 'merge']);
    expect(commits[1].changes.map(c => c.path)).toEqual(['b']);
  });

  it('reads paths and messages that git would quote or split', async () => {
    const path = 'dir with space/é\n:100644 "x"';
    const message = `:000000 100644 0 0 A\n\n${'a'.repeat(40)}\n`;
    git.repository.commit({ message, files: { [path]: '1' } });
    const [commit] = await read();
    expect(commit.message).toBe(message);
    expect(commit.changes.at(-1)?.path).toBe(path);
  });

  it('cuts an endless message and goes on', async () => {
    git.repository.commit(
      { message: 'x'.repeat(3 * MAX_FIELD), files: { a: '1' } },
      { message: 'next', files: { b: '1' } },
    );
    const commits = await read();
    expect(commits[0].message).toHaveLength(MAX_FIELD);
    expect(commits[0].changes.map(c => c.path)).toEqual(['a']);
    expect(commits[1].message).toBe('next');
  });

  it('is the same however the output is cut into chunks', async () => {
    git.repository.commit(
      { message: 'one é', files: { 'a/b': '1', c: '2' } },
      { message: '', files: {} },
      { message: 'three\n\nK: v\n', files: { 'a/b': '2' } },
    );
    const outcome = await git.runner.run({
      args: formatLogArguments({ to: git.repository.tip() }),
      gitDir: git.repository.path,
      timeoutMs: 10_000,
    });
    const whole = await read();
    fc.assert(
      fc.property(
        fc.array(fc.nat(outcome.stdout.length), { maxLength: 20 }),
        cuts => {
          const parser = new CommitLogParser(everything);
          const commits: LoggedCommit[] = [];
          const at = [0, ...cuts.sort((a, b) => a - b), outcome.stdout.length];
          for (let i = 1; i < at.length; i += 1) {
            commits.push(
              ...parser.push(outcome.stdout.subarray(at[i - 1], at[i])),
            );
          }
          commits.push(...parser.finish());
          expect(commits).toEqual(whole);
        },
      ),
    );
  });

  it('never throws on what git would not write', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), bytes => {
        const parser = new CommitLogParser(everything);
        parser.push(Buffer.from(bytes));
        parser.finish();
      }),
    );
  });

  it('says that the mirror is suspect when history is broken', async () => {
    git.repository.commit({ message: 'one', files: { a: '1' } });
    await expect(read(undefined, 'f'.repeat(40))).rejects.toMatchObject({
      name: 'GitFault',
      suspectsMirror: true,
    });
  });

  it('takes no option for a revision', () => {
    expect(() => formatLogArguments({ to: '--output=/tmp/x' })).toThrow(
      /full id/,
    );
  });
});

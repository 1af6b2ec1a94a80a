import fc from 'fast-check';
import { classifyPush, describePushFailure } from './classifyPushFailure';
import { GitOutcome } from './GitRunner';
import { PushResult } from './writing';

const outcome = (
  stderr: string,
  summary?: string,
  end: GitOutcome['end'] = 'exited',
): GitOutcome => ({
  end,
  code: 1,
  stdout: Buffer.from(
    summary === undefined
      ? ''
      : `To https://host/x\n!\tabc:refs/heads/master\t${summary}\nDone\n`,
  ),
  stderr,
});

describe('classifyPush', () => {
  it.each<[string, string, PushResult['kind']]>([
    ['[rejected] (stale info)', '', 'moved'],
    ['[rejected] (fetch first)', '', 'moved'],
    ['[remote rejected] (incorrect old value provided)', '', 'moved'],
    [
      '[remote rejected] (failed to update ref)',
      "remote: error: cannot lock ref 'refs/heads/master': is at 1a but expected 2b",
      'moved',
    ],
    [
      "[remote rejected] (cannot lock ref 'refs/heads/master': is at 1a but expected 2b)",
      "error: cannot lock ref 'refs/heads/master': is at 1a but expected 2b",
      'moved',
    ],
    [
      '[remote rejected] (failed to update ref)',
      "remote: error: cannot lock ref 'refs/heads/master': Unable to create '/x/refs/heads/master.lock': File exists.",
      'failing',
    ],
    ['[remote rejected] (unpacker error)', '', 'failing'],
    [
      '[remote rejected] (pre-receive hook declined)',
      'remote: fatal: write error: No space left on device',
      'failing',
    ],
    ['[remote rejected] (pre-receive hook declined)', '', 'refused'],
    ['[remote rejected] (hook declined)', '', 'refused'],
    ['[remote rejected] (protected branch hook declined)', '', 'refused'],
    [
      '[remote rejected] (something of a server that we never met)',
      '',
      'refused',
    ],
    [
      '[remote rejected] (You are not allowed to push to this branch)',
      '',
      'forbidden',
    ],
  ])('reads %s %s as %s', (summary, stderr, kind) => {
    expect(classifyPush(outcome(stderr, summary))).toBe(kind);
  });

  it.each<[string, PushResult['kind']]>([
    ["fatal: Authentication failed for 'https://host/x/'", 'forbidden'],
    ['The requested URL returned error: 403', 'forbidden'],
    ['ERROR: Repository not found.', 'missing'],
    ["fatal: couldn't find remote ref", 'missing'],
    ['ssh: connect to host h port 22: Connection refused', 'unreachable'],
    ['fatal: the remote end hung up unexpectedly', 'unreachable'],
    ['error: src refspec abc does not match any', 'failing'],
    ['fatal: bad object abc', 'failing'],
  ])('reads %s as %s', (stderr, kind) => {
    expect(classifyPush(outcome(stderr))).toBe(kind);
  });

  it('believes no success without a word of the ref, and no word without success', () => {
    const done = { ...outcome(''), code: 0 };
    expect(classifyPush(done)).toBe('failing');
    const ref = '\tabc:refs/heads/master\t1..2';
    const said = (flag: string) => Buffer.from(`${flag}${ref}\nDone\n`);
    expect(classifyPush({ ...done, stdout: said(' ') })).toBe('pushed');
    expect(classifyPush({ ...done, stdout: said('=') })).toBe('pushed');
    expect(classifyPush({ ...done, code: 1, stdout: said(' ') })).toBe(
      'failing',
    );
    expect(classifyPush(outcome('', undefined, 'timeout'))).toBe('timeout');
  });

  it('has a bounded sentence on one line for each, with the words of the other side', () => {
    const remote = {
      label: 'https://host/x',
      branch: 'master',
      timeoutMs: 1e3,
    };
    fc.assert(
      fc.property(
        fc.string({ maxLength: 3_000, unit: 'binary' }),
        fc.option(fc.string(), { nil: undefined }),
        (stderr, summary) => {
          const failed = outcome(stderr, summary);
          const kind = classifyPush(failed);
          if (kind === 'pushed') return;
          const text = describePushFailure(kind, failed, remote);
          expect(text).not.toMatch(/\p{Cc}/u);
          expect(text.length).toBeLessThan(700);
        },
      ),
    );
    const refused = outcome(
      'remote: Releases need\u001b[31m a ticket.\nerror: failed to push some refs',
      '[remote rejected] (pre-receive hook declined)',
    );
    expect(describePushFailure('refused', refused, remote)).toMatch(
      /refuses commits on branch master: Releases need \[31m a ticket. \[remote rejected\] \(pre-receive hook declined\)\. Check/,
    );
  });
});

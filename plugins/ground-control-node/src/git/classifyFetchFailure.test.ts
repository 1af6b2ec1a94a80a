import fc from 'fast-check';
import {
  classifyFetchFailure,
  describeFetchFailure,
  FetchFailure,
} from './classifyFetchFailure';
import { GitOutcome } from './GitRunner';

const outcome = (stderr: string, end: GitOutcome['end'] = 'exited') => ({
  end,
  code: 128,
  stdout: Buffer.alloc(0),
  stderr,
});

describe('classifyFetchFailure', () => {
  it.each<[string, FetchFailure]>([
    ["fatal: couldn't find remote ref refs/heads/master", 'empty'],
    ["fatal: Authentication failed for 'https://host/x/'", 'forbidden'],
    [
      "fatal: could not read Username for 'https://host': terminal prompts disabled",
      'forbidden',
    ],
    [
      'git@host: Permission denied (publickey).\nfatal: Could not read from remote repository.',
      'forbidden',
    ],
    [
      'Host key verification failed.\nfatal: Could not read from remote repository.',
      'forbidden',
    ],
    ['The requested URL returned error: 403', 'forbidden'],
    ["fatal: repository 'https://host/x/' not found", 'missing'],
    [
      'ERROR: Repository not found.\nfatal: Could not read from remote repository.',
      'missing',
    ],
    ["fatal: '/x' does not appear to be a git repository", 'missing'],
    ['fatal: unable to access: Could not resolve host: host', 'unreachable'],
    ['ssh: connect to host h port 22: Connection refused', 'unreachable'],
    ['fatal: the remote end hung up unexpectedly', 'unreachable'],
    ['The requested URL returned error: 502', 'unreachable'],
    [
      'fatal: unable to access: Operation too slow. Less than 1 bytes/sec',
      'unreachable',
    ],
    ['SSL certificate problem: self-signed certificate', 'failing'],
    ['fatal: write error: No space left on device', 'failing'],
    [
      'error: object file objects/ab/cd is empty\nfatal: loose object abcd is corrupt',
      'mirror-broken',
    ],
    [
      "fatal: Unable to create '/m/shallow.lock': File exists.",
      'mirror-broken',
    ],
    ["fatal: not a git repository: '/m'", 'mirror-broken'],
    ['something new', 'failing'],
  ])('reads %j as %s', (stderr, failure) => {
    expect(classifyFetchFailure(outcome(stderr))).toBe(failure);
  });

  it('says of an unknown host key that it is the host that isn’t trusted', () => {
    for (const stderr of [
      'No ED25519 host key is known for host and you have requested strict checking.\nHost key verification failed.\nfatal: Could not read from remote repository.',
      '@@@@@@@@\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n@@@@@@@@\nHost key verification failed.',
    ]) {
      const remote = { label: 'ssh://host/x', timeoutMs: 1_000 };
      const said = describeFetchFailure('forbidden', outcome(stderr), remote);
      expect(said).toMatch(
        /^The host key of ssh:\/\/host\/x isn't one that we/,
      );
      expect(said).toMatch(/sshKnownHostsFile/);
    }
  });

  it('tells a timeout and a missing git', () => {
    expect(classifyFetchFailure(outcome('', 'timeout'))).toBe('timeout');
    expect(classifyFetchFailure(outcome('', 'not-started'))).toBe('failing');
  });

  it('has a bounded sentence on one line for each', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 3_000 }), stderr => {
        const failed = outcome(stderr);
        const text = describeFetchFailure(
          classifyFetchFailure(failed),
          failed,
          {
            label: 'https://host/x',
            branch: 'master',
            timeoutMs: 1_000,
          },
        );
        expect(text).not.toMatch(/\n/);
        expect(text.length).toBeLessThan(700);
      }),
    );
  });
});

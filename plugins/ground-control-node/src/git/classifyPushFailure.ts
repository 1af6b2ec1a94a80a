import { classifyFetchFailure } from './classifyFetchFailure';
import { GitOutcome } from './GitRunner';
import { PushResult } from './writing';

/** Why a push wrote nothing, or may have. */
export type PushFailure = Exclude<PushResult['kind'], 'pushed'>;

/** What `git push --porcelain` says of a ref. */
export interface PushedRef {
  /** ` ` fast-forward, `+` forced, `*` new, `=` already there, `!` rejected. */
  flag: string;
  summary: string;
}

/** Reads `<flag>\t<from>:<to>\t<summary>` of the first ref, where there is one. */
export function parsePushedRef(stdout: string): PushedRef | undefined {
  const [, flag, summary] = /^([ +*=!-])\t[^\t\n]*\t(.*)$/m.exec(stdout) ?? [];
  return flag === undefined ? undefined : { flag, summary };
}

// The branch isn't where it was expected; which of the two sides saw it depends
// on when it moved.
const MOVED_SUMMARY =
  /stale info|fetch first|non-fast-forward|incorrect old value|remote ref updated since checkout/i;
const MOVED =
  /cannot lock ref .*(?:is at [0-9a-f]+ but expected|reference already exists|unable to resolve reference)|incorrect old value/i;
// The other side would, but can't: another try may find it mended.
const BROKEN_SUMMARY =
  /unpacker error|failed to update ref|internal (?:server )?error|remote failure|no response|missing necessary objects|failed to write|no space left/i;
// The receiving side's own words for what nobody's rule is behind.
const BROKEN =
  /No space left on device|Disk quota exceeded|\.lock': File exists/i;

/**
 * Reads what a push came to: by what git says of the ref, where it got so far,
 * and else by why it could not speak with the other side.
 */
export function classifyPush(outcome: GitOutcome): PushResult['kind'] {
  const ref = parsePushedRef(outcome.stdout.toString('utf8'));
  if (outcome.end === 'exited' && outcome.code === 0) {
    return ref && ref.flag !== '!' ? 'pushed' : 'failing';
  }
  if (ref?.flag === '!') return classifyRejection(ref.summary, outcome.stderr);
  const failure = classifyFetchFailure(outcome);
  switch (failure) {
    case 'empty':
      return 'missing';
    case 'mirror-broken':
      return 'failing';
    default:
      return failure;
  }
}

function classifyRejection(summary: string, stderr: string): PushFailure {
  if (MOVED_SUMMARY.test(summary) || MOVED.test(stderr)) return 'moved';
  if (BROKEN_SUMMARY.test(summary) || BROKEN.test(stderr)) return 'failing';
  return /permission|not allowed to push|denied to/i.test(summary)
    ? 'forbidden'
    : 'refused';
}

/**
 * Says what happened, why, and what to do, on one line. Nothing in it is a
 * credential: the label has none, and git's words were redacted.
 */
export function describePushFailure(
  failure: PushFailure,
  outcome: GitOutcome,
  remote: { label: string; branch: string; timeoutMs: number },
): string {
  const said = quoteGit(outcome);
  const what = remote.label;
  switch (failure) {
    case 'moved':
      return `Branch ${remote.branch} of ${what} has moved meanwhile; the commits are built anew on its tip.`;
    case 'refused':
      return `${what} refuses commits on branch ${remote.branch}: ${said}. Check its hooks and the protection of the branch: whoever writes releases must be let in.`;
    case 'forbidden':
      return `${what} doesn't let these credentials write: ${said}. Check that the token or key is right, hasn't expired, and may push to branch ${remote.branch}.`;
    case 'missing':
      return `${what} is not there, or these credentials may not see it: ${said}. Check the URL and what the token or key may write.`;
    case 'unreachable':
      return `${what} can't be reached: ${said}. Check the URL, DNS, proxy and firewall between this backend and the Git host.`;
    case 'timeout':
      return `${what} didn't take the commits within ${Math.round(
        remote.timeoutMs / 1000,
      )} seconds. Check the network, or raise groundControl.configRepository.timeout.`;
    default:
      return outcome.end === 'not-started'
        ? `Git can't be started on this machine. Install git 2.36 or newer.`
        : `${what} could not take the commits: ${
            said || outcome.end
          }. Look at the Git host: its disk, its log, and locks that a dead process left.`;
  }
}

/** What the other side said, then git's own reason; bounded, on one line. */
function quoteGit(outcome: GitOutcome): string {
  const lines = outcome.stderr.split('\n');
  const theirs = lines
    .filter(line => line.startsWith('remote:'))
    .map(line => line.slice('remote:'.length).trim());
  const summary = parsePushedRef(outcome.stdout.toString('utf8'))?.summary;
  const words =
    theirs.length > 0 || summary ? [...theirs, summary ?? ''] : lines;
  return words
    .join(' ')
    .replace(/[\p{Cc}\s\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, 300)
    .toWellFormed()
    .replace(/\.$/, '');
}

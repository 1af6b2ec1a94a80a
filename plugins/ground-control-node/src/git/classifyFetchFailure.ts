import { GitOutcome } from './GitRunner';

/**
 * Why a fetch brought nothing.
 *
 * - `mirror-broken`: our own copy is at fault; it is made anew.
 *
 * @public
 */
export type FetchFailure =
  | 'unreachable'
  | 'forbidden'
  | 'missing'
  | 'empty'
  | 'timeout'
  | 'mirror-broken'
  | 'failing';

// Git has one exit code for all of these, so its words decide; LC_ALL=C keeps
// them the same everywhere. The first line that matches counts: ssh and curl
// name their reason, and git adds a general one after it.
const SIGNS: Array<[RegExp, FetchFailure]> = [
  [/couldn't find remote ref/i, 'empty'],
  [/Authentication failed/i, 'forbidden'],
  [/could not read (?:Username|Password)/i, 'forbidden'],
  [/returned error: 40[13]/i, 'forbidden'],
  [/Permission denied/i, 'forbidden'],
  [/Host key verification failed/i, 'forbidden'],
  [/access denied|not authorized|unauthorized/i, 'forbidden'],
  [/returned error: (?:404|410)/i, 'missing'],
  [/repository .* (?:not found|does not exist)/i, 'missing'],
  [/does not appear to be a git repository/i, 'missing'],
  [
    /repository not found|project you were looking for could not be found/i,
    'missing',
  ],
  [
    /could not resolve host|Name or service not known|Temporary failure in name resolution/i,
    'unreachable',
  ],
  [/Connection (?:refused|reset|timed out|closed)/i, 'unreachable'],
  [
    /Failed to connect|Could not connect|Network is unreachable|No route to host|Operation timed out|Couldn't connect/i,
    'unreachable',
  ],
  [/returned error: (?:502|503|504)/i, 'unreachable'],
  [
    /Operation too slow|Empty reply from server|unexpected disconnect|early EOF|hung up unexpectedly/i,
    'unreachable',
  ],
  [/No space left on device|Disk quota exceeded/i, 'failing'],
  [/SSL certificate problem|certificate/i, 'failing'],
  [
    /not a git repository|is corrupt|bad object|unable to (?:read|parse) |inflate|invalid object|missing (?:blob|tree|commit)|unresolved delta|pack .*(?:bad|corrupt)|cannot lock ref|\.lock': File exists|did not send all necessary objects|mismatched algorithms/i,
    'mirror-broken',
  ],
];

const HOST_KEY = /Host key verification failed|HOST IDENTIFICATION HAS CHANGED/;

/** Reads why a fetch ended without success. */
export function classifyFetchFailure(outcome: GitOutcome): FetchFailure {
  if (outcome.end === 'timeout') return 'timeout';
  if (outcome.end !== 'exited') return 'failing';
  for (const [sign, failure] of SIGNS) {
    if (sign.test(outcome.stderr)) return failure;
  }
  return 'failing';
}

/**
 * Says what happened, why, and what to do. Nothing in it is a credential: the
 * label has none, and git's words were redacted.
 */
export function describeFetchFailure(
  failure: FetchFailure,
  outcome: GitOutcome,
  remote: {
    label: string;
    /** Absent where all branches were asked for. */
    branch?: string;
    timeoutMs: number;
    /** Where the time limit is configured. */
    timeoutSetting?: string;
  },
): string {
  const said = outcome.stderr
    .trim()
    .replace(/\s+/g, ' ')
    .slice(0, 300)
    .replace(/\.$/, '');
  const what = remote.label;
  switch (failure) {
    case 'unreachable':
      return `${what} can't be reached: ${said}. Check the URL, DNS, proxy and firewall between this backend and the Git host.`;
    case 'forbidden':
      // We refuse the host here, and it is told nothing.
      if (HOST_KEY.test(outcome.stderr)) {
        return `The host key of ${what} isn't one that we know, so nothing was sent there. If the host was set up anew, put its key into the file of sshKnownHostsFile; if it wasn't, somebody may stand between.`;
      }
      return `${what} refuses our credentials: ${said}. Check that the token or key is right, hasn't expired, and may read the repository.`;
    case 'missing':
      return `${what} is not there, or these credentials may not see it: ${said}. Check the URL and what the token or key may read.`;
    case 'empty':
      return `${what} has no commit${
        remote.branch === undefined ? '' : ` on branch ${remote.branch}`
      }. Check the name of the branch, or wait for the first push.`;
    case 'timeout':
      return `${what} didn't answer within ${Math.round(
        remote.timeoutMs / 1000,
      )} seconds. Check the network, or raise ${
        remote.timeoutSetting ?? 'groundControl.configRepository.timeout'
      }.`;
    case 'mirror-broken':
      return `Our copy of ${what} was damaged and is fetched anew: ${said}.`;
    default:
      return outcome.end === 'not-started'
        ? `Git can't be started on this machine. Install git 2.36 or newer.`
        : `${what} could not be fetched: ${said || outcome.end}.`;
  }
}

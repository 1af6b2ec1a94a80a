import { CustomErrorBase } from '@backstage/errors';
import { GitOutcome } from './GitRunner';

/**
 * A git command on the mirror that should have worked did not. Whoever owns
 * the mirror throws the mirror away, which is never the only copy, and fetches
 * it anew.
 *
 * @public
 */
export class GitFault extends CustomErrorBase {
  name = 'GitFault' as const;
  /** False when the command was stopped, and so says nothing of the mirror. */
  readonly suspectsMirror: boolean;

  constructor(what: string, outcome: GitOutcome) {
    super(`${what}: git ${describe(outcome)}`);
    this.suspectsMirror = outcome.end === 'exited';
  }
}

function describe(outcome: GitOutcome): string {
  switch (outcome.end) {
    case 'timeout':
      return 'took too long and was stopped';
    case 'aborted':
      return 'was stopped';
    case 'output-limit':
      return 'said more than it should';
    case 'not-started':
      return 'could not be started; is it installed?';
    default:
      return `ended with ${outcome.code}: ${outcome.stderr
        .trim()
        .slice(0, 500)}`;
  }
}

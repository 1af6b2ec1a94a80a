import { AccessRequests } from '../../requests/AccessRequests';
import { AccessJudge, AccessJudgeOptions } from './AccessJudge';
import { AskAccess } from './AskAccess';
import { AccessDiffOptions, readAccessDiff } from './reading/readAccessDiff';
import { readStanding, StandingOptions } from './reading/readStanding';

export interface AccessRequestsOptions
  extends AccessJudgeOptions,
    AccessDiffOptions,
    StandingOptions {
  asking: AskAccess;
}

/** Joins what requests for access do in their own way. */
export function createAccessRequests(
  options: AccessRequestsOptions,
): AccessRequests {
  const { asking } = options;
  const judge = new AccessJudge(options);
  return {
    look: (row, when) => judge.look(row, when),
    rejudge: (row, when) => judge.rejudge(row, when),
    repeat: (...args) => asking.repeat(...args),
    readStanding: (context, row, how) =>
      readStanding(context, row, { ...options, ...how }),
    readDiff: (row, how) => readAccessDiff(row, { ...options, ...how }),
  };
}

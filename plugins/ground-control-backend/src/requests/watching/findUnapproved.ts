import { cleanText } from '../../lib/cleanText';
import { decideApprovals } from '../decide/decideApprovals';
import { findAuthorAddress, isAuthorAddress } from '../people/authorAddress';
import { formatRequestId } from '../reading/requestId';
import { OwnCommit, WatchedRelease } from './types';

const LONGEST_NAME = 100;

/**
 * Finds why a release is not approved here, as a sentence; undefined where a
 * decision of ours stands behind it, or none was needed.
 *
 * A commit is ours when we built it, whatever its message says: whoever copies
 * our trailers into another commit makes another commit.
 *
 * @param own - the request that the commit was built for, where it is ours
 * @param claimed - the request that the commit's message names
 */
export function findUnapproved(
  release: WatchedRelease,
  own: OwnCommit | undefined,
  claimed: string | undefined,
): string | undefined {
  const commit = `commit ${release.revision.slice(0, 10)}`;
  const name = cleanText(release.by_name, LONGEST_NAME) || 'Somebody';
  if (!own) {
    const did =
      release.kind === 'edit' ? 'edited its manifests' : 'released it';
    return claimed === undefined
      ? `${name} ${did} by ${commit}, and no release request stands behind it`
      : `${name} ${did} by ${commit}, whose message names ${cleanText(
          claimed,
          LONGEST_NAME,
        )}; but Ground Control did not write that commit, so the name is copied or made up`;
  }
  const { request, decisions } = own;
  const id = formatRequestId(request.number);
  if (request.kind === 'access') {
    return `It came with ${commit}, which was written for ${id}: a request for access, which releases nothing`;
  }
  const isSamePlace =
    request.environment === release.environment &&
    request.namespace === release.namespace &&
    request.service === release.service;
  if (!isSamePlace) {
    return `It came with ${commit}, which was written for ${id}: a request for ${request.service} in ${request.environment}`;
  }
  const author = findAuthorAddress(request);
  const missing = decideApprovals(
    {
      approvals: request.approvals_needed,
      platform: request.platform_needed,
      hasSquad: request.squad_ref !== null,
    },
    decisions.filter(
      ({ decided_by, decided_by_email }) =>
        decided_by !== request.requested_by &&
        !isAuthorAddress(decided_by_email, author),
    ),
  );
  const isRejected = decisions.some(({ decision }) => decision === 'reject');
  return missing || isRejected
    ? `It came with ${commit}, which was written for ${id}; but that request has not the decisions that it needs`
    : undefined;
}

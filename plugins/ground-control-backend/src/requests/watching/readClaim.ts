import { AUDIT_HEAD_TRAILER } from '../../audit/auditHeadTrailer';
import {
  CommitObjects,
  readCommitTrailers,
} from '../../gitops/readCommitTrailers';

/** What our own commits carry: the request, or at least the head of the trail. */
const TRAILERS = ['Release-request', AUDIT_HEAD_TRAILER];

/**
 * What a commit's message claims to come from: the value of one of our
 * trailers; undefined where it has none, or the commit isn't in the mirror.
 */
export async function readClaim(
  objects: CommitObjects,
  revision: string,
): Promise<string | undefined> {
  const trailers = await readCommitTrailers(objects, revision);
  return TRAILERS.map(key => trailers?.get(key)).find(Boolean);
}

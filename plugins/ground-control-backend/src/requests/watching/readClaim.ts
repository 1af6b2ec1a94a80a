import { CommitObjects } from '../../audit/readCommitHead';
import { readTrailers } from '../../gitops/releaseManager/releaseMessage';

const MAX_COMMIT = 256 * 1024;
/** What our own commits carry: the request, or at least the head of the trail. */
const TRAILERS = ['Release-request', 'Audit-head'];

/**
 * What a commit's message claims to come from: the value of one of our
 * trailers; undefined where it has none, or the commit isn't in the mirror.
 */
export async function readClaim(
  objects: CommitObjects,
  revision: string,
): Promise<string | undefined> {
  const object = await objects.read(revision, { maxBytes: MAX_COMMIT });
  if (object.found !== 'yes' || object.type !== 'commit') return undefined;
  const text = object.content.toString('utf8');
  const { trailers } = readTrailers(text.slice(text.indexOf('\n\n') + 2));
  for (const key of TRAILERS) {
    const value = trailers.get(key);
    if (value) return value;
  }
  return undefined;
}

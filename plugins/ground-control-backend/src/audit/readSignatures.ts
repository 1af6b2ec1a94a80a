import { ListedAuditEntry } from '@ground-control/backstage-plugin-ground-control-common';
import { CommitObjects } from '../gitops/readCommitTrailers';

/** A commit has some kilobytes; its signature is the most of it. */
const MAX_COMMIT = 256 * 1024;
const SIGNATURE = /^gpgsig(-sha256)? /m;

async function readSignature(
  objects: CommitObjects,
  revision: string,
): Promise<ListedAuditEntry['signature']> {
  const object = await objects.read(revision, { maxBytes: MAX_COMMIT });
  if (object.found !== 'yes' || object.type !== 'commit') return null;
  const text = object.content.toString('utf8');
  // A message may hold such a line too.
  const headers = text.slice(0, text.indexOf('\n\n') + 1);
  return SIGNATURE.test(headers) ? 'signed' : 'unsigned';
}

/**
 * Whether commits carry a signature, by their revisions: whose, and whether it
 * is a good one, is asked of git by those who hold the keys. Null where the
 * mirror doesn't have the commit, or can't be read.
 */
export async function readSignatures(
  openObjects: () => Promise<CommitObjects>,
  revisions: string[],
): Promise<Map<string, ListedAuditEntry['signature']>> {
  const wanted = [...new Set(revisions)];
  if (wanted.length === 0) return new Map();
  try {
    const objects = await openObjects();
    const found = await Promise.all(
      wanted.map(async revision => {
        const signature = await readSignature(objects, revision);
        return [revision, signature] as const;
      }),
    );
    return new Map(found);
  } catch {
    // The trail is read from the database, and shown without the mirror.
    return new Map();
  }
}

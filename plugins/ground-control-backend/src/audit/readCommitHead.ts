import { GitObject } from '@ground-control/backstage-plugin-ground-control-node';
import { readTrailers } from '../gitops/releaseManager/releaseMessage';
import { AUDIT_HEAD_TRAILER, parseAuditHead } from './auditHeadTrailer';
import { AuditHead } from './types';

/** A commit of ours has some kilobytes; its signature is the most of it. */
const MAX_COMMIT = 256 * 1024;

/** Reads git objects, as a mirror's do. */
export interface CommitObjects {
  read(id: string, options: { maxBytes: number }): Promise<GitObject>;
}

/**
 * The head of the audit trail that a commit holds.
 *
 * @returns undefined where the commit isn't in the mirror, or holds none
 */
export async function readCommitHead(
  objects: CommitObjects,
  revision: string,
): Promise<AuditHead | undefined> {
  const object = await objects.read(revision, { maxBytes: MAX_COMMIT });
  if (object.found !== 'yes' || object.type !== 'commit') return undefined;
  const text = object.content.toString('utf8');
  // Headers, a signature among them, have no empty line.
  const message = text.slice(text.indexOf('\n\n') + 2);
  const value = readTrailers(message).trailers.get(AUDIT_HEAD_TRAILER);
  return value === undefined ? undefined : parseAuditHead(value);
}

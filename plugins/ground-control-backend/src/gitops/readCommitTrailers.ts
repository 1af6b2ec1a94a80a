import { GitObject } from '@ground-control/backstage-plugin-ground-control-node';
import { readTrailers } from './releaseManager/releaseMessage';

/** A commit of ours has some kilobytes; its signature is the most of it. */
const MAX_COMMIT = 256 * 1024;

/** Reads git objects, as a mirror's do. */
export interface CommitObjects {
  read(id: string, options: { maxBytes: number }): Promise<GitObject>;
}

/**
 * The trailers of a commit's message. Anybody can write them: which commits
 * are ours is another question.
 *
 * @returns undefined where the commit isn't in the mirror, or is too large
 */
export async function readCommitTrailers(
  objects: CommitObjects,
  revision: string,
): Promise<Map<string, string> | undefined> {
  const object = await objects.read(revision, { maxBytes: MAX_COMMIT });
  if (object.found !== 'yes' || object.type !== 'commit') return undefined;
  const text = object.content.toString('utf8');
  // Headers, a signature among them, have no empty line.
  return readTrailers(text.slice(text.indexOf('\n\n') + 2)).trailers;
}

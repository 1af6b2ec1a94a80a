import { ReleaseRequestDetail } from '@ground-control/backstage-plugin-ground-control-common';
import { Reader } from '../hooks/useReader';

/** How many of the changes who asks, and who reads, wrote; 0 where unsure. */
export interface Share {
  requester: number;
  reader: number;
}

/** Names as they are compared: the only thing known of authors. */
function tidy(name: string | undefined): string | undefined {
  return name?.trim().replace(/\s+/g, ' ').toLocaleLowerCase() || undefined;
}

/**
 * Counts who wrote what. Nothing is counted where not every change is listed
 * with its author, or where two people have one name.
 */
export function decideShare(
  { changes, request }: ReleaseRequestDetail,
  reader: Reader,
): Share {
  const { items, total = items.length } = changes;
  const authors = items.flatMap(({ author }) => tidy(author) ?? []);
  const { entityRef, name } = request.requestedBy;
  const [asks, reads] = [tidy(name), tidy(reader.displayName)];
  const isReader = entityRef === reader.ref;
  const isUnsure = !isReader && asks === reads;
  if (authors.length !== total || isUnsure) return { requester: 0, reader: 0 };
  const countOf = (...names: Array<string | undefined>) =>
    authors.filter(author => names.includes(author)).length;
  return isReader
    ? { requester: 0, reader: countOf(asks, reads) }
    : {
        // What is released by itself is asked for by a policy, in their name.
        requester: request.intent === 'auto-release' ? 0 : countOf(asks),
        reader: countOf(reads),
      };
}

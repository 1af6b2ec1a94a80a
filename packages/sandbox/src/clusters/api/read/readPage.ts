import { StatusError } from '../http/StatusError.ts';
import type { Selection } from '../select/parseSelection.ts';
import type { MemoryObjectStore } from '../store/MemoryObjectStore.ts';
import type { StoredVersion } from '../store/StoredVersion.ts';
import { formatContinueToken, parseContinueToken } from './continueToken.ts';
import { parseRevision } from './parseRevision.ts';

const TOO_OLD =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.';

/** A page of a list. */
export interface Page {
  revision: number;
  items: StoredVersion[];
  continue?: string;
  remaining?: number;
}

function parseLimit(text: string | null): number {
  const limit = text ? Number(text) : 0;
  if (!Number.isSafeInteger(limit) || limit < 0) {
    throw StatusError.badRequest('limit: Invalid value: must be at least 0');
  }
  return limit || Infinity;
}

/** Which revision a list shows; 0 for the present one. */
function chooseRevision(query: URLSearchParams, current: number): number {
  const asked = parseRevision(query.get('resourceVersion'));
  if (asked !== undefined && asked > current) {
    throw new StatusError(
      504,
      'Timeout',
      `Timeout: Too large resource version: ${asked}, current: ${current}`,
      {
        retryAfterSeconds: 1,
        causes: [
          {
            reason: 'ResourceVersionTooLarge',
            message: 'Too large resource version',
          },
        ],
      },
    );
  }
  return query.get('resourceVersionMatch') === 'Exact' ? asked ?? 0 : 0;
}

/** All pages of a list show the state at the revision of its first. */
export function readPage(
  store: MemoryObjectStore,
  selection: Selection,
  query: URLSearchParams,
): Page {
  const text = query.get('continue');
  const token = text ? parseContinueToken(text) : undefined;
  const limit = parseLimit(query.get('limit'));
  const chosen = token?.revision ?? chooseRevision(query, store.revision);
  const revision = chosen || store.revision;
  const { type, namespace } = selection;
  const all =
    revision <= store.revision
      ? store.listVersionsAt(type, namespace, revision)
      : undefined;
  if (!all) {
    throw token
      ? StatusError.expired(TOO_OLD)
      : StatusError.tooOld(revision, store.revision);
  }
  const items: StoredVersion[] = [];
  let at = token ? all.findIndex(({ key }) => key > token.after) : 0;
  for (; at >= 0 && at < all.length && items.length < limit; at += 1) {
    if (selection.matches(all[at].object)) {
      items.push(all[at]);
    }
  }
  const left = at < 0 ? 0 : all.length - at;
  return left === 0 || items.length === 0
    ? { revision, items }
    : {
        revision,
        items,
        continue: formatContinueToken({
          revision,
          after: items[items.length - 1].key,
        }),
        remaining: selection.hasSelectors ? undefined : left,
      };
}

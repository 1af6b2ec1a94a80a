import type { Call } from '../http/types.ts';
import { StatusError } from '../http/StatusError.ts';
import {
  formatTable,
  parseIncludeObject,
  wantsTable,
} from '../read/formatTable.ts';
import { parseRevision } from '../read/parseRevision.ts';
import { parseSelection } from '../select/parseSelection.ts';
import type { WatchOptions } from './WatchStream.ts';

/** Kubernetes draws one between these where nobody asks for one. */
const SHORTEST_MS = 30 * 60_000;
/** What a timer can hold. */
const LONGEST_MS = 2 ** 31 - 1;

function isTrue(text: string | null): boolean {
  return text === 'true' || text === '1';
}

function parseTimeout(text: string | null): number {
  const seconds = Number(text);
  return seconds > 0
    ? Math.min(seconds * 1000, LONGEST_MS)
    : SHORTEST_MS * (1 + Math.random());
}

/** Reads what a watch asks for. */
export function parseWatch(
  { request, response, target, query, store }: Call,
  bookmarkMs: number,
): Omit<WatchOptions, 'onEnd'> {
  if (isTrue(query.get('sendInitialEvents'))) {
    throw StatusError.invalid(
      { ...target.type, group: 'meta.k8s.io', kind: 'ListOptions' },
      '',
      'sendInitialEvents',
      'Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
    );
  }
  const { type } = target;
  const asked = parseRevision(query.get('resourceVersion')) ?? 0;
  const include = parseIncludeObject(query.get('includeObject'));
  const asTable = wantsTable(request.headers.accept);
  return {
    response,
    store,
    selection: parseSelection(target, query),
    revision: asked || store.revision,
    initial: asked === 0,
    bookmarkMs: isTrue(query.get('allowWatchBookmarks'))
      ? bookmarkMs
      : undefined,
    timeoutMs: parseTimeout(query.get('timeoutSeconds')),
    write: asTable
      ? object => {
          const { resourceVersion } = object.metadata;
          const format = { type, include, now: store.now() };
          return JSON.stringify(
            formatTable([object], { resourceVersion }, format),
          );
        }
      : undefined,
  };
}

export function isWatch(query: URLSearchParams): boolean {
  return isTrue(query.get('watch'));
}

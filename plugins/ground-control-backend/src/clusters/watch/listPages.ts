import { KubeFault, KubeGate, ObjectName } from '../kube';
import { WatchedKind } from '../types';
import { objectKey } from './objectKey';
import { kindName, resourcePath } from './resourcePath';
import { WatchTimings } from './timings';

/** Of a kind of which there is more than can be held. */
export function tooManyObjects(timings: WatchTimings): KubeFault {
  return new KubeFault(
    'malformed',
    `It has more than ${timings.maxObjects} objects of this kind, which is more than can be read`,
  );
}

/**
 * Lists all of a kind, page by page.
 *
 * @returns where a watch goes on from
 * @throws KubeFault; `gone` when the list expired before its end
 */
export async function listPages(options: {
  gate: KubeGate;
  kind: WatchedKind;
  version: string;
  timings: WatchTimings;
  signal: AbortSignal;
  onPage: () => void;
  add: (key: string, item: unknown) => void;
  leaveOut: (name: ObjectName) => void;
}): Promise<string> {
  const { gate, kind, version, timings, signal } = options;
  // Pages may be half empty, and there are none without end.
  const mostPages = 2 * Math.ceil(timings.maxObjects / timings.pageSize);
  let next: string | undefined;
  let count = 0;
  const onItem = (item: unknown) => {
    const key = objectKey(item);
    count += 1;
    if (count > timings.maxObjects) throw tooManyObjects(timings);
    if (key !== undefined) options.add(key, item);
  };
  for (let pages = 0; pages <= mostPages; pages += 1) {
    const path = resourcePath(kind, version, {
      query: { limit: timings.pageSize, continue: next },
    });
    const end = await gate.list(path, {
      what: `list ${kindName(kind)}`,
      signal,
      onItem,
      onTooLarge: options.leaveOut,
    });
    options.onPage();
    if (end.continue === undefined) {
      if (end.resourceVersion !== undefined) return end.resourceVersion;
      throw new KubeFault('malformed', 'It sent a list without a version');
    }
    next = end.continue;
  }
  throw tooManyObjects(timings);
}

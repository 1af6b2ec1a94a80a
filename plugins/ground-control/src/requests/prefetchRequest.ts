import {
  GroundControlApi,
  ReleaseRequestDetail,
} from '@ground-control/backstage-plugin-ground-control-common';

/** What was fetched earlier is not taken for what is so now. */
const FRESH_MS = 5_000;

type Source = Pick<GroundControlApi, 'getRequest'>;

interface Fetched {
  id: string;
  at: number;
  detail: Promise<ReleaseRequestDetail>;
  stop: AbortController;
}

// One for each backend: who looks at another request has left this one.
const fetched = new WeakMap<Source, Fetched>();

function findFresh(api: Source, id: string): Fetched | undefined {
  const found = fetched.get(api);
  return found?.id === id && Date.now() - found.at < FRESH_MS
    ? found
    : undefined;
}

/** Fetches a request that will probably be opened; one at a time. */
export function prefetchRequest(api: Source, id: string): void {
  if (findFresh(api, id)) return;
  fetched.get(api)?.stop.abort();
  const stop = new AbortController();
  const detail = api.getRequest(id, stop.signal);
  fetched.set(api, { id, at: Date.now(), detail, stop });
  // Whoever opens it asks again, and shows why it fails.
  detail.catch(() => {
    if (fetched.get(api)?.detail === detail) fetched.delete(api);
  });
}

/** What was fetched of a request, for the one who opens it; asks where nothing was. */
export async function openRequest(
  api: Source,
  id: string,
  signal: AbortSignal,
): Promise<ReleaseRequestDetail> {
  const found = findFresh(api, id);
  fetched.delete(api);
  try {
    if (found) return await found.detail;
  } catch {
    // It is asked for anew.
  }
  return api.getRequest(id, signal);
}

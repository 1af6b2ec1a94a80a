import {
  FetchResult,
  Mirror,
} from '@ground-control/backstage-plugin-ground-control-node';

/**
 * Begins the first fetch of a process at once, while the rest of the backend
 * still starts: git needs another core and, where the repository is large, the
 * most time of all.
 *
 * @returns gives its result, as an error where the fetch threw; the signal
 * ends it
 */
export function beginFetch(
  mirror: Pick<Mirror, 'fetch'>,
): (signal: AbortSignal) => Promise<FetchResult> {
  const stop = new AbortController();
  const fetched = mirror.fetch({ signal: stop.signal });
  // Whoever asks for the result hears of it.
  fetched.catch(() => {});
  return signal => {
    if (signal.aborted) stop.abort(signal.reason);
    signal.addEventListener('abort', () => stop.abort(signal.reason), {
      once: true,
    });
    return fetched;
  };
}

import { IdentityApi } from '@backstage/core-plugin-api';
import { SignalApi } from '@backstage/plugin-signals-react';
import { GroundControlApi } from '@ground-control/backstage-plugin-ground-control-common';
import { subscribeToChanges } from '../api';

/** A signal may be lost; the count is asked for this often all the same. */
const POLL_MS = 120_000;
/** Signals that follow each other make one request. */
const GATHER_MS = 1_000;

/** Where the count comes from. */
export interface WaitingSources {
  api: Pick<GroundControlApi, 'getRequests'>;
  identity: Pick<IdentityApi, 'getBackstageIdentity'>;
  signals?: SignalApi;
}

interface Watch {
  listeners: Set<(count: number) => void>;
  count: number;
  stop(): void;
}

const watches = new WeakMap<WaitingSources['api'], Watch>();

function startWatch(sources: WaitingSources): Watch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const watch: Watch = { listeners: new Set(), count: 0, stop: () => {} };
  const ask = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (stopped || document.hidden) return;
    try {
      // Rejects while nobody is signed in.
      const own = await sources.identity.getBackstageIdentity();
      if (own.userEntityRef) {
        const page = await sources.api.getRequests({
          status: 'waiting',
          limit: 1,
        });
        watch.count = page.counts.waiting;
        watch.listeners.forEach(tell => tell(watch.count));
      }
    } catch {
      // No dot rather than a wrong one; the inbox says what is the matter.
      watch.count = 0;
      watch.listeners.forEach(tell => tell(0));
    }
    if (!stopped) timer ??= setTimeout(ask, POLL_MS);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, GATHER_MS);
  };
  const onVisibility = () => {
    if (!document.hidden) soon();
  };
  document.addEventListener('visibilitychange', onVisibility);
  const subscription = subscribeToChanges(sources.signals, ({ kind }) => {
    if (kind === 'requests') soon();
  });
  watch.stop = () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisibility);
    subscription?.unsubscribe();
  };
  ask();
  return watch;
}

/**
 * Tells how many requests wait for the reader, now and whenever it changes.
 * However many marks a page shows, the backend is asked once.
 */
export function watchWaiting(
  sources: WaitingSources,
  listener: (count: number) => void,
): () => void {
  let watch = watches.get(sources.api);
  if (!watch) {
    watch = startWatch(sources);
    watches.set(sources.api, watch);
  }
  const shared = watch;
  shared.listeners.add(listener);
  listener(shared.count);
  return () => {
    shared.listeners.delete(listener);
    if (shared.listeners.size) return;
    shared.stop();
    watches.delete(sources.api);
  };
}

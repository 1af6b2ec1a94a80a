import { classifyStatus, KubeFault } from '../kube';
import { objectVersion } from './objectKey';

/** An event of a watch. */
export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  object: unknown;
  /** Where to resume after it. */
  version?: string;
}

const TYPES = new Set(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK']);

/**
 * Reads an event of a watch.
 *
 * @throws KubeFault for an event that tells of a fault, and for what isn't an
 * event
 */
export function readWatchEvent(raw: unknown, what: string): WatchEvent {
  const { type, object } = (raw ?? {}) as { type?: unknown; object?: unknown };
  if (type === 'ERROR') {
    const { code } = (object ?? {}) as { code?: unknown };
    throw classifyStatus({
      status: typeof code === 'number' ? code : 500,
      body: object,
      what,
    });
  }
  if (typeof type !== 'string' || !TYPES.has(type) || !object) {
    throw new KubeFault('malformed', 'It sent something else than an event');
  }
  const version = objectVersion(object);
  return {
    type: type as WatchEvent['type'],
    object,
    ...(version === undefined ? {} : { version }),
  };
}

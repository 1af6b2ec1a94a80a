import {
  ArtifactKey,
  ArtifactStore,
  StoredFiles,
} from '@ground-control/backstage-plugin-ground-control-node';
import { LRUCache } from 'lru-cache';

/** All that those need who release what is in a store. */
export type ReadsFiles = Pick<ArtifactStore, 'readFiles'>;

type Read = Extract<StoredFiles, { digest: string }>;

/**
 * So long a page shows what was read for another. Somebody's decision in that
 * time reads anew, and so does what is written.
 */
const RECENT_MS = 20_000;
/** Two of the largest that can be released, or some thousand usual ones. */
const MOST_BYTES = 64 * 1024 * 1024;

const formatKey = ({ service, artifactId }: ArtifactKey, environment: string) =>
  JSON.stringify([service, artifactId, environment]);

function sizeOf({ files }: Read): number {
  const bytes = files.reduce(
    (sum, { path, content }) => sum + path.length + content.length,
    0,
  );
  return Math.max(bytes, 1);
}

/**
 * Spares an artifact store what pages ask for again and again: each change of
 * a request has everybody who looks at it load it anew.
 */
export class RecentReads {
  /** Reads from the store, always. */
  readonly fresh: ReadsFiles;
  /** Reads what was read in the last seconds, or else from the store. */
  readonly recent: ReadsFiles;

  /** @param now - a clock in milliseconds, such as `performance.now` */
  constructor(store: ReadsFiles, now: () => number = () => performance.now()) {
    const reads = new LRUCache<string, Read>({
      maxSize: MOST_BYTES,
      sizeCalculation: sizeOf,
      ttl: RECENT_MS,
      // Each look asks the clock, so that nothing is shown for longer.
      ttlResolution: 0,
      perf: { now },
    });
    this.fresh = {
      readFiles: async (key, options) => {
        const name = formatKey(key, options.environment);
        try {
          const found = await store.readFiles(key, options);
          // What isn't there, or can't be read, may be in a second.
          if ('fault' in found) reads.delete(name);
          else reads.set(name, found);
          return found;
        } catch (error) {
          reads.delete(name);
          throw error;
        }
      },
    };
    this.recent = {
      readFiles: async (key, options) =>
        reads.get(formatKey(key, options.environment)) ??
        this.fresh.readFiles(key, options),
    };
  }
}

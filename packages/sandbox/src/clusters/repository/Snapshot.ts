import type { Folder } from './Folder.ts';

/**
 * The manifests of the repository at one revision. Revisions share what didn't
 * change between them, so that a cluster may stay at an old one for as long as
 * it is down.
 */
export interface Snapshot {
  /** 40 hex digits. */
  commit: string;
  /** When it was committed, milliseconds since 1970. */
  at: number;
  /** By their path without slashes at the ends. */
  folders: ReadonlyMap<string, Folder>;
  /** The text of the gateway's entries; empty where there are none. */
  gatewayEntries: string;
}

/** As Flux names it. */
export function revisionOf({ commit }: Snapshot): string {
  return `master@sha1:${commit}`;
}

/**
 * The folders of a Kustomization's path with their paths: a service's is one;
 * what is above services goes down into the folders below.
 */
export function foldersOf(
  snapshot: Snapshot,
  specPath: string,
): [string, Folder][] {
  const path = specPath.replace(/^\.?\/+|\/+$/g, '');
  const own = snapshot.folders.get(path);
  if (path.includes('/releases/')) {
    return own ? [[path, own]] : [];
  }
  return [...snapshot.folders].filter(
    ([folder]) => folder === path || folder.startsWith(`${path}/`),
  );
}

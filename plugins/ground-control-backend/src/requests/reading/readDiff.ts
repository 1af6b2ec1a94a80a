import { isError } from '@backstage/errors';
import {
  Release,
  RequestDiff,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  ArtifactFile,
  ArtifactStore,
} from '@ground-control/backstage-plugin-ground-control-node';
import {
  buildManifestDiff,
  ReleaseFile,
} from '../../releases/buildManifestDiff';
import { findHighlights } from './highlights/findHighlights';
import { orderFiles } from './highlights/orderFiles';
import { ComparedFiles } from './types';

/** Where the files of a release, or of a wish for one, are found. */
export type FileSource =
  /** Nothing is released. */
  | { kind: 'none' }
  | { kind: 'tree'; tree: string }
  | {
      kind: 'artifact';
      service: ServiceRef;
      environment: string;
      artifactId: string;
      /** Of the files that are meant; any where absent. */
      digest?: string;
      /** Where they were read before. */
      files?: ArtifactFile[];
    }
  /** They can't be had any more. */
  | { kind: 'missing'; why: string };

type Found = { files: ReleaseFile[] } | { missing: string };

function describe(error: unknown): string {
  return isError(error) ? error.message : 'unknown error';
}

async function readSource(
  source: FileSource,
  options: {
    files: ComparedFiles;
    store?: ArtifactStore;
    signal?: AbortSignal;
  },
): Promise<Found> {
  const { files, store, signal } = options;
  switch (source.kind) {
    case 'none':
      return { files: [] };
    case 'missing':
      return { missing: source.why };
    case 'tree':
      try {
        return { files: await files.readReleaseFiles(source.tree) };
      } catch (error) {
        return { missing: describe(error) };
      }
    default:
  }
  if (source.files) return { files: files.maskFiles(source.files) };
  if (!store) {
    return {
      missing:
        'No artifact store is configured, so what the artifact holds isn’t known.',
    };
  }
  const { artifactId, digest, environment, service } = source;
  try {
    const stored = await store.readFiles(
      { service: service.name, artifactId },
      { environment, signal },
    );
    if ('fault' in stored) return { missing: stored.fault };
    if (digest !== undefined && stored.digest !== digest) {
      return {
        missing:
          'The artifact’s files in the store aren’t those any more that were asked for.',
      };
    }
    return { files: files.maskFiles(stored.files) };
  } catch (error) {
    signal?.throwIfAborted();
    return { missing: `The artifact store can't be read: ${describe(error)}` };
  }
}

/** Manifests of what is released against those that would be, Secrets masked. */
export async function readDiff(
  from: FileSource,
  to: FileSource,
  options: {
    files: ComparedFiles;
    store?: ArtifactStore;
    signal?: AbortSignal;
  },
): Promise<RequestDiff> {
  const [before, after] = await Promise.all([
    readSource(from, options),
    readSource(to, options),
  ]);
  if ('missing' in before || 'missing' in after) {
    const missing = [before, after].flatMap(side =>
      'missing' in side ? side.missing : [],
    );
    return { files: [], unchangedFiles: 0, missing: missing.join(' ') };
  }
  // The releases themselves are told elsewhere.
  const { files, unchangedFiles } = buildManifestDiff(
    { release: {} as Release, files: before.files },
    { release: {} as Release, files: after.files },
  );
  const found = findHighlights(
    before.files,
    after.files,
    files.map(({ path }) => path),
  );
  return {
    files: orderFiles(files, found.files),
    highlights: found.highlights,
    unchangedFiles,
  };
}

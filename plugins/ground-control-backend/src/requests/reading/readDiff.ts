import { isError } from '@backstage/errors';
import {
  Release,
  RequestDiff,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ArtifactFile } from '@ground-control/backstage-plugin-ground-control-node';
import {
  buildManifestDiff,
  ReleaseFile,
} from '../../releases/buildManifestDiff';
import { findHighlights } from './highlights/findHighlights';
import { orderFiles } from './highlights/orderFiles';
import { splitPlan } from './splitPlan';
import { ReadingOptions } from './types';

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

/** `outside`: paths of those that don't lie in the release's folder. */
type Found = { files: ReleaseFile[]; outside?: string[] } | { missing: string };

type Options = Pick<
  ReadingOptions,
  'files' | 'layout' | 'repositoryFiles' | 'store'
> & { signal?: AbortSignal };

function describe(error: unknown): string {
  return isError(error) ? error.message : 'unknown error';
}

function readArtifactFiles(
  source: Extract<FileSource, { kind: 'artifact' }>,
  stored: ArtifactFile[],
  { files, layout }: Options,
): Found {
  const { inside, outside } = splitPlan(layout, source, stored);
  return {
    files: files.maskFiles([...inside, ...outside]),
    outside: outside.map(({ path }) => path),
  };
}

/** What lies now where a release puts files outside of its folder. */
async function readOutside(
  paths: string[],
  { files, repositoryFiles, signal }: Options,
): Promise<ReleaseFile[]> {
  if (paths.length === 0) return [];
  const found = await repositoryFiles.readFiles(paths, { signal });
  return files.maskFiles(
    found.files.flatMap(file =>
      file?.content ? { path: file.path, content: file.content } : [],
    ),
  );
}

async function readSource(
  source: FileSource,
  options: Options,
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
  if (source.files) return readArtifactFiles(source, source.files, options);
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
    return readArtifactFiles(source, stored.files, options);
  } catch (error) {
    signal?.throwIfAborted();
    return { missing: `The artifact store can't be read: ${describe(error)}` };
  }
}

/** Manifests of what is released against those that would be, Secrets masked. */
export async function readDiff(
  from: FileSource,
  to: FileSource,
  options: Options,
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
  const outside = await readOutside(after.outside ?? [], options);
  const old = [...before.files, ...outside];
  // The releases themselves are told elsewhere.
  const { files, unchangedFiles } = buildManifestDiff(
    { release: {} as Release, files: old },
    { release: {} as Release, files: after.files },
  );
  const found = findHighlights(
    old,
    after.files,
    files.map(({ path }) => path),
  );
  return {
    files: orderFiles(files, found.files),
    highlights: found.highlights,
    unchangedFiles,
  };
}

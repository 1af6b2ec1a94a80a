import {
  ManifestDiff,
  ReleaseId,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { buildManifestDiff, ReleaseFile } from './buildManifestDiff';
import { buildRelease, ReleaseRow } from './buildRelease';
import { readRelease } from './readRelease';
import { readServiceProblems } from './readServiceProblems';
import { readVisibleService } from './readVisibleService';
import { ReadContext, ReleasesSettings } from './types';

/** Reads a release's files from local git objects; never over a network. */
export interface ReleaseFilesReader {
  readReleaseFiles(tree: string): Promise<ReleaseFile[]>;
}

/**
 * Reads and compares the manifests of two releases of a service.
 *
 * @throws NotFoundError when the reader may not see the service, or when it
 * has no such release
 */
export async function readManifestDiff(
  context: ReadContext,
  options: {
    settings: ReleasesSettings;
    service: ServiceRef;
    from: ReleaseId;
    to: ReleaseId;
    releaseFiles: ReleaseFilesReader;
  },
): Promise<ManifestDiff> {
  const { service, settings, releaseFiles } = options;
  await readVisibleService(context, service);
  const problems = await readServiceProblems(context, service);
  const read = async (id: ReleaseId) => {
    const row: ReleaseRow = await readRelease(context, service, id);
    return {
      release: buildRelease(row, { commitUrl: settings.commitUrl, problems }),
      // A removed release has no tree, and so no files.
      files: row.tree ? await releaseFiles.readReleaseFiles(row.tree) : [],
    };
  };
  const [from, to] = await Promise.all([read(options.from), read(options.to)]);
  return buildManifestDiff(from, to);
}

import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import {
  ArtifactFile,
  Layout,
} from '@ground-control/backstage-plugin-ground-control-node';

/** Where the files of an artifact come to lie. */
export interface SplitPlan {
  /** In the release's own folder, by their paths in it. */
  inside: ArtifactFile[];
  /** Elsewhere, such as the Flux Kustomization; by their paths in the repository. */
  outside: ArtifactFile[];
}

/**
 * Sorts an artifact's files by where a release puts them: what lies outside of
 * its folder is compared with what lies there, and isn't new each time.
 */
export function splitPlan(
  layout: Layout,
  place: { service: ServiceRef; environment: string },
  files: ArtifactFile[],
): SplitPlan {
  const at = layout.formatPlace(place.environment, place.service);
  const plan = layout.planRelease(at, files);
  // Why it can't be released is told elsewhere; it is shown all the same.
  if (!Array.isArray(plan)) return { inside: files, outside: [] };
  const folder = `${layout.formatReleaseFolder(at)}/`;
  const inside: ArtifactFile[] = [];
  const outside: ArtifactFile[] = [];
  for (const change of plan) {
    if (change.kind !== 'put') continue;
    const { content, path } = change;
    if (path.startsWith(folder)) {
      inside.push({ path: path.slice(folder.length), content });
    } else outside.push({ path, content });
  }
  return { inside, outside };
}

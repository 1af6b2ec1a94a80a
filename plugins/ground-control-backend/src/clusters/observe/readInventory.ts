import { isFit, readFields } from './fields';
import { ObjectRef } from './types';

/** Of one Kustomization. A service has a few; the rest isn't looked at. */
const MOST_KEPT = 20;
const LONGEST_ID = 800;
/** Most of an inventory runs nothing; the root's has thousands of entries. */
const RUNS_SOMETHING = /_apps_|_helm\.toolkit\.fluxcd\.io_/;
const WORKLOADS = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/**
 * Reads what a Kustomization has made, of the kinds that run something. An id
 * is `<namespace>_<name>_<group>_<kind>`; none of the four has an underscore
 * in the kinds that we look for.
 */
export function readInventory(inventory: unknown): {
  workloads?: string[];
  helmReleases?: ObjectRef[];
} {
  const entries = readFields(inventory)?.entries;
  if (!Array.isArray(entries)) return {};
  const workloads: string[] = [];
  const helmReleases: ObjectRef[] = [];
  for (const entry of entries) {
    const id = readFields(entry)?.id;
    if (typeof id !== 'string' || id.length > LONGEST_ID) continue;
    if (!RUNS_SOMETHING.test(id) || !isFit(id)) continue;
    const parts = id.split('_');
    if (parts.length !== 4) continue;
    const [namespace, name, group, kind] = parts;
    if (group === 'apps' && WORKLOADS.has(kind)) {
      if (workloads.length < MOST_KEPT) {
        workloads.push(`${kind}/${namespace}/${name}`);
      }
    } else if (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease') {
      if (helmReleases.length < MOST_KEPT) {
        helmReleases.push({ namespace, name });
      }
    }
  }
  return {
    ...(workloads.length > 0 && { workloads }),
    ...(helmReleases.length > 0 && { helmReleases }),
  };
}

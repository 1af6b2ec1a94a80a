import { getObject } from '../ClusterContext.ts';
import type { ClusterContext } from '../ClusterContext.ts';
import { revisionOf } from '../repository/Snapshot.ts';
import type { Snapshot } from '../repository/Snapshot.ts';
import { KUSTOMIZE_API } from './kustomization.ts';
import type { KustomizationSpec } from './kustomization.ts';
import { isReady } from './kustomizationStatus.ts';

/** Which dependency isn't there yet, in Flux's words; undefined when all are. */
export function waitsFor(
  context: ClusterContext,
  { dependsOn }: KustomizationSpec,
  snapshot: Snapshot,
): string | undefined {
  for (const key of dependsOn) {
    const [namespace, name] = key.split('/');
    const object = getObject(
      context,
      KUSTOMIZE_API,
      'Kustomization',
      namespace,
      name,
    );
    if (!object) {
      return `dependency '${key}' not found: kustomizations.kustomize.toolkit.fluxcd.io "${name}" not found`;
    }
    const { status, metadata } = object;
    if (
      isReady(object) !== true ||
      status?.observedGeneration !== metadata.generation
    ) {
      return `dependency '${key}' is not ready`;
    }
    if (status?.lastAppliedRevision !== revisionOf(snapshot)) {
      return `dependency '${key}' revision is not up to date`;
    }
  }
  return undefined;
}

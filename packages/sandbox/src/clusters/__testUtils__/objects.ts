import type { Condition } from '../lib/conditions.ts';
import type { KubeObject } from '../types.ts';

/** The path of the kind that Flux applies. */
export const KUSTOMIZATIONS = 'kustomize.toolkit.fluxcd.io/v1';

export function condition(
  object: KubeObject,
  type: string,
): Condition | undefined {
  const conditions = (object.status?.conditions ?? []) as Condition[];
  return conditions.find(one => one.type === type);
}

/** Whether a Kustomization has applied a commit, and all of it is well. */
export function isReadyAt(object: KubeObject, tip: string): boolean {
  return (
    condition(object, 'Ready')?.status === 'True' &&
    object.status?.lastAppliedRevision === `master@sha1:${tip}`
  );
}

export function artifactOf(object: KubeObject): string | undefined {
  return object.metadata.annotations?.['lunarway.com/artifact-id'];
}

export function isStuck(object: KubeObject): boolean {
  return condition(object, 'Progressing')?.status === 'False';
}

import { FluxObject, ObjectRef } from '../observe/types';
import { ServiceFacts } from './types';

/** What nobody lets Flux look at. */
export interface Suspended extends ObjectRef {
  kind: 'Kustomization' | 'HelmRelease';
}

const AS_WELL = /(^|; )(Kustomization|HelmRelease) \S+ is suspended as well$/;

/** What of a service is suspended: its Kustomization, else a HelmRelease of it. */
export function findSuspended({
  kustomization,
  helmReleases,
}: Pick<ServiceFacts, 'kustomization' | 'helmReleases'>):
  | Suspended
  | undefined {
  const nameOf = (kind: Suspended['kind'], one: FluxObject) => ({
    kind,
    namespace: one.namespace,
    name: one.name,
  });
  if (kustomization?.suspended) return nameOf('Kustomization', kustomization);
  const helm = helmReleases.find(one => one.suspended);
  return helm && nameOf('HelmRelease', helm);
}

/** Says that it is suspended. */
export function formatSuspended({ kind, namespace, name }: Suspended): string {
  return `${kind} ${namespace}/${name} is suspended`;
}

/** Says beside what is wrong that Flux won't mend it: nobody lets it. */
export function addSuspended(
  message: string | undefined,
  suspended: Suspended,
): string {
  const words = `${formatSuspended(suspended)} as well`;
  return message ? `${message}; ${words}` : words;
}

/** Pair of {@link addSuspended}. */
export function dropSuspended(message: string | undefined): string | undefined {
  return message?.replace(AS_WELL, '') || undefined;
}

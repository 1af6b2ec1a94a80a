import {
  readConditions,
  readCount,
  readFields,
  readName,
  readOwner,
} from './fields';
import { FluxObject, SourceRef } from './types';

export const FLUX_OWNER = 'kustomize.toolkit.fluxcd.io';

/** What all objects of Flux have in common, and their conditions by type. */
export function observeFluxObject(object: unknown) {
  const { metadata, spec, status } = readParts(object);
  const name = readName(metadata?.name);
  const namespace = readName(metadata?.namespace);
  if (!name || !namespace || !spec) return undefined;
  const conditions = readConditions(status?.conditions);
  const ready = conditions.get('Ready');
  const owner = readOwner(readFields(metadata?.labels), FLUX_OWNER);
  const flux: FluxObject = {
    namespace,
    name,
    suspended: spec.suspend === true,
    generation: readCount(metadata?.generation) ?? 0,
    // Flux writes -1 before it has looked at all.
    observedGeneration: readCount(status?.observedGeneration) ?? -1,
    ...(ready && { ready }),
    ...(owner && { owner }),
  };
  return { flux, conditions, spec, status };
}

/** The parts that objects of Kubernetes have. */
export function readParts(object: unknown) {
  const fields = readFields(object);
  return {
    metadata: readFields(fields?.metadata),
    spec: readFields(fields?.spec),
    status: readFields(fields?.status),
  };
}

/** A reference to a source; without a namespace it means the object's own. */
export function readSource(
  value: unknown,
  namespace: string,
): SourceRef | undefined {
  const source = readFields(value);
  const kind = readName(source?.kind);
  const name = readName(source?.name);
  return kind && name
    ? { kind, namespace: readName(source?.namespace) ?? namespace, name }
    : undefined;
}

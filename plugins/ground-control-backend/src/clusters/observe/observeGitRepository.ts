import { readFields } from './fields';
import { observeFluxObject } from './fluxObject';
import { parseRevision } from './parseRevision';
import { ObservedGitRepository } from './types';

/** A GitRepository of Flux; undefined for anything else. */
export function observeGitRepository(
  object: unknown,
): ObservedGitRepository | undefined {
  const common = observeFluxObject(object);
  if (!common) return undefined;
  const commit = parseRevision(readFields(common.status?.artifact)?.revision);
  return { ...common.flux, ...(commit && { commit }) };
}

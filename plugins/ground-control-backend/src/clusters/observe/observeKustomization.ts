import { isFit, readFields, readRefs, readTime } from './fields';
import { observeFluxObject, readSource } from './fluxObject';
import { parseRevision } from './parseRevision';
import { readInventory } from './readInventory';
import { ObservedKustomization } from './types';

const LONGEST_PATH = 1_024;
const MOST_DEPENDENCIES = 50;
const LONGEST_HISTORY = 50;

/** Where Flux's `./prod/releases/x/` lies in the repository. */
function normalizePath(path: string): string {
  return path
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/');
}

function readPath(value: unknown): string {
  return typeof value === 'string' &&
    value.length <= LONGEST_PATH &&
    isFit(value)
    ? normalizePath(value)
    : '';
}

/** When a commit was applied first; Flux remembers the last few. */
function readFirstApplied(
  history: unknown,
  commit: string | undefined,
): number | undefined {
  if (!commit || !Array.isArray(history)) return undefined;
  for (const one of history.slice(0, LONGEST_HISTORY)) {
    const entry = readFields(one);
    const revision = readFields(entry?.metadata)?.revision;
    if (parseRevision(revision) === commit) {
      return readTime(entry?.firstReconciled);
    }
  }
  return undefined;
}

/** A Kustomization of Flux; undefined for anything else. */
export function observeKustomization(
  object: unknown,
): ObservedKustomization | undefined {
  const common = observeFluxObject(object);
  if (!common) return undefined;
  const { flux, spec, status } = common;
  const source = readSource(spec.sourceRef, flux.namespace);
  const dependsOn = readRefs(spec.dependsOn, flux.namespace, MOST_DEPENDENCIES);
  const appliedCommit = parseRevision(status?.lastAppliedRevision);
  const attemptedCommit = parseRevision(status?.lastAttemptedRevision);
  const firstAppliedAt = readFirstApplied(status?.history, appliedCommit);
  return {
    ...flux,
    path: readPath(spec.path),
    ...(source && { source }),
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(appliedCommit && { appliedCommit }),
    ...(attemptedCommit && { attemptedCommit }),
    ...(firstAppliedAt && { firstAppliedAt }),
    ...readInventory(status?.inventory),
  };
}

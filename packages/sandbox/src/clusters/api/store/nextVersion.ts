import { randomUUID } from 'node:crypto';
import type { KubeMetadata, KubeObject, ResourceType } from '../../types.ts';
import { isSame, shareCopy } from './share.ts';

function withoutManaged(object: KubeObject) {
  const { metadata, ...rest } = object;
  const { resourceVersion, generation, uid, creationTimestamp, ...others } =
    metadata;
  return { ...rest, metadata: others };
}

/** Whether somebody may have meant to change something. */
export function isUnchanged(next: KubeObject, before: KubeObject): boolean {
  return isSame(withoutManaged(next), withoutManaged(before));
}

/** Core kinds count no generations, but for the few that nobody here needs. */
function nextGeneration(
  type: ResourceType,
  next: KubeObject,
  before: KubeObject | undefined,
): number | undefined {
  if (!type.group || type.statusless) {
    return undefined;
  }
  const last = before?.metadata.generation;
  if (last === undefined) {
    return 1;
  }
  return isSame(next.spec, before?.spec) ? last : last + 1;
}

/** The object as it is stored: with what the API server itself writes. */
export function nextVersion(options: {
  type: ResourceType;
  next: KubeObject;
  before: KubeObject | undefined;
  revision: number;
  now: Date;
}): KubeObject {
  const { type, next, before, revision, now } = options;
  const { apiVersion, kind, metadata, ...rest } = next;
  const made: Partial<KubeMetadata> = before?.metadata ?? {
    uid: metadata.uid ?? randomUUID(),
    creationTimestamp:
      metadata.creationTimestamp ?? now.toISOString().replace(/\.\d+Z$/, 'Z'),
  };
  const generation = nextGeneration(type, next, before);
  const nextMetadata = {
    ...metadata,
    uid: made.uid,
    creationTimestamp: made.creationTimestamp,
    resourceVersion: String(revision),
    generation,
  };
  // The kind comes first: lists leave it out of the text by its length.
  return shareCopy<KubeObject>(
    {
      apiVersion,
      kind,
      metadata: shareCopy(nextMetadata, before?.metadata),
      ...rest,
    },
    before,
  );
}

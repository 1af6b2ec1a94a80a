import {
  readConditions,
  readCount,
  readFields,
  readImage,
  readLabel,
  readName,
  readOwner,
} from './fields';
import { FLUX_OWNER, readParts } from './fluxObject';
import { ObservedWorkload, WorkloadKind } from './types';

const ARTIFACT_ID = 'lunarway.com/artifact-id';
const HELM_OWNER = 'helm.toolkit.fluxcd.io';
/** As the column of an artifact's id. */
const LONGEST_ARTIFACT_ID = 512;
const MOST_CONTAINERS = 50;
const MOST_SELECTORS = 20;

type Fields = Record<string, unknown> | undefined;

function readImages(containers: unknown[]): string[] {
  return containers.flatMap(one => readImage(readFields(one)?.image) ?? []);
}

/** As a label selector of a URL; undefined when it can't be one. */
function formatSelector(
  labels: Record<string, unknown> | undefined,
): string | undefined {
  const keys = Object.keys(labels ?? {});
  if (keys.length === 0 || keys.length > MOST_SELECTORS) return undefined;
  const parts = keys.map(key => {
    const value = readLabel(labels, key, 63) ?? '';
    return /^[\w./-]{1,317}$/.test(key) && /^[\w.-]+$/.test(value)
      ? `${key}=${value}`
      : undefined;
  });
  return parts.every(part => part) ? parts.join(',') : undefined;
}

function countReplicas(kind: WorkloadKind, spec: Fields, status: Fields) {
  const count = (key: string) => readCount(status?.[key]) ?? 0;
  if (kind === 'DaemonSet') {
    return {
      desired: count('desiredNumberScheduled'),
      ready: count('numberReady'),
      updated: count('updatedNumberScheduled'),
      pods: count('currentNumberScheduled'),
    };
  }
  return {
    desired: readCount(spec?.replicas) ?? 1,
    ready: count('readyReplicas'),
    updated: count('updatedReplicas'),
    pods: count('replicas'),
  };
}

/** In Kubernetes' words, that its pods don't get ready, or can't be made. */
function readTroubles(value: unknown) {
  const conditions = readConditions(value);
  const progressing = conditions.get('Progressing');
  const refused = conditions.get('ReplicaFailure');
  return {
    ...(progressing?.status === 'False' && {
      stuck: progressing.message ?? progressing.reason,
    }),
    ...(refused?.status === 'True' && {
      podsRefused: readRefusal(value) ?? refused.reason,
    }),
  };
}

/** True is the bad value of this one, so that its message matters. */
function readRefusal(conditions: unknown): string | undefined {
  const flipped = Array.isArray(conditions)
    ? conditions
        .slice(0, 32)
        .filter(one => one?.type === 'ReplicaFailure')
        .map(one => ({ ...one, status: 'False' }))
    : [];
  return readConditions(flipped).get('ReplicaFailure')?.message;
}

/** To which service it belongs, and what it runs. */
function readBelonging(metadata: Fields, template: Fields) {
  const labels = readFields(metadata?.labels);
  const templateMetadata = readFields(template?.metadata);
  const kustomization = readOwner(labels, FLUX_OWNER);
  const helmRelease = readOwner(labels, HELM_OWNER);
  const app =
    readLabel(labels, 'app.kubernetes.io/name') ?? readLabel(labels, 'app');
  const readArtifactId = (annotations: unknown) =>
    readLabel(readFields(annotations), ARTIFACT_ID, LONGEST_ARTIFACT_ID);
  const artifactId =
    readArtifactId(metadata?.annotations) ??
    readArtifactId(templateMetadata?.annotations);
  const fluxVersion =
    readLabel(labels, 'app.kubernetes.io/part-of') === 'flux'
      ? readLabel(labels, 'app.kubernetes.io/version', 64)
      : undefined;
  return {
    ...(kustomization && { kustomization }),
    ...(helmRelease && { helmRelease }),
    ...(app && { app }),
    ...(artifactId && { artifactId }),
    ...(fluxVersion && { fluxVersion }),
  };
}

/** Makes the function that observes one kind of workload. */
export function observeWorkload(kind: WorkloadKind) {
  return (object: unknown): ObservedWorkload | undefined => {
    const { metadata, spec, status } = readParts(object);
    const name = readName(metadata?.name);
    const namespace = readName(metadata?.namespace);
    if (!name || !namespace || !spec) return undefined;
    const template = readFields(spec.template);
    const listed = readFields(template?.spec)?.containers;
    const containers = Array.isArray(listed)
      ? listed.slice(0, MOST_CONTAINERS)
      : [];
    const { pods, ...replicas } = countReplicas(kind, spec, status);
    // Its pods are changed by hand, whenever that is: it waits for nothing.
    if (readFields(spec.updateStrategy)?.type === 'OnDelete') {
      replicas.updated = replicas.desired;
    }
    const selector = formatSelector(
      readFields(readFields(spec.selector)?.matchLabels),
    );
    const deadline = readCount(spec.progressDeadlineSeconds);
    return {
      kind,
      namespace,
      name,
      generation: readCount(metadata?.generation) ?? 0,
      observedGeneration: readCount(status?.observedGeneration) ?? 0,
      ...replicas,
      containers: pods * containers.length,
      images: readImages(containers),
      ...readBelonging(metadata, template),
      ...(selector && { selector }),
      ...(deadline !== undefined && { progressDeadlineMs: deadline * 1_000 }),
      ...readTroubles(status?.conditions),
    };
  };
}

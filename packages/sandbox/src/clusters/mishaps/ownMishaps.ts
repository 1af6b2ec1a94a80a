import type { KubeObject } from '../types.ts';
import type { PodFaultKind } from '../workloads/types.ts';

/** How likely a rollout goes wrong by itself. */
const OF_ROLLOUTS = { guarded: 0.006, other: 0.05 };
/** How many workloads stand broken where the world begins. */
const AT_START = { guarded: 0, other: 0.006 };
const KINDS: PodFaultKind[] = ['crash', 'crash', 'image-pull', 'unschedulable'];
const MINUTE = 60_000;

/** What goes wrong with a workload, unasked, and for how long. */
export interface OwnMishap {
  kind: PodFaultKind;
  healsAfter: number;
}

/**
 * Decides by a number from 0 up to 1 that always comes to the same for a
 * rollout: the same world has the same mishaps.
 */
export function ownMishap(
  luck: number,
  guarded: boolean,
  atStart: boolean,
): OwnMishap | undefined {
  const chance = (atStart ? AT_START : OF_ROLLOUTS)[
    guarded ? 'guarded' : 'other'
  ];
  if (luck >= chance) {
    return undefined;
  }
  const rest = luck / chance;
  return {
    kind: KINDS[Math.floor(rest * KINDS.length)],
    healsAfter: (atStart ? 15 : 4) * MINUTE + rest * 10 * MINUTE,
  };
}

/** On average, between two changes that somebody makes by hand in a cluster. */
export const DRIFT_EVERY_MS = 25 * MINUTE;

/** A workload as it is after somebody scaled it by hand. */
export function scaledByHand(object: KubeObject, replicas: number): KubeObject {
  return { ...object, spec: { ...object.spec, replicas } };
}

/** A workload as it is after somebody set another artifact by hand. */
export function withArtifact(
  object: KubeObject,
  artifactId: string,
): KubeObject {
  const replace = (text: string) =>
    text.replace(
      /"lunarway\.com\/artifact-id":"[^"]*"/g,
      () => `"lunarway.com/artifact-id":${JSON.stringify(artifactId)}`,
    );
  const changed: KubeObject = JSON.parse(replace(JSON.stringify(object)));
  const template = changed.spec?.template as
    | { spec?: { containers?: { image: string }[] } }
    | undefined;
  for (const container of template?.spec?.containers ?? []) {
    container.image = `${container.image.replace(
      /:[^:/]*$/,
      '',
    )}:${artifactId}`;
  }
  return changed;
}

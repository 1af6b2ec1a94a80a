import { Blocker } from '@ground-control/backstage-plugin-ground-control-common';
import {
  FluxObject,
  ObjectRef,
  ObservedKustomization,
  SourceRef,
} from '../observe/types';
import { describeCondition, findFluxFault } from './fluxFault';
import { Ancestors } from './types';

/** Chains of dependencies are short; this ends a walk through a maze. */
const MOST_STEPS = 200;

interface Step {
  kind: string;
  ref: ObjectRef;
  /** What it made stays and works without it. */
  isOwner?: true;
}

const keyOf = ({ kind, ref }: Step) => `${kind}/${ref.namespace}/${ref.name}`;

function refOf({ namespace, name }: ObjectRef): ObjectRef {
  return { namespace, name };
}

/** What a Kustomization waits for, the nearest first. */
function stepsOf(
  kustomization: Pick<ObservedKustomization, 'dependsOn' | 'source'>,
): Step[] {
  const steps: Step[] = (kustomization.dependsOn ?? []).map(ref => ({
    kind: 'Kustomization',
    ref,
  }));
  const { source } = kustomization;
  if (source) steps.push({ kind: source.kind, ref: refOf(source) });
  return steps;
}

/** What is wrong with the object itself; waiting for others isn't. */
function whyOf(object: FluxObject): string | undefined {
  if (object.suspended) return 'suspended';
  const fault = findFluxFault(object.ready);
  return fault && fault !== 'dependency-not-ready'
    ? describeCondition(object.ready)
    : undefined;
}

/**
 * Walks from what a service waits for to what those wait for, nearest first,
 * and names the first that is suspended or fails.
 *
 * @param from - its Kustomization; where there is none, what would make it
 */
export function findBlocker(
  from: {
    kustomization?: ObservedKustomization;
    owner?: ObjectRef;
    source?: SourceRef;
  },
  ancestors: Ancestors,
): Blocker | undefined {
  const queue: Step[] = [];
  if (from.kustomization) {
    queue.push(...stepsOf(from.kustomization));
  } else {
    // Nothing applies the release until its owner has made the Kustomization.
    if (from.owner) queue.push({ kind: 'Kustomization', ref: from.owner });
    queue.push(...stepsOf({ source: from.source }));
  }
  const seen = new Set<string>();
  if (from.kustomization) {
    seen.add(keyOf({ kind: 'Kustomization', ref: from.kustomization }));
  }
  for (let at = 0; at < queue.length && at < MOST_STEPS; at += 1) {
    const step = queue[at];
    if (seen.has(keyOf(step))) continue;
    seen.add(keyOf(step));
    const blocker = { kind: step.kind, ...refOf(step.ref) };
    if (step.kind === 'Kustomization') {
      const object = ancestors.kustomization(step.ref);
      const isNeeded = !object && !step.isOwner;
      const why = object ? whyOf(object) : isNeeded && 'is not in the cluster';
      if (why) return { ...blocker, why };
      if (object) {
        queue.push(...stepsOf(object));
        if (!isSame(object, object.owner) && object.owner) {
          const { owner: ref } = object;
          queue.push({ kind: 'Kustomization', ref, isOwner: true });
        }
      }
    } else if (step.kind === 'GitRepository') {
      const object = ancestors.gitRepository(step.ref);
      const why = object ? whyOf(object) : 'is not in the cluster';
      if (why) return { ...blocker, why };
    }
  }
  return undefined;
}

function isSame(a: ObjectRef, b: ObjectRef | undefined): boolean {
  return a.name === b?.name && a.namespace === b?.namespace;
}

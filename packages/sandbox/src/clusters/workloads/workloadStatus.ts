import { withTransitions } from '../lib/conditions.ts';
import type { Condition } from '../lib/conditions.ts';
import type { KubeObject } from '../types.ts';
import type { RolloutState } from './types.ts';

type Status = Record<string, unknown>;

function counts({ pods, revision, desired }: RolloutState) {
  const updated = pods.filter(pod => pod.revision === revision);
  const ready = pods.filter(pod => pod.state === 'ready').length;
  return {
    total: pods.length,
    updated: updated.length,
    updatedReady: updated.filter(pod => pod.state === 'ready').length,
    ready,
    missing: Math.max(0, desired - ready),
  };
}

/** True when every wanted pod is of the wanted template and ready. */
export function isRolledOut(state: RolloutState): boolean {
  const { total, updatedReady } = counts(state);
  return total === state.desired && updatedReady === state.desired;
}

function progressCondition(object: KubeObject, state: RolloutState) {
  const replicaSet = `ReplicaSet "${object.metadata.name}-${state.revision}"`;
  if (isRolledOut(state)) {
    return {
      status: 'True' as const,
      reason: 'NewReplicaSetAvailable',
      message: `${replicaSet} has successfully progressed.`,
    };
  }
  return state.late
    ? {
        status: 'False' as const,
        reason: 'ProgressDeadlineExceeded',
        message: `${replicaSet} has timed out progressing.`,
      }
    : {
        status: 'True' as const,
        reason: 'ReplicaSetUpdated',
        message: `${replicaSet} is progressing.`,
      };
}

function deploymentStatus(
  object: KubeObject,
  state: RolloutState,
  now: number,
): Status {
  const { total, updated, ready, missing } = counts(state);
  // A quarter may be missing, rounded down.
  const available = missing <= Math.floor(state.desired / 4);
  const wanted: Condition[] = [
    {
      type: 'Available',
      status: available ? 'True' : 'False',
      reason: available
        ? 'MinimumReplicasAvailable'
        : 'MinimumReplicasUnavailable',
      message: available
        ? 'Deployment has minimum availability.'
        : 'Deployment does not have minimum availability.',
    },
    { type: 'Progressing', ...progressCondition(object, state) },
  ];
  if (state.refused) {
    wanted.push({
      type: 'ReplicaFailure',
      status: 'True',
      reason: 'FailedCreate',
      message: state.refused,
    });
  }
  return {
    observedGeneration: state.generation,
    replicas: total,
    updatedReplicas: updated,
    readyReplicas: ready,
    availableReplicas: ready,
    ...(missing > 0 ? { unavailableReplicas: missing } : {}),
    conditions: withTransitions(wanted, object.status?.conditions, now),
  };
}

function statefulSetStatus(object: KubeObject, state: RolloutState): Status {
  const { total, updated, ready } = counts(state);
  const name = object.metadata.name;
  const before = object.status?.currentRevision;
  const update = `${name}-${state.revision}`;
  return {
    observedGeneration: state.generation,
    replicas: total,
    readyReplicas: ready,
    availableReplicas: ready,
    currentReplicas: isRolledOut(state) ? total : total - updated,
    updatedReplicas: updated,
    currentRevision: isRolledOut(state) ? update : before ?? update,
    updateRevision: update,
    collisionCount: 0,
  };
}

function daemonSetStatus(state: RolloutState): Status {
  const { total, updated, ready, missing } = counts(state);
  return {
    observedGeneration: state.generation,
    currentNumberScheduled: total,
    desiredNumberScheduled: state.desired,
    numberAvailable: ready,
    numberMisscheduled: 0,
    numberReady: ready,
    updatedNumberScheduled: updated,
    ...(missing > 0 ? { numberUnavailable: missing } : {}),
  };
}

/** The status that Kubernetes' controllers write. */
export function workloadStatus(
  object: KubeObject,
  state: RolloutState,
  now: number,
): Status {
  switch (object.kind) {
    case 'StatefulSet':
      return statefulSetStatus(object, state);
    case 'DaemonSet':
      return daemonSetStatus(state);
    default:
      return deploymentStatus(object, state, now);
  }
}

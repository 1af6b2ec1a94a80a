import { hash } from '../../lib/hash.ts';
import { kubeTime } from '../lib/conditions.ts';
import type { KubeObject } from '../types.ts';
import type { Pod } from './types.ts';

interface Template {
  metadata?: {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec?: { containers?: { name: string; image: string }[] };
}

export function templateOf(workload: KubeObject): Template {
  return (workload.spec?.template ?? {}) as Template;
}

function containerState(pod: Pod, name: string, image: string) {
  const startedAt = kubeTime(pod.changedAt);
  if (pod.state === 'ready') {
    return { state: { running: { startedAt } } };
  }
  switch (pod.fault) {
    case 'crash':
      return {
        state: {
          waiting: {
            reason: 'CrashLoopBackOff',
            message: `back-off 5m0s restarting failed container=${name} pod=${pod.name}`,
          },
        },
        lastState: {
          terminated: {
            exitCode: 1,
            reason: 'Error',
            startedAt,
            finishedAt: startedAt,
          },
        },
      };
    case 'image-pull':
      return {
        state: {
          waiting: {
            reason: 'ImagePullBackOff',
            message: `Back-off pulling image "${image}"`,
          },
        },
      };
    default:
      return { state: { waiting: { reason: 'ContainerCreating' } } };
  }
}

function podStatus(pod: Pod, containers: { name: string; image: string }[]) {
  const isReady = pod.state === 'ready';
  const at = kubeTime(pod.changedAt);
  const condition = (type: string, well: boolean, reason: string) => ({
    type,
    status: well ? 'True' : 'False',
    lastProbeTime: null,
    lastTransitionTime: at,
    ...(well ? {} : { reason }),
  });
  if (pod.fault === 'unschedulable' && pod.state === 'failing') {
    return {
      phase: 'Pending',
      conditions: [
        {
          ...condition('PodScheduled', false, 'Unschedulable'),
          message:
            '0/6 nodes are available: 6 Insufficient memory. preemption: 0/6 nodes are available: 6 No preemption victims found for incoming pod.',
        },
      ],
      qosClass: 'Burstable',
    };
  }
  const names = containers.map(({ name }) => name).join(' ');
  return {
    phase: isReady || pod.fault === 'crash' ? 'Running' : 'Pending',
    conditions: [
      { ...condition('PodScheduled', true, '') },
      {
        ...condition('Ready', isReady, 'ContainersNotReady'),
        ...(isReady
          ? {}
          : { message: `containers with unready status: [${names}]` }),
      },
    ],
    containerStatuses: containers.map(({ name, image }) => ({
      name,
      image,
      ready: isReady,
      started: isReady,
      restartCount: pod.restarts,
      ...containerState(pod, name, image),
    })),
    qosClass: 'Burstable',
    startTime: kubeTime(pod.createdAt),
  };
}

/** A pod of a workload, as the API has it. */
export function podObject(
  workload: KubeObject,
  pod: Pod,
  containers: { name: string; image: string }[],
  labels: Record<string, string>,
): KubeObject {
  const { kind, apiVersion, metadata } = workload;
  const isDeployment = kind === 'Deployment';
  const owner = isDeployment
    ? `${metadata.name}-${pod.revision}`
    : metadata.name;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: pod.name,
      namespace: metadata.namespace,
      labels: isDeployment
        ? { ...labels, 'pod-template-hash': pod.revision }
        : { ...labels, 'controller-revision-hash': pod.revision },
      ownerReferences: [
        {
          apiVersion,
          kind: isDeployment ? 'ReplicaSet' : kind,
          name: owner,
          uid: isDeployment
            ? replicaSetUid(workload, pod.revision)
            : metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: {
      containers,
      ...(pod.fault === 'unschedulable' && pod.state === 'failing'
        ? {}
        : { nodeName: pod.node }),
    },
    status: podStatus(pod, containers),
  };
}

/**
 * ReplicaSets themselves aren't there: nothing reads them, and there would be
 * thousands. The pods name them all the same.
 */
function replicaSetUid(workload: KubeObject, revision: string): string {
  const digits = hash(workload.metadata.uid ?? '', revision);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `8${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}

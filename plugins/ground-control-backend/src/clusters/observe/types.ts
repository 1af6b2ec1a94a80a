/** A condition, as Flux and Kubernetes report them. */
export interface Condition {
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  /** Not kept where it is True: then it says nothing that we don't know. */
  message?: string;
  /** When it last changed, by the cluster's clock. */
  since?: number;
}

/** Names an object of a kind that has namespaces. */
export interface ObjectRef {
  namespace: string;
  name: string;
}

/** Names an object that Flux reads sources from. */
export interface SourceRef extends ObjectRef {
  kind: string;
}

/** What all objects of Flux have in common. */
export interface FluxObject extends ObjectRef {
  suspended: boolean;
  generation: number;
  observedGeneration: number;
  ready?: Condition;
  /** The Kustomization that made it. */
  owner?: ObjectRef;
}

export interface ObservedKustomization extends FluxObject {
  /** Without `./` and slashes at the end; empty for the repository's root. */
  path: string;
  source?: SourceRef;
  dependsOn?: ObjectRef[];
  appliedCommit?: string;
  attemptedCommit?: string;
  /** When what is applied now was applied first, by the cluster's clock. */
  firstAppliedAt?: number;
  /** Of its inventory, as `Deployment/<namespace>/<name>`. */
  workloads?: string[];
  /** Of its inventory. */
  helmReleases?: ObjectRef[];
}

export interface ObservedGitRepository extends FluxObject {
  commit?: string;
}

export interface ObservedHelmRelease extends FluxObject {
  dependsOn?: ObjectRef[];
  source?: SourceRef;
  /** In Helm's words what differs; only where Flux was told to look. */
  drifted?: Condition;
}

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet';

export interface ObservedWorkload extends ObjectRef {
  kind: WorkloadKind;
  /** By the labels of Flux. */
  kustomization?: ObjectRef;
  helmRelease?: ObjectRef;
  /** By the usual labels. */
  app?: string;
  artifactId?: string;
  images: string[];
  generation: number;
  observedGeneration: number;
  desired: number;
  ready: number;
  /** Of the newest template. */
  updated: number;
  /** Containers that there are now, in all of its pods. */
  containers: number;
  /** How its pods are found. */
  selector?: string;
  progressDeadlineMs?: number;
  /** In Kubernetes' words, that it gave up waiting for its pods. */
  stuck?: string;
  /** In Kubernetes' words, why pods can't be made. */
  podsRefused?: string;
  /** The version of Flux, for the parts of Flux. */
  fluxVersion?: string;
}

export interface ObservedNode {
  ready: boolean;
}

export interface ObservedFluxReport {
  version?: string;
  ready: boolean;
}

/** What traffic a cluster asks for. */
export interface ObservedRoutingWeight {
  /** Whom it is for: it may lie in others as well. */
  clusterName: string;
  dryRun: boolean;
  annotations: { key: string; value: string }[];
}

/** An event of a Kustomization. */
export interface ObservedEvent {
  kustomization: ObjectRef;
  commit?: string;
  /** By the cluster's clock. */
  at: number;
  /** It says that something was different and was put right. */
  configured: boolean;
}

/** A pod, and why it isn't ready, where that is known. */
export interface ObservedPod extends ObjectRef {
  ready: boolean;
  /** Of its containers, since it began. */
  restarts: number;
  trouble?: PodTrouble;
}

export interface PodTrouble {
  reason: 'image-pull' | 'crash-loop' | 'scheduling' | 'quota';
  /** In Kubernetes' words. */
  message: string;
}

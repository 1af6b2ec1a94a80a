/** Why the pods of a workload can't run. */
export type PodFaultKind = 'crash' | 'unschedulable' | 'image-pull' | 'quota';

/** A mishap of one workload's pods, until it is healed. */
export interface PodFault {
  kind: PodFaultKind;
  /** True for one that nobody asked for. */
  byItself: boolean;
}

/** One pod, as the controllers think of it. */
export interface Pod {
  name: string;
  /** Of the pod template that it was made from. */
  revision: string;
  node: string;
  state: 'starting' | 'ready' | 'failing';
  fault?: PodFaultKind;
  restarts: number;
  createdAt: number;
  changedAt: number;
}

/** What a workload's status is made from. */
export interface RolloutState {
  generation: number;
  desired: number;
  /** Of the template that is wanted. */
  revision: string;
  pods: Pod[];
  /** Why no pod can be made. */
  refused?: string;
  /** True once it has taken longer than it may. */
  late: boolean;
}

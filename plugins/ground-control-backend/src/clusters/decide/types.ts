import {
  Blocker,
  ClusterServiceReason,
  ClusterServiceState,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  ObjectRef,
  ObservedEvent,
  ObservedGitRepository,
  ObservedHelmRelease,
  ObservedKustomization,
  ObservedWorkload,
  PodTrouble,
} from '../observe/types';
import { KindReading } from '../types';

/** What the config repository has of a service in an environment. */
export interface CurrentRelease {
  position: number;
  /** Absent when the artifact can't be read. */
  artifactId?: string;
  /** That the artifact names, such as `registry.example/ledger-api:1a2b3c4`. */
  images: string[];
  /** Milliseconds since 1970. */
  releasedAt: number;
}

/** How a service was judged before, which is also what its row says. */
export interface Standing {
  releasePosition: number;
  state: ClusterServiceState;
  reason: ClusterServiceReason;
  message?: string;
  since: number;
  blockedBy?: Blocker;
  runningArtifactId?: string;
  replicas?: { ready: number; desired: number };
  driftCorrectedAt?: number;
}

/** A workload of a service, and since when it isn't as it should be. */
export interface ServiceWorkload extends ObservedWorkload {
  /** By our clock; absent while all of its pods are ready. */
  unreadySince?: number;
}

/** The objects of a cluster that may keep others from getting on. */
export interface Ancestors {
  kustomization(ref: ObjectRef): ObservedKustomization | undefined;
  gitRepository(ref: ObjectRef): ObservedGitRepository | undefined;
}

/** All that a service in a cluster is judged on. Times are ours unless said. */
export interface ServiceFacts {
  release: CurrentRelease;
  kustomization?: ObservedKustomization;
  /** Where its Kustomization, or most others, read from. */
  source?: ObservedGitRepository;
  /** Made the Kustomization, or would make it. */
  owner?: ObjectRef;
  helmReleases: ObservedHelmRelease[];
  workloads: ServiceWorkload[];
  /** Kinds that it has objects of, and that aren't followed; those are left out. */
  unread: Pick<KindReading, 'kind' | 'state'>[];
  /** Of its inventory, those that should be seen and aren't. */
  missingWorkloads: string[];
  /** What its pods say, where they were asked. */
  podTrouble?: PodTrouble;
  /** Of its Kustomization. */
  events: ObservedEvent[];
  ancestors: Ancestors;
  /** The position of a commit; undefined when it wasn't read yet. */
  positionOf(commit: string): number | undefined;
  /** When the cluster first named a commit that wasn't read yet. */
  unknownSince(commit: string): number | undefined;
  /** When the release was first seen applied; absent when that is long ago. */
  arrivedAt?: number;
  /** The last judgement of this service in this cluster. */
  before?: Standing;
  now: number;
}

/** A judgement; `since` and the release are added by who keeps it. */
export interface Judgement extends Omit<Standing, 'since' | 'releasePosition'> {
  /** The cluster has applied the release, whatever runs. */
  arrived: boolean;
  /** Time alone changes the judgement then. */
  recheckAt?: number;
  /** Its pods could say why it doesn't get on. */
  wantsPods: boolean;
}

/** A step on the way to a judgement. */
export type Verdict = Pick<
  Judgement,
  'state' | 'reason' | 'message' | 'recheckAt'
>;

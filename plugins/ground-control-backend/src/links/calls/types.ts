import {
  LinkCall,
  LinkCallSource,
  LinkTraffic,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ClusterMirrored } from '../store';

/** A service, and whose it is. */
export interface KnownParty extends ServiceRef {
  /** Entity ref of the squad, in lower case. */
  squadRef: string | null;
  entityRef: string | null;
}

/** A service that runs in a cluster. */
export interface Place extends ServiceRef {
  cluster: string;
}

/** A relation of the catalog: the one may call the other. */
export interface DeclaredCall {
  caller: ServiceRef;
  callee: ServiceRef;
}

/** An entry of the gateway for a resource outside of the mesh. */
export interface TargetEntry {
  hostName: string;
  /** Where it is called. */
  namespace: string;
  /** The cluster that it lies at. */
  cluster: string;
  /** Entity ref; null where it names no squad. */
  squadRef: string | null;
}

/** Calls of a workload over a link, as the mesh counted them. */
export interface TrafficCall extends LinkTraffic {
  from: string;
  to: string;
  /** Of the workload. */
  namespace: string;
  workload: string;
  serviceNamespace: string;
  service: string;
}

/** What is known of who calls over links. */
export interface CallFacts {
  parties: KnownParty[];
  /** The environment that a cluster carries, where it carries one. */
  environments: ReadonlyMap<string, string>;
  places: Place[];
  /** Clusters in which a squad has services, by its entity ref. */
  clustersOfSquads: ReadonlyMap<string, ReadonlySet<string>>;
  declared: DeclaredCall[];
  targets: TargetEntry[];
  /** Services that entries of the gateway let in from outside. */
  ingresses: Array<{ service: string; namespace: string; cluster: string }>;
  /** Those that work. */
  mirrored: ClusterMirrored[];
  traffic: TrafficCall[];
}

/** A call that crosses a link, or may. */
export interface FoundCall {
  from: string;
  to: string;
  /** Null where only the squad is known. */
  caller: ServiceRef | null;
  /** Its row, where it is a service that we know. */
  callerParty: KnownParty | null;
  squadRef: string | null;
  calleeName: string;
  /** Null for a resource outside of the mesh, and for what we don't know. */
  calleeParty: KnownParty | null;
  /** An entry of the gateway names it, so that its name is no secret. */
  isNamed: boolean;
  sources: LinkCallSource[];
  traffic: LinkTraffic | null;
}

/** Calls that one service makes over links from an environment's clusters. */
export interface ServiceCalls {
  /** Those that carry the environment. */
  clusters: string[];
  /** The worst link first. */
  calls: LinkCall[];
  /** Of those clusters the ones whose links can't be read. */
  unread: string[];
  /** Why counted calls aren't known, or not all of them; null where they are. */
  trafficMissing: string | null;
}

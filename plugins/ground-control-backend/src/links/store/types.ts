import { TrustRoot } from '@ground-control/backstage-plugin-ground-control-common';

/** A Link of Linkerd, from the cluster that has it to its target. */
export interface ClusterLink {
  cluster: string;
  target: string;
  namespace: string;
  /** Hosts and addresses of the target's gateway. */
  gateway: string[];
  gatewayPort: number | null;
  gatewayIdentity: string | null;
  /** Such as `3s`. */
  probePeriod: string | null;
  /** When it was first seen to be so. */
  observedAt: number;
}

/** A service of a target as it is called in a cluster, or should be. */
export interface ClusterMirrored {
  cluster: string;
  /** Its own, and that of the service. */
  namespace: string;
  name: string;
  target: string;
  service: string;
  serviceNamespace: string;
  state: 'mirrored' | 'failing';
  /** Linkerd's, of one that is failing. */
  reason: string | null;
  message: string | null;
}

/** A service that a cluster lets others mirror. */
export interface ExportedService {
  cluster: string;
  namespace: string;
  service: string;
  ports: number[];
  /** Where it stands for a resource outside of the mesh. */
  externalName: string | null;
  /** The backbone-gateway made it. */
  managedByGateway: boolean;
}

/** How the certificate of an Ingress is. */
export type CertificateState = 'ready' | 'not-ready' | 'missing' | 'unknown';

/** A way into a cluster from outside, to one of the services behind it. */
export interface ClusterIngress {
  cluster: string;
  namespace: string;
  name: string;
  service: string;
  /** Null where it has a name instead. */
  port: number | null;
  hosts: string[];
  /** The backbone-gateway made it. */
  managedByGateway: boolean;
  certificate: CertificateState;
  certificateMessage: string | null;
}

/** What the mesh of a cluster trusts. */
export interface ClusterTrust {
  cluster: string;
  roots: TrustRoot[];
  /** What of it could not be read. */
  fault: string | null;
}

/** Whether these kinds of a cluster can be read at all. */
export interface LinkWatch {
  cluster: string;
  linksKnown: boolean;
  /** Both mirrored and exported ones. */
  servicesKnown: boolean;
  ingressesKnown: boolean;
  /** When the cluster last told of its links. */
  observedAt: number | null;
}

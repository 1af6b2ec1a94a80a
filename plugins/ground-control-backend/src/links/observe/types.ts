import { TrustRoot } from '@ground-control/backstage-plugin-ground-control-common';
import { ObjectRef } from '../../clusters/observe/types';

/** A service that a Link says can't be mirrored. */
export interface FailingMirror {
  /** The service itself, in the target. */
  service: ObjectRef;
  /** What it is called where it is mirrored, or would be. */
  name: string;
  reason: string;
  message?: string;
}

/** A Link of Linkerd: the way to one target. */
export interface ObservedLink extends ObjectRef {
  target: string;
  /** Hosts and addresses. */
  gateway: string[];
  gatewayPort?: number;
  gatewayIdentity?: string;
  probePeriod?: string;
  /** Of all that should be mirrored, those that aren't. */
  failing: FailingMirror[];
}

/** A Service that a service mirror made. */
export interface ObservedMirrored extends ObjectRef {
  target: string;
  /** The service itself, in the target. */
  service: ObjectRef;
}

/** A Service that others may mirror. */
export interface ObservedExported extends ObjectRef {
  ports: number[];
  externalName?: string;
  managedByGateway: boolean;
}

/** One service behind an Ingress. */
export interface IngressBackend {
  service: string;
  /** Absent where it has a name instead. */
  port?: number;
}

export interface ObservedIngress extends ObjectRef {
  backends: IngressBackend[];
  hosts: string[];
  /** Names of Secrets with its certificates. */
  secrets: string[];
  managedByGateway: boolean;
}

/** A Certificate of cert-manager. */
export interface ObservedCertificate extends ObjectRef {
  /** That it is written to. */
  secret: string;
  ready: boolean;
  /** Why it isn't, in cert-manager's words. */
  message?: string;
}

/** What a bundle of certificates holds. */
export interface TrustBundle {
  roots: TrustRoot[];
  /** What of it can't be read, in plain words. */
  fault?: string;
}

export interface ObservedTrustRoots extends ObjectRef, TrustBundle {}

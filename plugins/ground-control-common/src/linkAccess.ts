import { LinkState } from './links';
import { FileDiff } from './manifestDiff';
import { Permit, RequestDecider, RequestRequirement } from './request';
import { ServiceRef } from './serviceRef';
import { Verdict } from './verdict';

/**
 * A wish for access through the backbone-gateway, or for taking it away: one
 * entry of its file.
 *
 * @public
 */
export interface AccessWish {
  /** `target` for a resource outside of the mesh; `ingress` for a service inside. */
  kind: 'target' | 'ingress';
  change: 'add' | 'remove';
  /**
   * The service that it is asked for: the one that is to call, or that is to be
   * called from outside of the mesh.
   */
  service: ServiceRef;
  /** `hostName` of a target, `service` of an ingress. */
  name: string;
  /** Of an ingress: the namespace in Kubernetes. */
  namespace?: string;
  /** The target's `environment` or the ingress's `cluster`: the cluster it lies at. */
  cluster: string;
  /** Clusters that it is to be called from; none for an ingress that is called from outside of the mesh. */
  from: string[];
  /** Of a target that is added: the resource's name in DNS. */
  dnsName?: string;
  /** Of an ingress that is added. */
  port?: number;
  /**
   * The squad that the entry names, as the file is to have it. Where absent:
   * of a target that of the service that asks, of an ingress that of the
   * service that is called.
   */
  squad?: string;
}

/** The link that a call of a wish would cross. @public */
export interface AccessLink {
  from: string;
  to: string;
  /** Null where it isn't known whether there is a link. */
  state: LinkState | null;
  /** Over the last five minutes, in milliseconds. */
  valueMs: number | null;
  /** As of a LinkCell. */
  approximate: boolean;
}

/** Somebody who uses an entry. @public */
export interface AccessUser {
  /** The cluster that it calls from. */
  from: string;
  /** Null where only the squad is known. */
  caller: ServiceRef | null;
  /** Entity ref; null where it isn't known. */
  squad: string | null;
  /** The mesh counted calls lately. */
  calls: boolean;
}

/** What a wish for access would come to; nothing is written. @public */
export interface AccessPreview {
  asOf: string;
  wish: AccessWish;
  /** Whether it may be asked for. */
  ask: Permit;
  /** The file that declares entries, in the config repository. */
  path: string;
  /** Git's id of the file that was read; null where there is none. */
  object: string | null;
  /** The lines of the entry; empty where it can't be told. */
  entry: string;
  /** Absent where the file can't be changed so. */
  diff?: FileDiff;
  /** How code calls it; empty where that isn't known before the gateway made it. */
  address: string;
  /** In the order of the wish's clusters. */
  links: AccessLink[];
  verdicts: Verdict[];
  /** On a removal: who uses it still, of those that the reader may see. */
  users: AccessUser[];
  /** How many more use it whom the reader may not see. */
  hiddenUsers: number;
  requirement: RequestRequirement;
  /** Entity ref of the squad whose leads decide; absent where platform engineers do. */
  squad?: string;
  deciders: RequestDecider[];
  /** Why it can't be told now who may decide; absent where it can. */
  decidersUnknown?: string;
}

/** Asks for access; it is decided as a release is. @public */
export interface AskForAccess {
  wish: AccessWish;
  reason?: string;
  /** Made by the client once a form: the same again changes nothing. */
  idempotencyKey: string;
}

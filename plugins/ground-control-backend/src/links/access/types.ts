import {
  AccessLink,
  AccessUser,
  AccessWish,
  RequestRequirement,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';

/** An entry as the gateway's file has it, or is to have it. */
export type EntryFields =
  | {
      kind: 'target';
      hostName: string;
      dnsName: string;
      environment: string;
      squad: string;
    }
  | {
      kind: 'ingress';
      service: string;
      namespace: string;
      cluster: string;
      squad: string;
      port: number;
    };

/** What makes an entry one. */
export type EntryKey =
  | { kind: 'target'; hostName: string; environment: string }
  | { kind: 'ingress'; service: string; namespace: string; cluster: string };

/** A change of the gateway's file. */
export type EntryChange =
  | { change: 'add'; entry: EntryFields }
  | { change: 'remove'; entry: EntryKey };

/**
 * Why the file isn't changed.
 *
 * - `names`: a value can't stand there.
 * - `already-there`: it says the same already.
 * - `conflict`: an entry of the same name says something else.
 * - `not-there`: there is nothing to remove.
 * - `file`: it can't be read, or not be changed without changing more of it.
 */
export type EntryRefusal =
  | 'names'
  | 'already-there'
  | 'conflict'
  | 'not-there'
  | 'file';

/** The gateway's file after a change. */
export type ChangedEntries =
  /** `content` is null where the file is to go; `entry` has the lines that come or go. */
  | { kind: 'changed'; content: Buffer | null; entry: string }
  /** `message` says why, `remedy` what to do. */
  | { kind: 'refused'; code: EntryRefusal; message: string; remedy: string };

/** Who uses an entry that is to go. */
export interface AccessUsers {
  /** Those that the reader may see; nobody where callers are only counted. */
  seen: AccessUser[];
  /** How many more there are. */
  hidden: number;
  /**
   * Callers are counted and not named, because what is said of them will be
   * read by people who may see different ones.
   */
  isCounted?: boolean;
  /** Of all of them, how many the mesh counted calls of lately. */
  calling: number;
  /** Clusters in which it is mirrored, whether or not somebody calls it there. */
  mirroredIn: string[];
  /** Why traffic isn't known; null where it is. */
  trafficMissing: string | null;
}

/** All that is known of a wish for access. */
export interface AccessFacts {
  wish: AccessWish;
  /** Of the gateway's file. */
  path: string;
  changed: ChangedEntries;
  /** How code calls it in the cluster that it lies at. */
  ownAddress: string;
  /** Names of those that are known. */
  clusters: readonly string[];
  /** From each cluster of the wish, in that order. */
  links: AccessLink[];
  /** Of an ingress: the service that is called, where the catalog or the config repository has it. */
  called?: { squadRef?: string; artifactSquadRef?: string };
  /** The squad of the entry: of one that goes as the file names it. */
  entrySquad?: { squadRef: string; isKnown: boolean };
  /** Of an ingress, as its cluster has it now. */
  live: {
    /** Of the Ingress that the gateway made. */
    ingressPort?: number | null;
    /** Of the service, where it is exported. */
    ports?: number[];
  };
  /** On a removal. */
  users?: AccessUsers;
}

/** What becomes of a wish for access. */
export interface AccessDecision {
  verdicts: Verdict[];
  requirement: RequestRequirement;
  /** Entity ref of the squad whose leads decide; absent where platform engineers do. */
  squadRef?: string;
}

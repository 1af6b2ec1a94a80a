import { EntriesRepository } from '@ground-control/backstage-plugin-ground-control-common';

/** Reads how well a repository is read that has the entries beside the config repository. */
export type ReadEntriesRepository = (now: Date) => Promise<EntriesRepository>;

/** An entry of the gateway's file that can be used. */
export interface DeclaredEntry {
  kind: 'target' | 'ingress';
  /** Unique in the file. */
  id: string;
  /** `hostName` of a target, `service` of an ingress. */
  name: string;
  /** Of a target the gateway's own. */
  namespace: string;
  /** `environment` of a target, `cluster` of an ingress. */
  cluster: string;
  /** Of a target. */
  dnsName: string | null;
  /** Of an ingress. */
  port: number | null;
  /** As the file names it. */
  squad: string;
  /** 1 for the first. */
  line: number;
}

/** What is wrong with the file; nothing of it is quoted. */
export interface EntryProblem {
  line: number | null;
  message: string;
  /** Id of the entry that it is about, where that can be told. */
  entry?: string;
}

/** The gateway's file, as far as it can be read. */
export interface EntriesFile {
  entries: DeclaredEntry[];
  problems: EntryProblem[];
  /** False where nothing in it can be relied on. */
  isReadable: boolean;
}

/** The file as it was read last. */
export interface ReadFile extends EntriesFile {
  /** Null where the repository has no such file. */
  path: string | null;
  /** Where it was read. */
  revision: string;
}

/** Where the entries stand, and what the gateway makes of them. */
export interface GatewaySettings {
  /** In the repository that it lies in. */
  path: string;
  /** Where the gateway makes Services of targets. */
  namespace: string;
}

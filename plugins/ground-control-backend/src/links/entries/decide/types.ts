import {
  EntryCheckPart,
  GatewayEntry,
  LinkCell,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ClusterIngress, ClusterMirrored, ExportedService } from '../../store';

/** Whether what is known of a cluster holds now. */
export interface HeardCluster {
  links: boolean;
  services: boolean;
  ingresses: boolean;
}

/** What clusters and samples say, found by what an entry names. */
export interface EntryFacts {
  /** Undefined where no such cluster is configured. */
  heard(cluster: string): HeardCluster | undefined;
  /** Clusters with a link to that one. */
  linkedTo(cluster: string): readonly string[];
  /** Whether the links of all others are: one that isn't may lead to it. */
  linksKnown(cluster: string): boolean;
  /** What the gateway lets others mirror; the namespace breaks a tie. */
  exported(
    cluster: string,
    service: string,
    namespace: string,
  ): ExportedService | undefined;
  mirrored(service: {
    target: string;
    service: string;
    namespace: string;
  }): readonly ClusterMirrored[];
  /** Made by the gateway. */
  ingress(
    cluster: string,
    namespace: string,
    service: string,
  ): ClusterIngress | undefined;
  cell(from: string, to: string): LinkCell | undefined;
}

/** What is asked about: an entry, or something that is there without one. */
export type EntrySubject = Pick<
  GatewayEntry,
  'kind' | 'id' | 'name' | 'cluster' | 'dnsName' | 'port' | 'squad' | 'line'
> & { namespace: string; declared: EntryCheckPart };

/** What is there of an entry, and where it can be called. */
export interface LiveFacts {
  part: EntryCheckPart;
  /** Empty where none is known. */
  address: string;
  /** Clusters in which it is mirrored. */
  mirroredIn: string[];
}

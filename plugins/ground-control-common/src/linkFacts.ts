import { LatencyPercentile, LatencyWindow, LinkCode, LinkState } from './links';
import { RepositoryStatus } from './repositoryStatus';
import { ServiceRef } from './serviceRef';

/** A certificate that a cluster's mesh trusts. @public */
export interface TrustRoot {
  /** SHA-256 of the certificate, in hexadecimal. */
  fingerprint: string;
  subject: string;
  /** ISO 8601. */
  notAfter: string;
}

/**
 * Whether the meshes of both ends trust each other.
 *
 * - `shared`: they have a root in common.
 * - `different`: they have none, so that no call gets through.
 * - `expiring`: all that they have in common ends within 30 days.
 * - `expired`: all that they have in common has ended.
 * - `unknown`: the roots of one of them aren't known.
 *
 * @public
 */
export type LinkTrust =
  | 'shared'
  | 'different'
  | 'expiring'
  | 'expired'
  | 'unknown';

/** A service that is mirrored over a link, or should be. @public */
export interface MirroredService {
  /** Its name where it is called from, such as `fx-api-gcp-prod-1`. */
  name: string;
  namespace: string;
  /** The service itself, in the target cluster. */
  service: string;
  serviceNamespace: string;
  /** `mirrored`, or why it isn't: Linkerd's reason, such as `InvalidService`. */
  state: 'mirrored' | 'failing';
  reason: string | null;
  message: string | null;
}

/** What a cluster says of its link to another. @public */
export interface LinkFacts {
  from: string;
  to: string;
  /** Hosts and addresses of the target's gateway. */
  gateway: string[];
  gatewayPort: number | null;
  gatewayIdentity: string | null;
  /** How often Linkerd probes it, as the Link says, such as `3s`. */
  probePeriod: string | null;
  mirrored: MirroredService[];
  trust: LinkTrust;
  /** When the last root that both have ends, ISO 8601; null where unknown. */
  trustEndsAt: string | null;
  fromRoots: TrustRoot[];
  toRoots: TrustRoot[];
  /** When the cluster last told of it, ISO 8601. */
  observedAt: string | null;
}

/**
 * Where it is known from that a service calls over a link.
 *
 * - `catalog`: a relation of the catalog (`dependsOn`, `consumesApis`). Alone
 *   it says that it may call, not that it does.
 * - `entry`: an entry of the backbone-gateway of its squad.
 * - `traffic`: calls that the mesh counted.
 *
 * @public
 */
export type LinkCallSource = 'catalog' | 'entry' | 'traffic';

/**
 * Whether more than a relation of the catalog says that a call is made: one
 * that is declared alone isn't counted as affected.
 *
 * @public
 */
export function isUsedCall({
  sources,
}: {
  sources: readonly LinkCallSource[];
}): boolean {
  return sources.some(source => source !== 'catalog');
}

/** Calls that the mesh counted over the last minutes. @public */
export interface LinkTraffic {
  requestsPerSecond: number;
  /** 0 to 1; null without answers. */
  errors: number | null;
  p95Ms: number | null;
  /** When they were counted last, ISO 8601. */
  observedAt?: string;
}

/** A release of the time since which a link is unwell. @public */
export interface LinkRelease extends ServiceRef {
  environment: string;
  artifactId: string | null;
  releasedAt: string;
}

/** A service that calls over a link, or may. @public */
export interface LinkCall {
  from: string;
  to: string;
  /** Who calls; null where only the squad is known. */
  caller: ServiceRef | null;
  squad: string | null;
  /** What is called: a service, or a resource outside of the mesh. */
  callee: ServiceRef | null;
  /** Its name, such as `fx-api` or `credit-bureau`. */
  calleeName: string;
  /** Its squad, where that is known. */
  calleeSquad: string | null;
  sources: LinkCallSource[];
  /** As the link's cell, over five minutes. */
  state: LinkState;
  code: LinkCode;
  since: string | null;
  valueMs: number | null;
  approximate: boolean;
  baselineMs: number | null;
  loss: number | null;
  traffic: LinkTraffic | null;
  /** The link is down, high or elevated, and more than a relation says so. */
  affected: boolean;
}

/** @public */
export interface LinkCalls {
  asOf: string;
  window: LatencyWindow;
  percentile: LatencyPercentile;
  /** Whose calls; null for all. */
  squads: string[] | null;
  /** Worst link first, then by requests and by name. */
  calls: LinkCall[];
  /** Links of different callers and callees that are used; what the sentence counts. */
  used: number;
  /** Those of them whose link isn't well. */
  bad: number;
  /** Releases of callers and callees since fifteen minutes before a link of theirs became unwell, newest first, 20 at most. */
  releases: LinkRelease[];
  /** Why traffic isn't known, in plain words; null where it is. */
  trafficMissing: string | null;
}

/** Which calls are asked for. @public */
export interface LinkCallsQuery {
  /** `mine` by default; else entity refs of squads. */
  squad?: 'mine' | 'all' | string[];
  /** The Component whose calls they are, and those to it. */
  entity?: string;
  /** The link that they cross. */
  from?: string;
  to?: string;
}

/**
 * What becomes of a gateway entry.
 *
 * - `in-order`: declared, there, and answering.
 * - `not-live`: declared, and what makes it work isn't there yet.
 * - `unwell`: there, and the link or its answers aren't well.
 * - `not-declared`: there, without an entry.
 * - `unknown`: a cluster that has to be asked isn't heard of.
 *
 * @public
 */
export type EntryState =
  | 'in-order'
  | 'not-live'
  | 'unwell'
  | 'not-declared'
  | 'unknown';

/**
 * Why one of an entry's checks is as it is, for machines; further codes may come.
 *
 * @public
 */
export type EntryCheckCode =
  | 'declared'
  | 'not-declared'
  | 'entry-faulty'
  | 'file-not-read'
  | 'cluster-not-known'
  | 'cluster-not-heard'
  | 'not-exported'
  | 'other-dns-name'
  | 'not-linked'
  | 'links-not-known'
  | 'not-mirrored'
  | 'mirrored-in-some'
  | 'mirrored-in'
  | 'no-ingress'
  | 'other-port'
  | 'certificate-not-ready'
  | 'certificate-missing'
  | 'certificate-unknown'
  | 'ingress-there'
  | 'probed'
  | 'link-unwell'
  | 'link-stale'
  | 'no-probe';

/**
 * One of the three that have to be so.
 *
 * Codes, with what is in `params`; names of several clusters are joined by a
 * comma, and further codes may come:
 *
 * - declared: `declared` (line), `not-declared`, `entry-faulty` (line: there is
 *   an entry, and something in it can't be used), `file-not-read`.
 * - live, of both: `cluster-not-known` (cluster: no such one is configured),
 *   `cluster-not-heard` (clusters).
 * - live, of a target: `not-exported` (cluster), `other-dns-name` (cluster,
 *   dnsName: what is there instead), `not-linked` (cluster: no other has a link
 *   to it), `links-not-known` (cluster: whether one has), `not-mirrored` (clusters, count, reason), `mirrored-in-some`
 *   (clusters, count, failing, reason), `mirrored-in` (clusters, count, and
 *   `unheard` where some aren't heard of).
 * - live, of an ingress: `no-ingress` (cluster), `other-port` (port: what is
 *   there instead), `certificate-not-ready` (message), `certificate-missing`,
 *   `certificate-unknown`, `ingress-there` (host).
 * - probed: `probed` (count of links that are well), `link-unwell` (clusters
 *   that call over one, count, state of the worst), `link-stale` (clusters and
 *   count of those that call over one, where no other is measured), `no-probe`.
 *
 * @public
 */
export interface EntryCheckPart {
  state: 'yes' | 'partly' | 'no' | 'unknown';
  code: string;
  /** What the words of the code name, such as clusters or a line of the file. */
  params: Record<string, string | number>;
}

/** An entry of the backbone-gateway, declared or found. @public */
export interface GatewayEntry {
  /** `target` for a resource outside of the mesh; `ingress` for a service inside. */
  kind: 'target' | 'ingress';
  /** Stable, unique among entries. */
  id: string;
  /** `hostName` of a target, `service` of an ingress. */
  name: string;
  namespace: string | null;
  /** The target's `environment` or the ingress's `cluster`: the cluster it lies at. */
  cluster: string;
  dnsName: string | null;
  port: number | null;
  /** As the entry says; null where it isn't declared. */
  squad: string | null;
  /**
   * Entity ref of the Group whose it is: the entry's squad, or of what isn't
   * declared the owner of its service; null where the catalog has none.
   */
  owner: string | null;
  /** Line of the file, 1 for the first; null where it isn't declared. */
  line: number | null;
  /** How code calls it; empty for an ingress that has no host yet. */
  address: string;
  state: EntryState;
  declared: EntryCheckPart;
  live: EntryCheckPart;
  probed: EntryCheckPart;
  /** Clusters that call it over a link, and how that is. */
  links: Array<{
    from: string;
    to: string;
    state: LinkState;
    valueMs: number | null;
    approximate: boolean;
  }>;
  /** Whose turn it is: a squad's name, `platform` or null where nobody's. */
  turn: string | null;
}

/** The repository in which the gateway's file lies, where that isn't the config repository. @public */
export interface EntriesRepository {
  /** Its URL or path, for people; without credentials. */
  name: string;
  /**
   * How well it is read, and when it last answered. While it isn't read, the
   * entries known before stay.
   */
  status: RepositoryStatus;
}

/** @public */
export interface GatewayEntries {
  asOf: string;
  /** The file they are declared in; null where none is configured or there. */
  path: string | null;
  revision: string | null;
  entries: GatewayEntry[];
  /** What is wrong with the file, in plain words. */
  problems: Array<{ line: number | null; message: string }>;
  /** Absent where the file lies in the config repository. */
  repository?: EntriesRepository;
  /** Entity ref of the Group whom an entry with `turn: platform` waits for; absent where none is configured. */
  platformEngineers?: string;
}

/** Which entries are asked for. @public */
export interface GatewayEntriesQuery {
  /** `mine` by default; else entity refs of squads. Those that aren't declared have no squad, and are in `all`. */
  squad?: 'mine' | 'all' | string[];
  /** The Component that they are about. */
  entity?: string;
  /** The link that calls to them cross, or are to cross. */
  from?: string;
  to?: string;
}

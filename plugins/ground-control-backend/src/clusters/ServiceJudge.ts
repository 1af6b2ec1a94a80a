import { isDeepStrictEqual } from 'node:util';
import { decideServiceState } from './decide/decideServiceState';
import {
  CurrentRelease,
  Judgement,
  ServiceWorkload,
  Standing,
} from './decide/types';
import { ObservedKustomization, PodTrouble } from './observe/types';
import { ServiceIndex } from './ServiceIndex';
import { KindReading } from './types';
import { WORKLOAD_KINDS } from './WorkloadIndex';

/** What the config repository says, as far as services are judged on it. */
export interface Releases {
  releases(environment: string): ReadonlyMap<string, CurrentRelease>;
  positionOf(commit: string): number | undefined;
  unknownSince(commit: string): number | undefined;
}

/** What judging has found. Nothing of it counts before it is written. */
export interface Findings {
  /** Services that stand otherwise; undefined for those no longer released. */
  changes: [string, Standing | undefined][];
  /** Services whose pods could say why they don't get on. */
  wantPods: string[];
}

/** `suspended` isn't among them: the release may never have come. */
const ARRIVED: ReadonlySet<Standing['state']> = new Set([
  'reconciled',
  'drifted',
  'failed',
]);
/** What may get on when another object of the cluster does. */
const WAITING: ReadonlySet<Standing['state']> = new Set(['pending', 'unknown']);

/** Kinds that say what runs. */
const JUDGED_KINDS = [...Object.keys(WORKLOAD_KINDS), 'helmReleases'];

export interface ServiceJudgeOptions {
  environment: string;
  index: ServiceIndex;
  releases: Releases;
  /** As they were written last. */
  standings: Map<string, Standing>;
}

/**
 * Judges the services of a cluster, and remembers how they stand: what was
 * written last, when releases arrived, and when time alone makes a difference.
 */
export class ServiceJudge {
  readonly #options: ServiceJudgeOptions;
  readonly #standings: Map<string, Standing>;
  readonly #arrivals = new Map<string, { position: number; at: number }>();
  readonly #rechecks = new Map<string, number>();
  readonly #waiting = new Set<string>();
  readonly #podTroubles = new Map<string, PodTrouble>();
  #kinds: KindReading[] = [];
  /** Standings that are of the cluster before, and say nothing of this one. */
  #foreign = new Set<string>();

  constructor(options: ServiceJudgeOptions) {
    this.#options = options;
    this.#standings = options.standings;
    for (const [key, { state }] of this.#standings) {
      if (WAITING.has(state)) this.#waiting.add(key);
    }
  }

  /** All that are released, and all that were. */
  allServices(): Set<string> {
    const { environment, releases } = this.#options;
    return new Set([
      ...releases.releases(environment).keys(),
      ...this.#standings.keys(),
    ]);
  }

  /** Those that wait for something else of the cluster. */
  get waiting(): ReadonlySet<string> {
    return this.#waiting;
  }

  /** Those that wait, or that time or news may change. */
  unsettled(): Set<string> {
    return new Set([...this.#waiting, ...this.#rechecks.keys()]);
  }

  standing(service: string): Standing | undefined {
    return this.#standings.get(service);
  }

  /** Services that are due by time. */
  takeDue(now: number): string[] {
    const due: string[] = [];
    for (const [key, at] of this.#rechecks) {
      if (at > now) continue;
      due.push(key);
      this.#rechecks.delete(key);
    }
    return due;
  }

  /**
   * How kinds are read from now on.
   *
   * @returns whether one that services are judged on is read otherwise than
   * before, which concerns all of them
   */
  noteReadings(kinds: readonly KindReading[]): boolean {
    const statesOf = (some: KindReading[]) =>
      some.map(({ id, state }) => `${id} ${state}`).join();
    const before = statesOf(this.#kinds);
    this.#kinds = kinds.filter(({ id }) => JUDGED_KINDS.includes(id));
    return statesOf(this.#kinds) !== before;
  }

  /** What a service's pods say; undefined when nothing is wrong with them. */
  notePods(service: string, trouble: PodTrouble | undefined): void {
    if (trouble) this.#podTroubles.set(service, trouble);
    else this.#podTroubles.delete(service);
  }

  /** Another cluster answers under the name: nothing goes on from before. */
  beginAnew(): void {
    this.#foreign = new Set(this.#standings.keys());
    this.#arrivals.clear();
    this.#rechecks.clear();
    this.#podTroubles.clear();
    this.#options.index.forgetTimes();
  }

  judge(services: Iterable<string>, now: number): Findings {
    const findings: Findings = { changes: [], wantPods: [] };
    const { environment, releases } = this.#options;
    const current = releases.releases(environment);
    for (const key of services) {
      const release = current.get(key);
      if (release) this.#judgeOne(key, release, now, findings);
      else if (this.#standings.has(key))
        findings.changes.push([key, undefined]);
    }
    return findings;
  }

  /** What was judged is written. */
  settle(changes: Findings['changes']): void {
    for (const [key, standing] of changes) {
      this.#foreign.delete(key);
      if (standing) this.#standings.set(key, standing);
      else {
        this.#standings.delete(key);
        this.#arrivals.delete(key);
        this.#rechecks.delete(key);
        this.#podTroubles.delete(key);
      }
      if (standing && WAITING.has(standing.state)) this.#waiting.add(key);
      else this.#waiting.delete(key);
    }
  }

  #judgeOne(
    key: string,
    release: CurrentRelease,
    now: number,
    findings: Findings,
  ) {
    const { index, releases } = this.#options;
    const row = this.#standings.get(key);
    const before = this.#foreign.has(key) ? undefined : row;
    const kustomization = index.kustomizationOf(key);
    const found = index.workloadsOf(key);
    const unread = this.#unreadOf(kustomization, found);
    const isBeingRead = unread.every(({ state }) => state === 'starting');
    if (
      unread.length > 0 &&
      isBeingRead &&
      before?.releasePosition === release.position
    ) {
      // It was cut off, and is listed anew within seconds; then all is judged.
      return;
    }
    const isUnread = (kind: string) =>
      unread.some(({ id }) => (WORKLOAD_KINDS[id] ?? id) === kind);
    const sourceRef = kustomization?.source ?? index.usualSource;
    const source =
      sourceRef?.kind === 'GitRepository'
        ? index.gitRepository(sourceRef)
        : undefined;
    const arrivedAt = this.#arrivedAt(key, release, before, now);
    const judgement = decideServiceState({
      release,
      kustomization,
      source,
      owner: kustomization?.owner ?? index.usualOwner,
      helmReleases: isUnread('helmReleases') ? [] : index.helmReleasesOf(key),
      workloads: found.filter(({ kind }) => !isUnread(kind)),
      unread,
      missingWorkloads: kustomization
        ? index.missingOf(kustomization, this.#isLive)
        : [],
      podTrouble: this.#podTroubles.get(key),
      events: kustomization ? index.eventsOf(kustomization) : [],
      ancestors: index,
      positionOf: commit => releases.positionOf(commit),
      unknownSince: commit => releases.unknownSince(commit),
      arrivedAt,
      before,
      now,
    });
    const { arrived, recheckAt, wantsPods, ...rest } = judgement;
    if (arrived && arrivedAt !== undefined) {
      this.#arrivals.set(key, { position: release.position, at: arrivedAt });
    }
    if (recheckAt === undefined) this.#rechecks.delete(key);
    else this.#rechecks.set(key, recheckAt);
    if (wantsPods) findings.wantPods.push(key);
    else this.#podTroubles.delete(key);
    const standing: Standing = {
      ...rest,
      releasePosition: release.position,
      since: sinceOf(judgement, before, release, kustomization?.ready, now),
    };
    if (!row || !isDeepStrictEqual(row, standing)) {
      findings.changes.push([key, standing]);
    } else this.#foreign.delete(key);
  }

  /** Whether all of a kind is seen. */
  readonly #isLive = (id: string) =>
    this.#kinds.some(kind => kind.id === id && kind.state === 'live');

  /** Kinds that a service has objects of, and whose objects aren't followed. */
  #unreadOf(
    kustomization: ObservedKustomization | undefined,
    workloads: ServiceWorkload[],
  ): KindReading[] {
    const unread = this.#kinds.filter(
      ({ state }) => state !== 'live' && state !== 'absent',
    );
    return unread.filter(({ id }) => {
      const kind = WORKLOAD_KINDS[id];
      return kind === undefined
        ? kustomization?.helmReleases !== undefined
        : kustomization?.workloads?.some(one => one.startsWith(`${kind}/`)) ||
            workloads.some(one => one.kind === kind);
    });
  }

  #arrivedAt(
    key: string,
    release: CurrentRelease,
    before: Standing | undefined,
    now: number,
  ): number | undefined {
    const known = this.#arrivals.get(key);
    if (known?.position === release.position) return known.at;
    const isLongAgo =
      before?.releasePosition === release.position && ARRIVED.has(before.state);
    return isLongAgo ? undefined : now;
  }
}

/**
 * A state lasts from when we saw it. The first sight of a service asks Flux
 * since when, whose clock may be another: never later than now, and never
 * before the release.
 */
function sinceOf(
  { state }: Judgement,
  before: Standing | undefined,
  release: CurrentRelease,
  ready: { since?: number } | undefined,
  now: number,
): number {
  if (before) return before.state === state ? before.since : now;
  const said = state === 'pending' ? release.releasedAt : ready?.since ?? now;
  return Math.min(now, Math.max(said, release.releasedAt));
}

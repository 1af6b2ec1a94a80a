import { Knex } from 'knex';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { CommitObjects } from '../../gitops/readCommitTrailers';
import { lockRepository } from '../../gitops/store/lockRepository';
import { Change, ChangeHub } from '../../lib/ChangeHub';
import { LeasedLoop, LeasedRound } from '../../lib/LeasedLoop';
import { PolicyJudge } from '../../policies/types';
import { findUnapproved } from './findUnapproved';
import { noteUnapproved, Unapproved } from './noteUnapproved';
import { readClaim } from './readClaim';
import { WatchedRelease } from './types';
import {
  findPosition,
  isWhereItWas,
  readOwnCommits,
  readPosition,
  readReleases,
  readRevision,
  readRevisions,
  readWatched,
  Watched,
  writeWatched,
} from './watchRows';

export interface WatchServiceOptions {
  knex: Knex;
  logger: LoggerService;
  hub: ChangeHub;
  repository: string;
  judge: Pick<PolicyJudge, 'isGuarded'>;
  /** Local git objects of the config repository. */
  openObjects(): Promise<CommitObjects>;
  intervalMs?: number;
  leaseTtlMs?: number;
  now?: () => number;
}

const INTERVAL_MS = 10_000;
const MAX_BACKOFF_MS = 60_000;
/** Commits that are looked at in one transaction. */
const STEP = 200;

const WAKES: ReadonlySet<Change['kind']> = new Set(['services', 'commits']);

/**
 * Watches the back door: git is open to other hands, and what they release on
 * a guarded environment is marked. On one replica at a time, after each
 * reading of the branch.
 *
 * It begins where the branch was when it first ran: what was released before
 * needed no decision.
 */
export class WatchService {
  readonly #options: WatchServiceOptions;
  readonly #loop: LeasedLoop;
  #unsubscribe?: () => void;

  constructor(options: WatchServiceOptions) {
    this.#options = options;
    this.#loop = new LeasedLoop({
      ...options,
      name: `release-watch:${options.repository}`,
      intervalMs: options.intervalMs ?? INTERVAL_MS,
      maxBackoffMs: MAX_BACKOFF_MS,
      failed: 'Looking for releases that were not approved here failed',
      recovered: 'Releases that were not approved here are found again',
      work: round => this.#round(round),
    });
  }

  start(): void {
    this.#loop.start();
    this.#unsubscribe = this.#options.hub.subscribeGathered(changes => {
      if (changes.some(({ kind }) => WAKES.has(kind))) this.#loop.wake();
    });
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#loop.stop();
  }

  async #round(round: LeasedRound) {
    const { knex, repository } = this.#options;
    const read = await readPosition(knex, repository);
    if (!read) return;
    const watched = await this.#findBeginning(round);
    if (!watched) return;
    let { looked } = watched;
    while (looked < read.position && !round.signal.aborted) {
      // What lies below the beginning is passed over at once.
      const above = Math.max(looked, watched.since);
      const upTo = Math.min(above + STEP, read.position);
      const before = { ...watched, looked };
      if (!(await this.#look(round, { before, above, upTo }))) return;
      looked = upTo;
    }
  }

  /**
   * Where watching began; undefined while that can't be told, because the
   * branch is read for the first time or anew. A branch that doesn't have the
   * commit is another one, and watched from where it is now.
   */
  async #findBeginning({
    transact,
  }: LeasedRound): Promise<Watched | undefined> {
    const { knex, repository } = this.#options;
    const known = await readWatched(knex, repository);
    if (known && (await isWhereItWas(knex, repository, known))) return known;
    return transact(async tx => {
      // All of it at one time: meanwhile the branch may be read anew.
      await lockRepository(tx, repository);
      const read = await readPosition(tx, repository);
      if (!read?.caughtUp) return undefined;
      const watched = await this.#begin(tx, read.position);
      await writeWatched(tx, repository, watched);
      return watched;
    });
  }

  async #begin(tx: Knex, position: number): Promise<Watched> {
    const { repository } = this.#options;
    const known = await readWatched(tx, repository);
    const since =
      known?.sinceRevision === undefined
        ? known?.since
        : await findPosition(tx, repository, known.sinceRevision);
    return known && since !== undefined
      ? { ...known, since }
      : {
          since: position,
          sinceRevision: await readRevision(tx, repository, position),
          looked: position,
        };
  }

  /** @returns false where the branch is no longer as it was read */
  async #look(
    { signal, transact }: LeasedRound,
    { before, above, upTo }: { before: Watched; above: number; upTo: number },
  ): Promise<boolean> {
    const { knex, hub, repository } = this.#options;
    const now = this.#options.now?.() ?? Date.now();
    const tip = await readRevision(knex, repository, upTo);
    if (tip === undefined) return false;
    const releases = await readReleases(knex, repository, { above, upTo });
    const found = await this.#findAll(releases, signal);
    const isWritten = await transact(async tx => {
      await lockRepository(tx, repository);
      const still = await readWatched(tx, repository);
      const isSame =
        still?.looked === before.looked &&
        still.since === before.since &&
        (await readRevision(tx, repository, upTo)) === tip;
      if (!isSame) return false;
      await noteUnapproved(tx, repository, found, now);
      await writeWatched(tx, repository, { ...before, looked: upTo });
      return true;
    });
    if (isWritten && found.length > 0) {
      const services = new Map<string, ServiceRef>(
        found.map(({ release: { namespace, service } }) => [
          `${namespace}/${service}`,
          { namespace, name: service },
        ]),
      );
      await hub.publish({
        kind: 'services',
        services: [...services.values()],
      });
    }
    return isWritten;
  }

  async #findAll(
    releases: WatchedRelease[],
    signal: AbortSignal,
  ): Promise<Unapproved[]> {
    const { knex, repository, judge, openObjects } = this.#options;
    const guarded: WatchedRelease[] = [];
    // What somebody lowers with the release, or after it, doesn't count for it.
    const before = await readRevisions(
      knex,
      repository,
      releases.map(({ position }) => position - 1),
    );
    for (const release of releases) {
      signal.throwIfAborted();
      const { namespace, service, environment, position, squad_ref } = release;
      const at = before.get(position - 1);
      const isGuarded = await judge.isGuarded(
        { namespace, name: service },
        environment,
        {
          ...(squad_ref && { squadRef: squad_ref }),
          ...(at !== undefined && { at }),
          signal,
        },
      );
      if (isGuarded) guarded.push(release);
    }
    if (guarded.length === 0) return [];
    const own = await readOwnCommits(knex, repository, [
      ...new Set(guarded.map(({ revision }) => revision)),
    ]);
    const found: Unapproved[] = [];
    for (const release of guarded) {
      const commit = own.get(release.revision);
      const claimed = commit
        ? undefined
        : await readClaim(await openObjects(), release.revision);
      const reason = findUnapproved(release, commit, claimed);
      if (reason !== undefined) found.push({ release, reason });
    }
    return found;
  }
}

import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { ChangeHub } from '../../lib/ChangeHub';
import { LeasedLoop, LeasedRound } from '../../lib/LeasedLoop';
import { PolicyJudge } from '../../policies/types';
import { decideAutoRelease } from './decideAutoRelease';
import { LeftOut, Reasons } from './LeftOut';
import { MAX_BUILDS, readNewBuilds, writeDecided } from './readNewBuilds';
import { hasLaterBuild, readPlace } from './readPlace';
import { NewBuild } from './types';

/** What a policy of the service releases by itself. */
export interface AutoReleaseWish {
  service: ServiceRef;
  environment: string;
  intent: 'auto-release';
  artifactId: string;
  branch: string;
}

export interface AutoReleasesOptions {
  knex: Knex;
  repository: string;
  /** In the order of promotion. */
  environments: string[];
  judge: Pick<PolicyJudge, 'readAutoRelease'>;
  /**
   * Asks for the release; the same again changes nothing. Throws where it may
   * not be asked for.
   *
   * @param actor - `author`: who made the build
   */
  ask(
    wish: AutoReleaseWish,
    actor: { author: { name: string; email: string } },
  ): Promise<unknown>;
  hub: ChangeHub;
  logger: LoggerService;
  /** News is looked at at once; 30 seconds by default for the rest. */
  intervalMs?: number;
  now?: () => Date;
}

const INTERVAL_MS = 30_000;
const MAX_BACKOFF_MS = 5 * 60_000;
/** It may not be released, and asking again would say the same. */
const REFUSALS = new Set([
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'ConflictError',
]);
/** Whom a release names whose build names nobody. */
const NOBODY = { name: 'auto-release', email: 'auto-release' };

/**
 * Asks for releases of new builds where a policy of the service says so, on
 * one replica at a time. Each build is decided once: one that comes while the
 * policy is paused is left alone, and the next one after the pause goes on; one
 * that is too old is left out, and the log says so. It
 * waits for a person's open request, which it never takes the place of.
 */
export class AutoReleases {
  readonly #loop: LeasedLoop;
  #unsubscribe?: () => void;

  constructor(private readonly options: AutoReleasesOptions) {
    const { knex, logger, repository } = options;
    this.#loop = new LeasedLoop({
      knex,
      logger,
      name: `auto-releases:${repository}`,
      intervalMs: options.intervalMs ?? INTERVAL_MS,
      maxBackoffMs: MAX_BACKOFF_MS,
      failed: 'Releasing new builds by themselves failed',
      recovered: 'New builds can be released by themselves again',
      work: round => this.#round(round),
    });
  }

  start(): void {
    this.#unsubscribe = this.options.hub.subscribeGathered(changes => {
      if (changes.some(({ kind }) => kind === 'services')) this.#loop.wake();
    });
    this.#loop.start();
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    await this.#loop.stop();
  }

  async #round({ signal, transact, fault }: LeasedRound): Promise<void> {
    const { knex, logger, repository } = this.options;
    const decided: NewBuild[] = [];
    const leftOut = new LeftOut();
    const builds = await readNewBuilds(knex, repository);
    for (const build of builds) {
      if (signal.aborted) break;
      try {
        if (await this.#decide(build, leftOut)) decided.push(build);
      } catch (error) {
        // One build that can't be looked at doesn't keep the others.
        fault(error);
      }
    }
    // After the asking: who dies in between asks the same again, which changes
    // nothing, where the other way round a build would be forgotten.
    if (decided.length > 0) {
      await transact(tx => writeDecided(tx, repository, decided));
      leftOut.describe().forEach(line => logger.info(line));
      if (builds.length >= MAX_BUILDS) this.#loop.wake();
    }
  }

  /** @returns false where it has to be looked at again */
  async #decide(build: NewBuild, leftOut: LeftOut): Promise<boolean> {
    const { environments, judge, knex, repository, now } = this.options;
    const service = { namespace: build.namespace, name: build.service };
    const at = (now?.() ?? new Date()).getTime();
    // A store that is read for the first time has thousands that aren't.
    const newest = !(await hasLaterBuild(knex, repository, build));
    let isDecided = true;
    const reasons: Reasons = [];
    for (const environment of newest ? environments : []) {
      const automatic = await judge.readAutoRelease(service, environment);
      if (!automatic) continue;
      const place = await readPlace(knex, {
        repository,
        build,
        environment,
        branch: automatic.branch,
      });
      const decision = decideAutoRelease(build, place, { now: at, newest });
      if (decision.kind === 'later') isDecided = false;
      if (decision.kind === 'leave' && decision.why) {
        reasons.push([environment, decision.why]);
      }
      if (decision.kind === 'ask') {
        await this.#ask(build, {
          service,
          environment,
          intent: 'auto-release',
          artifactId: build.artifactId,
          branch: decision.branch,
        });
      }
    }
    // Of one that is looked at again it would be said again and again.
    if (isDecided) leftOut.note(build, reasons);
    return isDecided;
  }

  /** What may not be released isn't asked for again; its next build is. */
  async #ask(build: NewBuild, wish: AutoReleaseWish): Promise<void> {
    const { ask, logger } = this.options;
    try {
      await ask(wish, { author: build.author ?? NOBODY });
    } catch (error) {
      if (!isError(error) || !REFUSALS.has(error.name)) throw error;
      logger.warn(
        `${formatServiceRef(wish.service)} is not released to ${
          wish.environment
        } by itself: ${error.message}`,
      );
    }
  }
}

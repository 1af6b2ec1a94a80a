import { LoggerService } from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import {
  formatServiceRef,
  PolicyEffect,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Layout } from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { RepositoryFiles } from '../../gitops/MirrorFiles';
import { sayTime } from '../../lib/sayTime';
import { formatRequestId } from '../../requests/reading/requestId';
import { WriterTurn } from '../../requests/writing';
import { addPolicyChange, readPolicyChange } from '../edit/policyChangeRow';
import { readServicePolicies } from '../gather/readServicePolicies';
import { decidePause, PauseStep } from './decidePause';
import { PauseRow, readDuePauses, updatePause } from './pauseRow';

export interface PauseWriterOptions {
  knex: Knex;
  repository: string;
  files: RepositoryFiles;
  layout: Layout;
  logger: LoggerService;
  /** Whether Ground Control does the auto-releases: then none is taken out. */
  autoReleases: boolean;
  now(): Date;
}

/** After the first change for it was made. */
const LOOK_AGAIN_MS = 5_000;
/** After it was tried in vain; later also a quarter of how long it was. */
const TRY_AGAIN_MS = { least: 60_000, most: 3_600_000 };

/**
 * Pauses auto-releases that release-manager does: it follows the policies in
 * the config repository and nothing else, so they are taken out there for as
 * long as was asked for, and put back. In the turn of the one who writes
 * releases, before policies and releases: so the policy is changed before the
 * rollback that it would have replaced.
 */
export class PauseWriter {
  constructor(private readonly options: PauseWriterOptions) {}

  /** Hands what pauses need now to the one who changes policies. */
  async run(turn: WriterTurn): Promise<void> {
    const { autoReleases, knex, repository } = this.options;
    const due = await readDuePauses(knex, {
      repository,
      // What was taken out before the auto-releases became ours is put back.
      phases: autoReleases ? ['out'] : ['wanted', 'out'],
      now: this.#now(),
    });
    const changed = new Set<string>();
    for (const pause of due) {
      if (turn.signal.aborted) return;
      // Environments of a service share a file: one after the other.
      if (changed.has(pause.service.name)) continue;
      try {
        const step = await this.#look(pause, turn);
        if (step === 'change') changed.add(pause.service.name);
      } catch (error) {
        turn.signal.throwIfAborted();
        if (!isError(error) || error.name === 'ConflictError') throw error;
        // A pause that can't be kept doesn't keep releases from being written.
        this.#say(pause, error.message);
        await turn.transact(tx =>
          updatePause(tx, pause, {
            next_attempt_at: this.#tryAgainAt(pause),
            fault: error.message,
          }),
        );
      }
    }
  }

  async #look(pause: PauseRow, turn: WriterTurn): Promise<PauseStep['kind']> {
    const { knex } = this.options;
    const last =
      pause.change === null
        ? undefined
        : await readPolicyChange(knex, pause.change);
    if (last?.state === 'waiting' || last?.state === 'writing') return 'wait';
    const { message: fault } = last ?? {};
    const isRefused = last?.state === 'refused';
    if (fault !== undefined) this.#say(pause, fault, isRefused);
    const { branch: present, object } = await this.#readPolicies(pause, turn);
    const step = decidePause({
      ...pause,
      taken: pause.branch,
      present,
      isRefused,
      now: this.#now(),
    });
    if (step.kind === 'move') {
      await turn.transact(tx =>
        updatePause(tx, pause, {
          phase: step.phase,
          next_attempt_at: null,
          // Another pause, some day, is of what there is then.
          ...(step.phase === 'over' && { branch: null, change: null }),
          fault: isRefused && present === undefined ? fault : null,
        }),
      );
    }
    if (step.kind === 'change') {
      await this.#change(pause, turn, { ...step, present, object, fault });
    }
    return step.kind;
  }

  async #change(
    pause: PauseRow,
    turn: WriterTurn,
    change: Extract<PauseStep, { kind: 'change' }> & {
      present: string | undefined;
      object: string | null;
      /** What became of the change before. */
      fault: string | undefined;
    },
  ): Promise<void> {
    const { environment, repository, request, service, until } = pause;
    const { branch, fault = null, object, present } = change;
    const id = formatRequestId(request.number);
    const effect: PolicyEffect = {
      environment,
      rule: 'auto-release',
      ...(present !== undefined && { before: present }),
      ...(branch !== null && { after: branch }),
      direction: 'other',
    };
    const { name, email, ref } = request.by;
    await turn.transact(async tx => {
      const number = await addPolicyChange(tx, {
        repository,
        askedAt: this.#now(),
        // It is put back by nobody in person, and as they wished.
        by: {
          entityRef: branch === null ? ref : 'system:auto-release-pause',
          name,
          email,
        },
        subject: { level: 'service', service },
        change: {
          kind: 'auto-release',
          service: service.name,
          environment,
          branch,
        },
        object,
        reason:
          branch === null
            ? `Paused until ${sayTime(until)} by the rollback ${id}.`
            : `The pause that the rollback ${id} began is over.`,
        effects: [effect],
      });
      await updatePause(tx, pause, {
        change: number,
        next_attempt_at:
          pause.change === null
            ? this.#now() + LOOK_AGAIN_MS
            : this.#tryAgainAt(pause),
        fault,
        ...(present !== undefined && { branch: present }),
      });
    });
  }

  async #readPolicies(
    { environment, service }: PauseRow,
    { signal }: WriterTurn,
  ): Promise<{ branch: string | undefined; object: string | null }> {
    const { files, layout } = this.options;
    const path = layout.formatPolicyPath(service.name);
    const file = await files.readFile(path, { signal });
    const read = readServicePolicies(layout, service.name, path, file);
    if (read.fault !== undefined) throw new Error(`${path}: ${read.fault}`);
    return {
      branch: read.autoReleases.find(one => one.environment === environment)
        ?.branch,
      object: file?.object ?? null,
    };
  }

  /** What holds for hours is one line. */
  #say(pause: PauseRow, why: string, isRefused = false): void {
    if (pause.fault === why) return;
    const { environment, phase, service } = pause;
    const auto = `The auto-release of ${formatServiceRef(
      service,
    )} in ${environment}`;
    const what = phase === 'wanted' ? 'paused' : 'put back after its pause';
    this.options.logger.warn(
      `${auto} can't be ${what}, and ${
        isRefused ? 'has to be by hand' : 'is tried again'
      }: ${why}`,
    );
  }

  #tryAgainAt({ phase, request, until }: PauseRow): number {
    const now = this.#now();
    const since = phase === 'out' ? until : until - request.pauseMs;
    const { least, most } = TRY_AGAIN_MS;
    return now + Math.min(most, Math.max(least, Math.floor((now - since) / 4)));
  }

  #now(): number {
    return this.options.now().getTime();
  }
}

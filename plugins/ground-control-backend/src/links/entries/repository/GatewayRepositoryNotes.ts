import { createHash } from 'node:crypto';
import { ServiceUnavailableError } from '@backstage/errors';
import { Knex } from 'knex';
import { describeFault } from '../../../gitops/describeFault';
import { ChangeHub } from '../../../lib/ChangeHub';
import { LeasedRound } from '../../../lib/LeasedLoop';
import { adoptRepository, noteRepository } from '../store/gatewayRepositoryRow';
import { GatewayMirror } from './GatewayMirror';
import { GATEWAY_REPOSITORY } from './gatewayRepository';

type Round = Pick<LeasedRound, 'epoch' | 'transact'>;

/** Where the gateway's file is read, where that isn't the config repository. */
export interface ReadElsewhere {
  url: string;
  branch: string;
  mirror: Pick<GatewayMirror, 'look' | 'renew'>;
}

export interface GatewayRepositoryNotesOptions {
  knex: Knex;
  hub: ChangeHub;
  repository: string;
  /** Absent where entries lie in the config repository. */
  elsewhere?: ReadElsewhere;
}

/**
 * Keeps in a row what is known of the repository beside the config repository:
 * whether it answers, and why it isn't read. Entries are of one repository:
 * where it is another one than before, those known are forgotten, and where it
 * only fails, they stay.
 */
export class GatewayRepositoryNotes {
  readonly #options: GatewayRepositoryNotesOptions;
  #adopted?: number;
  /** Why its file couldn't be read, though the remote answers. */
  #fault?: string;

  constructor(options: GatewayRepositoryNotesOptions) {
    this.#options = options;
  }

  /** Makes the rows those of the configured repository, once for each holder. */
  async adopt({ epoch, transact }: Round): Promise<void> {
    if (this.#adopted === epoch) return;
    const { elsewhere, hub, repository } = this.#options;
    const identity = elsewhere && {
      branch: elsewhere.branch,
      url_hash: createHash('sha256')
        .update(JSON.stringify([elsewhere.url, elsewhere.branch]))
        .digest('hex'),
    };
    const isOther = await transact(tx =>
      adoptRepository(tx, repository, identity),
    );
    this.#adopted = epoch;
    if (isOther) await hub.publish({ kind: 'links' });
  }

  /** Notes what the last look found. */
  async note({ transact }: Round): Promise<void> {
    const { elsewhere, hub, knex, repository } = this.#options;
    const look = elsewhere?.mirror.look;
    if (!look) return;
    const { attemptedAt, result } = look;
    const isFaulty = result.kind === 'fetched' && this.#fault !== undefined;
    const isNews = await noteRepository(
      { knex, transact },
      {
        repository,
        attemptedAt,
        hasAnswered: result.kind === 'fetched' || result.kind === 'empty',
        ...(isFaulty
          ? { state: 'failing', reason: this.#fault! }
          : describeResult(result)),
      },
    );
    if (isNews) await hub.publish({ kind: 'links' });
  }

  /** What was wrong on our side isn't any more; the next note says so. */
  clearFault(): void {
    this.#fault = undefined;
  }

  /**
   * A round failed though the remote answers. A mirror that lacks what its tip
   * names is fetched anew; that of the config repository isn't ours to mend.
   */
  async noteFault(error: unknown, round: Round): Promise<void> {
    const { elsewhere } = this.#options;
    if (!elsewhere) return;
    this.#fault = describeFault(error, GATEWAY_REPOSITORY);
    await this.note(round).catch(() => {});
    if (error instanceof ServiceUnavailableError) {
      await elsewhere.mirror.renew();
    }
  }
}

function describeResult(result: NonNullable<GatewayMirror['look']>['result']): {
  state: string;
  reason: string | null;
} {
  if (result.kind === 'fetched') return { state: 'fetched', reason: null };
  const state = result.kind === 'timeout' ? 'unreachable' : result.kind;
  return { state, reason: result.reason };
}

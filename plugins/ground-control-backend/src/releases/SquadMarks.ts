import { createHmac, randomBytes } from 'node:crypto';
import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { ReleasesSettings } from './types';

/** For more at once it is less work to tell everybody. */
const MOST_SERVICES = 500;
const LENGTH = 12;

/**
 * Names squads in signals, which go to everybody, so that the names say nothing
 * to who wasn't told them with an answer: keyed by what the backend's replicas
 * share and nobody else knows.
 */
export class SquadMarks {
  private key?: Promise<string | undefined>;

  constructor(
    private readonly options: {
      knex: Knex;
      settings: Pick<ReleasesSettings, 'repository'>;
    },
  ) {}

  /** @returns undefined where there is nothing yet to keep the key with */
  async mark(squads: string[]): Promise<string[] | undefined> {
    const key = await this.readKey();
    if (key === undefined) return undefined;
    return squads.map(squad =>
      createHmac('sha256', key).update(squad).digest('hex').slice(0, LENGTH),
    );
  }

  /**
   * The marks of the squads that services belong to. Those without a squad are
   * on the board of all alone, which every signal concerns.
   *
   * @returns undefined where anybody may be concerned
   */
  async markServices(
    services: ServiceRef[] | 'all',
  ): Promise<string[] | undefined> {
    if (services === 'all' || services.length > MOST_SERVICES) return undefined;
    const { knex, settings } = this.options;
    const { repository } = settings;
    const rows: Array<{ squad_ref: string | null }> = await knex('services')
      .where({ repository })
      .whereIn(
        ['namespace', 'service'],
        services.map(({ namespace, name }) => [namespace, name]),
      )
      .distinct('squad_ref');
    return this.mark(rows.flatMap(({ squad_ref: squad }) => squad ?? []));
  }

  private readKey(): Promise<string | undefined> {
    this.key ??= this.findKey().then(
      key => {
        if (key === undefined) this.key = undefined;
        return key;
      },
      error => {
        this.key = undefined;
        throw error;
      },
    );
    return this.key;
  }

  private async findKey(): Promise<string | undefined> {
    const { knex, settings } = this.options;
    const { repository } = settings;
    // Of two replicas that begin at once, one is the first.
    await knex('repositories')
      .where({ repository })
      .whereNull('signal_key')
      .update({ signal_key: randomBytes(32).toString('hex') });
    const row = await knex('repositories')
      .where({ repository })
      .first('signal_key');
    return row?.signal_key ?? undefined;
  }
}

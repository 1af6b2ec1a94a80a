import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { createRecordingLogger } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { TestClusters } from '../../../__testUtils__/TestClusters';
import { TestHistory } from '../../../__testUtils__/TestHistory';
import { until } from '../../../__testUtils__/until';
import { NoticesService, NoticesServiceOptions } from '../NoticesService';

const START = Date.parse('2026-03-02T12:00:00.000Z');

/** One service of a squad, its rows, and what is sent because of them. */
export class NoticesWorld {
  readonly history: TestHistory;
  readonly clusters: TestClusters;
  readonly sent: NotificationSendOptions[] = [];
  readonly logger = createRecordingLogger();
  isAway = false;
  #now = START;
  #service?: NoticesService;

  constructor(
    readonly knex: Knex,
    private readonly options: Partial<NoticesServiceOptions> = {},
  ) {
    this.history = new TestHistory(knex);
    this.clusters = new TestClusters(knex, this.at(0));
  }

  at(seconds: number): string {
    return new Date(START + seconds * 1_000).toISOString();
  }

  /** Seconds from the beginning. */
  time(seconds: number): number {
    return START + seconds * 1_000;
  }

  async own(service: string): Promise<void> {
    await this.knex('services').insert({
      repository: 'default',
      namespace: 'payments',
      service,
      squad_ref: 'group:default/squad-ledger',
      squad_source: 'catalog',
      in_repository: true,
      in_catalog: true,
    });
  }

  start(): void {
    this.#service = new NoticesService({
      knex: this.knex,
      logger: this.logger,
      repository: 'default',
      notifications: {
        send: async options => {
          if (this.isAway) throw new Error('notifications are away');
          this.sent.push(options);
        },
      },
      flapMs: 20_000,
      stuckMs: 600_000,
      unreadMs: 300_000,
      intervalMs: 20,
      now: () => this.#now,
      ...this.options,
    });
    this.#service.start();
  }

  async stop(): Promise<void> {
    await this.#service?.stop();
  }

  /** As another replica, or after a deployment. */
  async restart(): Promise<void> {
    await this.stop();
    this.start();
  }

  /** For what may not come. */
  async pause(): Promise<void> {
    await new Promise(resolve => setTimeout(resolve, 200));
  }

  /** So late, what is live is heard of. */
  async go(seconds: number): Promise<void> {
    const now = this.time(seconds);
    await this.knex('clusters')
      .where({ connection: 'live' })
      .update({ observed_at: now });
    this.#now = now;
    await this.pause();
  }

  /** A machine that is busy may take its time for what has to happen. */
  async areSent(count: number): Promise<void> {
    await until(() => this.sent.length >= count, { seen: () => this.sent });
    await this.pause();
  }

  get titles(): string[] {
    return this.sent.map(({ payload }) => payload.title);
  }
}

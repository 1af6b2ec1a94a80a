import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { Source, Target } from '../types.ts';

const PREFIX = 'backbone_gateway_probe';

/** Gauges whose names say that they are counters, which tools complain about. */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** What the probe says about itself. */
export class AgentMetrics {
  readonly registry = new Registry();
  readonly #targets: Gauge;
  readonly #configValid: Gauge;
  readonly #configRead: Gauge;
  readonly #linksListed: Gauge;
  readonly #linksRead: Gauge;
  readonly #linksLeftOut: Gauge;
  readonly #linksFaults: Counter;

  constructor({ cluster, provider, region = '' }: Source) {
    const registers = [this.registry];
    const gauge = (name: string, help: string, labelNames: string[] = []) =>
      new Gauge({ registers, name: `${PREFIX}_${name}`, help, labelNames });
    gauge('info', 'The cluster that is probed from.', [
      'source',
      'source_provider',
      'source_region',
    ]).set(
      { source: cluster, source_provider: provider, source_region: region },
      1,
    );
    this.#targets = gauge('targets', 'Targets by where they come from.', [
      'origin',
    ]);
    this.#configValid = gauge(
      'config_valid',
      'Whether the files of the configuration could be used when they last changed; if not, the ones before are still in use.',
    );
    this.#configRead = gauge(
      'config_last_read_timestamp_seconds',
      'When the configuration in use was read.',
    );
    this.#linksListed = gauge(
      'links_listed',
      'Whether the last list of Links was well; absent where Links are not asked for.',
    );
    this.#linksRead = gauge(
      'links_last_listed_timestamp_seconds',
      'When Links were last listed.',
    );
    this.#linksLeftOut = gauge(
      'links_left_out',
      'Links that give no target: not usable, or another target has the name.',
    );
    this.#linksFaults = new Counter({
      registers,
      name: `${PREFIX}_links_faults_total`,
      help: 'Lists of Links that failed.',
    });
    // Metrics without labels are there at 0, which would say more than is known.
    for (const metric of [
      this.#configRead,
      this.#linksListed,
      this.#linksRead,
      this.#linksLeftOut,
    ]) {
      metric.remove();
    }
    collectDefaultMetrics({ register: this.registry });
    for (const name of MISNAMED) this.registry.removeSingleMetric(name);
  }

  targets(targets: readonly Target[]): void {
    for (const origin of ['config', 'file', 'links'] as const) {
      this.#targets.set(
        { origin },
        targets.filter(target => target.origin === origin).length,
      );
    }
  }

  configRead(now: number): void {
    this.#configValid.set(1);
    this.#configRead.set(now / 1_000);
  }

  configRefused(): void {
    this.#configValid.set(0);
  }

  linksListed(now: number, leftOut: number): void {
    this.#linksListed.set(1);
    this.#linksRead.set(now / 1_000);
    this.#linksLeftOut.set(leftOut);
  }

  linksFailed(): void {
    this.#linksListed.set(0);
    this.#linksFaults.inc();
  }
}

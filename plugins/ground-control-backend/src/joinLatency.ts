import {
  LifecycleService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { LatencySource } from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { readLatencyConfig } from './latency/config/readLatencyConfig';
import { LatencyService } from './latency/LatencyService';
import { ChangeHub } from './lib/ChangeHub';

/** What the measuring of links is joined with. */
export interface LatencyOptions {
  config: RootConfigService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  knex: Knex;
  hub: ChangeHub;
  repository: string;
  /** Beside the configured ones. */
  sources: LatencySource[];
}

/** Joins all that measures links, and starts it. */
export function joinLatency(options: LatencyOptions): void {
  const { config, lifecycle } = options;
  const settings = readLatencyConfig(config);
  const sources = [...settings.sources, ...options.sources];
  const ids = sources.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) < at);
  if (twice !== undefined) {
    throw new InputError(`The latency source ${twice} was added twice`);
  }
  const service = new LatencyService({ ...options, ...settings, sources });
  lifecycle.addShutdownHook(() => service.stop());
  service.start();
}

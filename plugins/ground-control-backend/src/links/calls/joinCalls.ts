import {
  LifecycleService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Knex } from 'knex';
import { ChangeHub } from '../../lib/ChangeHub';
import { LinkNoticesService } from '../notices/LinkNoticesService';
import { readLinkedPairs } from '../readLinkedPairs';
import { readTrafficConfig } from '../traffic/readTrafficConfig';
import { TrafficService } from '../traffic/TrafficService';

/** What those who call over links are joined with. */
export interface CallsOptions {
  config: RootConfigService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  notifications: NotificationService;
  knex: Knex;
  hub: ChangeHub;
  repository: string;
}

/** Joins all that reads who calls over links, and tells them; and starts it. */
export function joinCalls(options: CallsOptions): void {
  const { config, lifecycle } = options;
  const traffic = new TrafficService({
    ...options,
    sources: readTrafficConfig(config),
  });
  const notices = new LinkNoticesService({ ...options, readLinkedPairs });
  lifecycle.addShutdownHook(async () => {
    await Promise.all([traffic.stop(), notices.stop()]);
  });
  traffic.start();
  notices.start();
}

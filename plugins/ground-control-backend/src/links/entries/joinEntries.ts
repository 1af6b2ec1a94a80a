import {
  LifecycleService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { Mirror } from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { MirrorFiles } from '../../gitops/MirrorFiles';
import { ChangeHub } from '../../lib/ChangeHub';
import { GatewayEntriesService } from './GatewayEntriesService';
import { readGatewayConfig } from './readGatewayConfig';
import { forgetEntries } from './store/writeEntries';

/** What the reading of the gateway's entries is joined with. */
export interface EntriesOptions {
  config: RootConfigService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  knex: Knex;
  hub: ChangeHub;
  repository: string;
  /** Of the config repository; absent where none is read. */
  mirror?: Mirror;
}

/** Reads the entries of the gateway from now on. */
export function joinEntries(options: EntriesOptions): void {
  const { config, knex, lifecycle, logger, mirror, repository } = options;
  const settings = readGatewayConfig(config.getOptionalConfig('groundControl'));
  if (!mirror) {
    forgetEntries(knex, repository).catch(error =>
      logger.warn('Entries of the gateway could not be forgotten', error),
    );
    return;
  }
  const service = new GatewayEntriesService({
    ...options,
    settings,
    files: new MirrorFiles(mirror),
    readTip: () => mirror.tip,
  });
  lifecycle.addShutdownHook(() => service.stop());
  service.start();
}

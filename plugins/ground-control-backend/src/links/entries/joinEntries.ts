import {
  LifecycleService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { Mirror } from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { MirrorFiles } from '../../gitops/MirrorFiles';
import { readRepositoryStatus } from '../../gitops/repositoryStatus';
import { WEBHOOK_TOPIC } from '../../gitops/webhookTopic';
import { ChangeHub } from '../../lib/ChangeHub';
import { IntegrationCredentials } from '../../lib/IntegrationCredentials';
import { GatewayEntriesService } from './GatewayEntriesService';
import { readGatewayConfig } from './readGatewayConfig';
import { GatewayMirror } from './repository/GatewayMirror';
import {
  EntriesElsewhere,
  GATEWAY_REPOSITORY,
  toGatewayRepository,
} from './repository/gatewayRepository';
import { GatewayRepositoryNotes } from './repository/GatewayRepositoryNotes';
import { readGatewayRepository } from './repository/readGatewayRepository';
import { forgetEntries } from './store/writeEntries';
import { GatewaySettings, ReadEntriesRepository } from './types';

/** What the reading of the gateway's entries is joined with. */
export interface EntriesOptions {
  config: RootConfigService;
  events: EventsService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  knex: Knex;
  hub: ChangeHub;
  repository: string;
  /** Of the config repository; absent where none is read. */
  mirror?: Mirror;
}

/** What others need where entries lie in another than the config repository. */
export interface JoinedEntries {
  elsewhere?: EntriesElsewhere;
  readEntriesRepository?: ReadEntriesRepository;
}

/** Reads the entries of the gateway from now on. */
export async function joinEntries(
  options: EntriesOptions,
): Promise<JoinedEntries> {
  const { config, events, knex, lifecycle, logger, repository } = options;
  const own = config.getOptionalConfig('groundControl');
  const settings = readGatewayConfig(own);
  const other = readGatewayRepository(own, new IntegrationCredentials(config));
  if (!other) {
    readConfigRepository(options, settings);
    return {};
  }
  const mirror = new GatewayMirror({ ...other, logger });
  const { branch, pollIntervalMs, remote } = other;
  const service = new GatewayEntriesService({
    ...options,
    settings,
    files: mirror.files,
    readTip: () => mirror.tip,
    notes: new GatewayRepositoryNotes({
      ...options,
      elsewhere: { url: remote.url, branch, mirror },
    }),
  });
  mirror.onLooked(() => service.wake());
  lifecycle.addShutdownHook(async () => {
    await Promise.all([service.stop(), mirror.stop()]);
  });
  await events.subscribe({
    id: 'ground-control-gateway-webhook',
    topics: [WEBHOOK_TOPIC],
    // Whatever the payload says, the answer is to look for ourselves.
    onEvent: async () => mirror.wake(),
  });
  service.start();
  mirror.start();
  return {
    elsewhere: mirror,
    readEntriesRepository: async now => ({
      name: mirror.name,
      status: await readRepositoryStatus(knex, {
        repository: toGatewayRepository(repository),
        pollIntervalMs,
        now: now.getTime(),
        name: GATEWAY_REPOSITORY.name,
      }),
    }),
  };
}

/** Its mirror is fetched by ingest, which tells of news through the hub. */
function readConfigRepository(
  options: EntriesOptions,
  settings: GatewaySettings,
): void {
  const { knex, lifecycle, logger, mirror, repository } = options;
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
    notes: new GatewayRepositoryNotes(options),
  });
  lifecycle.addShutdownHook(() => service.stop());
  service.start();
}

import {
  AuthService,
  LifecycleService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Mirror } from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { LinkRoutes } from './http';
import { ChangeHub } from './lib/ChangeHub';
import { readPlatformEngineers } from './lib/readEntityRef';
import { joinCalls } from './links/calls';
import { EntriesElsewhere, joinEntries } from './links/entries';
import { readLinkedPairs } from './links/readLinkedPairs';

/** What is joined with what is known of links beside samples. */
export interface LinksOptions {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  events: EventsService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  notifications: NotificationService;
  knex: Knex;
  hub: ChangeHub;
  repository: string;
  /** Of the config repository; absent where none is read. */
  mirror?: Mirror;
}

/** Joins what answers of links beside samples. */
export async function joinLinks(options: LinksOptions): Promise<{
  routes: LinkRoutes;
  /** Where the gateway's entries lie, if not in the config repository. */
  entriesElsewhere?: EntriesElsewhere;
}> {
  joinCalls(options);
  const { elsewhere, readEntriesRepository } = await joinEntries(options);
  return {
    routes: {
      readLinkedPairs,
      readEntriesRepository,
      platformEngineers: readPlatformEngineers(
        options.config.getOptionalConfig('groundControl'),
      ),
    },
    entriesElsewhere: elsewhere,
  };
}

import {
  AuthService,
  LifecycleService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import {
  ClusterLocator,
  Layout,
} from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { ClustersService } from './clusters/ClustersService';
import { KubeMetrics } from './clusters/kube';
import {
  ConfiguredClusterLocator,
  readClusterSettings,
} from './clusters/locate';
import { NoticesService } from './clusters/notices/NoticesService';
import { watchedKinds } from './clusters/observe/watchedKinds';
import { DefaultClusterWatching } from './clusters/watch';
import { ChangeHub } from './lib/ChangeHub';
import { readPlatformEngineers } from './lib/readEntityRef';

/** What the watching half of the plugin is joined with. */
export interface ClustersOptions {
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  notifications: NotificationService;
  knex: Knex;
  hub: ChangeHub;
  layout: Layout;
  repository: string;
  /** In the order of promotion. */
  environments: string[];
  /** Instead of config and catalog. */
  locator?: ClusterLocator;
}

/** Joins all that watches clusters, and starts it. */
export function joinClusters(options: ClustersOptions): void {
  const { config, lifecycle, logger } = options;
  const { timings, notices: noticeTimes } = readClusterSettings(config);
  const metrics = new KubeMetrics();
  const clusters = new ClustersService({
    ...options,
    locator: options.locator ?? new ConfiguredClusterLocator(options),
    createWatching: (definition, listener) =>
      new DefaultClusterWatching({
        definition,
        kinds: watchedKinds,
        listener,
        logger,
        metrics,
        timings,
      }),
  });
  const notices = new NoticesService({
    ...options,
    ...noticeTimes,
    platformEngineers: readPlatformEngineers(
      config.getOptionalConfig('groundControl'),
    ),
  });
  lifecycle.addShutdownHook(async () => {
    await Promise.all([clusters.stop(), notices.stop()]);
  });
  clusters.start();
  notices.start();
}

import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  ArtifactStore,
  ClusterLocator,
  groundControlArtifactStoreExtensionPoint,
  groundControlClusterLocatorExtensionPoint,
  groundControlLatencySourceExtensionPoint,
  groundControlLayoutExtensionPoint,
  groundControlLeadResolverExtensionPoint,
  groundControlPolicyExtensionPoint,
  groundControlSourceHistoryExtensionPoint,
  LatencySource,
  Layout,
  LeadResolver,
  Mirror,
  ReleasePolicy,
  SourceHistory,
} from '@ground-control/backstage-plugin-ground-control-node';
import {
  ArtifactsService,
  ArtifactUploads,
  createArtifactStore,
  forgetStoreProblems,
  isWritable,
} from './artifacts';
import { joinAlerts } from './clusters/joinAlerts';
import { keepStatistics } from './database/keepStatistics';
import { openDatabase } from './database/openDatabase';
import {
  GitopsService,
  readRepositoryStatus,
  ReleaseFiles,
  releaseManagerLayout,
} from './gitops';
import { beginFetch } from './gitops/beginFetch';
import { noteUnconfigured } from './gitops/noteUnconfigured';
import {
  forgetHistoryProblems,
  GitSourceHistory,
  SourceHistoryService,
} from './history';
import { joinClusters } from './joinClusters';
import { joinLatency } from './joinLatency';
import { joinLinks } from './joinLinks';
import { joinReading, ReadingOptions } from './joinReading';
import { joinRequests } from './joinRequests';
import { ChangeHub } from './lib/ChangeHub';
import { AccessService } from './permissions';
import { readConfig } from './readConfig';
import { parseSettings } from './releases';

/** The first release of Ground Control reads one config repository. */
const REPOSITORY = 'default';
/** Ingest and the clusters go first when a backend starts. */
const SOURCE_HISTORY_AFTER_MS = 15_000;
/** The topic that the events module publishes under. */
const WEBHOOK_TOPIC = 'ground-control.config-repository';

/**
 * The backend of Ground Control: reads the config repository into its
 * database, and answers from there.
 *
 * @public
 */
export const groundControlPlugin = createBackendPlugin({
  pluginId: 'ground-control',
  register(env) {
    const layouts = new Map<string, Layout>([
      [releaseManagerLayout.id, releaseManagerLayout],
    ]);
    let artifactStore: ArtifactStore | undefined;
    let sourceHistory: SourceHistory | undefined;
    let clusterLocator: ClusterLocator | undefined;
    env.registerExtensionPoint(groundControlLayoutExtensionPoint, {
      addLayout(layout) {
        if (layouts.has(layout.id)) {
          throw new InputError(`The layout ${layout.id} was added twice`);
        }
        layouts.set(layout.id, layout);
      },
    });
    env.registerExtensionPoint(groundControlArtifactStoreExtensionPoint, {
      setArtifactStore(store) {
        if (artifactStore) {
          throw new InputError('There can be only one artifact store');
        }
        artifactStore = store;
      },
    });
    env.registerExtensionPoint(groundControlClusterLocatorExtensionPoint, {
      setClusterLocator(locator) {
        if (clusterLocator) {
          throw new InputError('There can be only one cluster locator');
        }
        clusterLocator = locator;
      },
    });
    env.registerExtensionPoint(groundControlSourceHistoryExtensionPoint, {
      setSourceHistory(history) {
        if (sourceHistory) {
          throw new InputError('There can be only one source history');
        }
        sourceHistory = history;
      },
    });
    let leads: LeadResolver | undefined;
    const policies: ReleasePolicy[] = [];
    env.registerExtensionPoint(groundControlLeadResolverExtensionPoint, {
      setLeadResolver(resolver) {
        if (leads) {
          throw new InputError('There can be only one lead resolver');
        }
        leads = resolver;
      },
    });
    const latencySources: LatencySource[] = [];
    env.registerExtensionPoint(groundControlLatencySourceExtensionPoint, {
      addLatencySource: source => latencySources.push(source),
    });
    env.registerExtensionPoint(groundControlPolicyExtensionPoint, {
      addPolicy: policy => policies.push(policy),
    });
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(services) {
        const { config, database, events, lifecycle, logger } = services;
        const settings = readConfig(config);
        const { repository } = settings;
        const layout = repository && findLayout(layouts, repository.layout);
        const mirror =
          repository &&
          new Mirror({
            remote: repository.remote,
            branch: repository.branch,
            directory: repository.mirrorDirectory,
            timeoutMs: repository.timeoutMs,
            readCredentials: repository.readCredentials,
            logger,
          });
        const firstFetch = mirror && beginFetch(mirror);
        const knex = await openDatabase(database);
        lifecycle.addShutdownHook(
          keepStatistics(knex, {
            onError: error =>
              logger.debug('The database has no statistics', error as Error),
          }),
        );
        const hub = new ChangeHub({
          onError: error =>
            logger.error('A listener of changes failed', error as Error),
        });
        lifecycle.addShutdownHook(() => hub.close());
        await joinAlerts({ events, knex });
        // Links are measured whether or not a config repository is read.
        joinLatency({
          ...services,
          knex,
          hub,
          repository: REPOSITORY,
          sources: latencySources,
        });
        const links = joinLinks({
          ...services,
          knex,
          hub,
          repository: REPOSITORY,
          mirror,
        });

        const access = new AccessService(services);
        const answer = (
          releaseFiles: ReleaseFiles,
          pollIntervalMs = 0,
          writing: Pick<
            ReadingOptions,
            'uploads' | 'requests' | 'anchors' | 'openObjects'
          > = {},
        ) =>
          joinReading({
            ...services,
            ...writing,
            links: links.routes,
            access,
            knex,
            hub,
            releaseFiles,
            readRepositoryStatus: now =>
              readRepositoryStatus(knex, {
                repository: REPOSITORY,
                pollIntervalMs,
                now: now.getTime(),
              }),
          });

        if (!repository || !layout || !mirror) {
          await noteUnconfigured(knex, REPOSITORY);
          answer({ readReleaseFiles: async () => [] }).start();
          logger.warn(
            'No config repository is configured, so there is nothing to show; set groundControl.configRepository.url',
          );
          return;
        }
        const gitops = new GitopsService({
          knex,
          logger,
          hub,
          layout,
          repository: REPOSITORY,
          identity: { url: repository.remote.url, branch: repository.branch },
          environments: settings.environments,
          pollIntervalMs: repository.pollIntervalMs,
          mirror,
          firstFetch,
        });
        lifecycle.addShutdownHook(() => gitops.stop());
        await events.subscribe({
          id: 'ground-control-webhook',
          topics: [WEBHOOK_TOPIC],
          // Whatever the payload says, the answer is to look for ourselves.
          onEvent: () => gitops.wantFetch(),
        });
        const { artifactStore: stored, artifactPollIntervalMs } = settings;
        const store = artifactStore ?? (stored && createArtifactStore(stored));
        const storeOptions = {
          knex,
          hub,
          layout,
          repository: REPOSITORY,
          environments: settings.environments,
        };
        const uploads =
          store && isWritable(store)
            ? new ArtifactUploads({ ...storeOptions, store })
            : undefined;
        const requests = joinRequests({
          ...services,
          ...storeOptions,
          access,
          mirror,
          store,
          leads,
          policies,
          files: gitops.releaseFiles,
          wantFetch: () => gitops.wantFetch(),
        });
        answer(gitops.releaseFiles, repository.pollIntervalMs, {
          uploads,
          requests: requests.routes,
          anchors: requests.anchors,
          openObjects: () => mirror.objects(),
        }).start();
        await gitops.start();
        requests.start();
        joinClusters({
          ...services,
          knex,
          hub,
          layout,
          repository: REPOSITORY,
          environments: settings.environments,
          locator: clusterLocator,
        });

        if (store) {
          const artifacts = new ArtifactsService({
            ...storeOptions,
            logger,
            store,
            pollIntervalMs: artifactPollIntervalMs,
          });
          lifecycle.addShutdownHook(() => artifacts.stop());
          // Both read for seconds at first, and releases are asked for sooner.
          artifacts.start(gitops.firstLook);
        } else {
          await forgetStoreProblems(knex, REPOSITORY);
        }

        const { git, ...historySettings } = settings.sourceHistory;
        const history =
          sourceHistory ?? (git && new GitSourceHistory({ ...git, logger }));
        if (history) {
          const histories = new SourceHistoryService({
            ...historySettings,
            knex,
            logger,
            hub,
            history,
            repository: REPOSITORY,
            environments: settings.environments,
            mainBranch: parseSettings(config).mainBranch,
            firstAfterMs: SOURCE_HISTORY_AFTER_MS,
          });
          lifecycle.addShutdownHook(() => histories.stop());
          histories.start();
        } else {
          await forgetHistoryProblems(knex, REPOSITORY);
        }
      },
    });
  },
});

function findLayout(layouts: ReadonlyMap<string, Layout>, id: string): Layout {
  const layout = layouts.get(id);
  if (!layout) {
    const known = [...layouts.keys()].join(', ');
    throw new InputError(
      `groundControl.configRepository.layout: there is no layout ${id}; there are ${known}`,
    );
  }
  return layout;
}

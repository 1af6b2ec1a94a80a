import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { Mirror } from '@ground-control/backstage-plugin-ground-control-node';
import { ArtifactUploads, createArtifactStore, isWritable } from './artifacts';
import { joinAlerts } from './clusters/joinAlerts';
import { readRepositoryStatus, ReleaseFiles } from './gitops';
import { beginFetch } from './gitops/beginFetch';
import { findLayout } from './gitops/findLayout';
import { noteUnconfigured } from './gitops/noteUnconfigured';
import { joinArtifacts } from './joinArtifacts';
import { joinClusters } from './joinClusters';
import { joinGitops } from './joinGitops';
import { joinHistory } from './joinHistory';
import { joinLatency } from './joinLatency';
import { joinLinks } from './joinLinks';
import { joinReading, ReadingOptions } from './joinReading';
import { joinRequests } from './joinRequests';
import { joinTables } from './joinTables';
import { AccessService } from './permissions';
import { readConfig } from './readConfig';
import { registerExtensionPoints } from './registerExtensionPoints';

/** The first release of Ground Control reads one config repository. */
const REPOSITORY = 'default';

/**
 * The backend of Ground Control: reads the config repository into its
 * database, and answers from there.
 *
 * @public
 */
export const groundControlPlugin = createBackendPlugin({
  pluginId: 'ground-control',
  register(env) {
    const added = registerExtensionPoints(env);
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
        const { config, logger } = services;
        const settings = readConfig(config);
        const { environments, repository } = settings;
        const layout =
          repository && findLayout(added.layouts, repository.layout);
        const mirror =
          repository &&
          new Mirror({
            ...repository,
            directory: repository.mirrorDirectory,
            logger,
          });
        const firstFetch = mirror && beginFetch(mirror);
        const { knex, hub } = await joinTables(services);
        const access = new AccessService(services);
        const shared = {
          ...services,
          access,
          knex,
          hub,
          repository: REPOSITORY,
          environments,
        };

        // These tell and measure whether or not a config repository is read.
        await joinAlerts(shared);
        joinLatency({ ...shared, sources: added.latencySources });
        const links = await joinLinks({ ...shared, mirror });

        const answer = (
          releaseFiles: ReleaseFiles,
          pollIntervalMs = 0,
          writing: Pick<
            ReadingOptions,
            'uploads' | 'requests' | 'anchors' | 'openObjects'
          > = {},
        ) =>
          joinReading({
            ...shared,
            ...writing,
            links: links.routes,
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
        const { pollIntervalMs } = repository;
        const read = { ...shared, layout, mirror };
        const gitops = await joinGitops({
          ...read,
          identity: { url: repository.remote.url, branch: repository.branch },
          pollIntervalMs,
          firstFetch,
        });
        const store =
          added.artifactStore ??
          (settings.artifactStore &&
            createArtifactStore(settings.artifactStore));
        const requests = joinRequests({
          ...read,
          store,
          leads: added.leads,
          policies: added.policies,
          files: gitops.releaseFiles,
          entriesElsewhere: links.entriesElsewhere,
          wantFetch: () => gitops.wantFetch(),
        });
        answer(gitops.releaseFiles, pollIntervalMs, {
          uploads:
            store && isWritable(store)
              ? new ArtifactUploads({ ...read, store })
              : undefined,
          requests: requests.routes,
          anchors: requests.anchors,
          openObjects: () => mirror.objects(),
        }).start();
        await gitops.start();
        requests.start();
        joinClusters({ ...read, locator: added.clusterLocator });
        await joinArtifacts({
          ...read,
          store,
          pollIntervalMs: settings.artifactPollIntervalMs,
          // Both read for seconds at first, and releases are asked for sooner.
          after: gitops.firstLook,
        });
        await joinHistory({
          ...shared,
          settings: settings.sourceHistory,
          history: added.sourceHistory,
        });
      },
    });
  },
});

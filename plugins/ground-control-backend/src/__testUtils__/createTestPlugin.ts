import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { RepositoryStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { openDatabase } from '../database/openDatabase';
import { Uploads } from '../http';
import { joinReading } from '../joinReading';
import { AccessService } from '../permissions';
import { ChangeHub } from '../lib/ChangeHub';
import { ReleaseFilesReader } from '../releases/readManifestDiff';

/** What a test may replace: all that comes of a config repository. */
export interface TestPluginOptions {
  hub: ChangeHub;
  readRepositoryStatus(): RepositoryStatus;
  releaseFiles: ReleaseFilesReader;
  now(): Date;
  uploads?: Uploads;
}

/** The reading half of the plugin: routes, permissions and catalog, on rows. */
export function createTestPlugin(options: TestPluginOptions) {
  return createBackendPlugin({
    pluginId: 'ground-control',
    register(env) {
      env.registerInit({
        deps: {
          auditor: coreServices.auditor,
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          config: coreServices.rootConfig,
          database: coreServices.database,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.lifecycle,
          logger: coreServices.logger,
          permissions: coreServices.permissions,
          permissionsRegistry: coreServices.permissionsRegistry,
          signals: signalsServiceRef,
          userInfo: coreServices.userInfo,
        },
        async init(services) {
          const knex = await openDatabase(services.database);
          const catalog = joinReading({
            ...services,
            ...options,
            access: new AccessService(services),
            knex,
            readRepositoryStatus: async () => options.readRepositoryStatus(),
          });
          await catalog.refresh();
        },
      });
    },
  });
}

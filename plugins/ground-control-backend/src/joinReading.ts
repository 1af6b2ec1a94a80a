import {
  AuditorService,
  AuthService,
  HttpAuthService,
  HttpRouterService,
  LifecycleService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
  RootConfigService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { CatalogService as Catalog } from '@backstage/plugin-catalog-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { RepositoryStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { AnchorService } from './audit/AnchorService';
import { CatalogService } from './catalog';
import { CommitObjects } from './gitops/readCommitTrailers';
import { createRouter, LinkRoutes, RequestRoutes, Uploads } from './http';
import { ChangeHub } from './lib/ChangeHub';
import { AccessService, registerPermissions } from './permissions';
import { ChangeSignals, parseSettings, SquadMarks } from './releases';
import { decideSignals } from './releases/decideSignals';
import { ReleaseFilesReader } from './releases/readManifestDiff';

/** What the reading half of the plugin is joined with. */
export interface ReadingOptions {
  auth: AuthService;
  catalog: Catalog;
  config: RootConfigService;
  httpAuth: HttpAuthService;
  httpRouter: HttpRouterService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  signals: SignalsService;
  userInfo: UserInfoService;
  knex: Knex;
  hub: ChangeHub;
  access: AccessService;
  auditor: AuditorService;
  releaseFiles: ReleaseFilesReader;
  /** Absent without an artifact store that can be written. */
  uploads?: Uploads;
  /** What is known of links beside samples. */
  links?: LinkRoutes;
  /** Absent where no config repository is read. */
  requests?: RequestRoutes;
  /** Heads of the audit trail that commits hold; absent likewise. */
  anchors?: AnchorService;
  /** Local git objects of the config repository; absent likewise. */
  openObjects?(): Promise<CommitObjects>;
  readRepositoryStatus(now: Date): Promise<RepositoryStatus>;
  /** The clock; the system's by default. */
  now?(): Date;
}

/**
 * Joins all that answers: permissions, catalog, signals and routes. Needs no
 * config repository: without one, what is known is answered, and why it isn't
 * more.
 *
 * @returns the catalog service, to be started
 */
export function joinReading(options: ReadingOptions): CatalogService {
  const { hub } = options;
  const settings = parseSettings(options.config);
  const { repository } = settings;
  const signals = new ChangeSignals(options);
  const catalog = new CatalogService({
    ...options,
    repository,
    intervalMs: settings.catalogIntervalMs,
    onChange: () => signals.publish('releases'),
  });

  registerPermissions({ ...options, repository });
  options.httpRouter.use(
    createRouter({ ...options, ...options.links, settings }),
  );

  // Waited for by whoever wrote, so that the services stand when pages are told.
  hub.subscribe(change =>
    change.kind === 'services' ? catalog.derive(change.services) : undefined,
  );
  const marks = new SquadMarks({ ...options, settings });
  hub.subscribeGathered(async changes => {
    const { kinds, services } = decideSignals(changes);
    for (const kind of kinds) signals.publish(kind);
    if (!services) return;
    // Whoever can't be told apart is told.
    const concerned = await marks.markServices(services).catch(error => {
      options.logger.warn(`The squads of services are not known: ${error}`);
      return undefined;
    });
    signals.publish('releases', concerned);
  });
  options.lifecycle.addShutdownHook(async () => {
    signals.stop();
    await catalog.stop();
  });
  return catalog;
}

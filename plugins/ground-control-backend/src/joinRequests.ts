import {
  AuthService,
  LifecycleService,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { NotificationService } from '@backstage/plugin-notifications-node';
import {
  ArtifactStore,
  Layout,
  LeadResolver,
  Mirror,
  ReleasePolicy,
} from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { RecentReads } from './artifacts';
import { AnchorService } from './audit/AnchorService';
import { readAuditConfig } from './audit/readAuditConfig';
import { MirrorFiles } from './gitops/MirrorFiles';
import { RequestRoutes } from './http';
import { ChangeHub } from './lib/ChangeHub';
import { AccessReading, AskAccess, createAccessRequests } from './links/access';
import { FollowAccess } from './links/access/follow/FollowAccess';
import { AccessWriter } from './links/access/write/AccessWriter';
import { EntriesElsewhere } from './links/entries';
import { readGatewayConfig } from './links/entries/readGatewayConfig';
import { readLinkedPairs } from './links/readLinkedPairs';
import { AccessService } from './permissions';
import { createPolicyJudge, readPoliciesConfig } from './policies';
import { PoliciesService, PolicyEditor, PolicyWriter } from './policies/edit';
import { PauseWriter } from './policies/pauses/PauseWriter';
import { parseSettings } from './releases';
import { AutoReleases } from './requests/autoReleases/AutoReleases';
import { ExpiryService } from './requests/ExpiryService';
import { FollowService } from './requests/following/FollowService';
import { findAuthorAddress } from './requests/people/authorAddress';
import { CatalogLeads } from './requests/people/CatalogLeads';
import { CatalogPeople } from './requests/people/CatalogPeople';
import { DecidersService } from './requests/people/DecidersService';
import { RefusalBook } from './requests/RefusalBook';
import { RequestGate } from './requests/RequestGate';
import { readRequestsConfig } from './requests/readRequestsConfig';
import { ComparedFiles, RequestReading } from './requests/reading';
import { RequestsService } from './requests/RequestsService';
import { TellService } from './requests/telling';
import { WatchService } from './requests/watching';
import { CommitSettler, RequestWriter } from './requests/writing';
import { readWritingConfig } from './requests/writing/readWritingConfig';

/** What release requests are joined with. */
export interface RequestsOptions {
  access: AccessService;
  auth: AuthService;
  catalog: CatalogService;
  config: RootConfigService;
  events: EventsService;
  lifecycle: LifecycleService;
  logger: LoggerService;
  notifications: NotificationService;
  knex: Knex;
  hub: ChangeHub;
  /** The mirror that ingest of this process fetches. */
  mirror: Mirror;
  files: ComparedFiles;
  /** Where the gateway's entries lie, if not in the config repository. */
  entriesElsewhere?: EntriesElsewhere;
  layout: Layout;
  repository: string;
  /** In the order of promotion. */
  environments: string[];
  store?: ArtifactStore;
  /** Instead of the catalog's annotation. */
  leads?: LeadResolver;
  /** Added ones. */
  policies: ReleasePolicy[];
  /** Has ingest look for news. */
  wantFetch(): Promise<void>;
}

/** Joins all that takes requests from a wish to a running release. */
export function joinRequests(options: RequestsOptions): {
  routes: RequestRoutes;
  anchors: AnchorService;
  start(): void;
} {
  const { config, environments, knex, lifecycle, mirror } = options;
  const own = config.getOptionalConfig('groundControl');
  const settings = parseSettings(config);
  const requests = readRequestsConfig(own, environments);
  const writing = readWritingConfig(own);
  const openObjects = () => mirror.objects();

  const repositoryFiles = new MirrorFiles(mirror);
  const policySettings = readPoliciesConfig(
    own?.getOptionalConfig('policies'),
    environments,
  );
  const policies = createPolicyJudge({
    ...options,
    files: repositoryFiles,
    settings: policySettings,
    autoReleases: requests.autoReleases,
  });
  if (writing && !requests.trustedLocations) {
    throw new InputError(
      'groundControl.requests.trustedLocations is not set, so that whoever may edit a catalog file could make themselves a lead or a platform engineer. List there where the Groups and Users that count come from, such as url:https://git.example.com/platform/people/; releases are not written without it (groundControl.configRepository.writing)',
    );
  }
  const people = new CatalogPeople({ ...options, ...requests });
  const deciders = new DecidersService({
    knex,
    people,
    leads: options.leads ?? new CatalogLeads(people),
    platformEngineers: requests.platformEngineers,
  });
  const shared = {
    ...options,
    policies,
    people,
    deciders,
    settings,
    mainBranch: settings.mainBranch,
    canWrite: writing !== undefined,
  };
  const now = () => new Date();
  const gate = new RequestGate({
    ...shared,
    refusals: new RefusalBook(knex),
    now,
  });
  const gateway = {
    ...shared,
    files: options.entriesElsewhere?.files ?? repositoryFiles,
    gateway: readGatewayConfig(own),
    readLinkedPairs,
  };
  const askAccess = new AskAccess({ ...gateway, ...requests, gate });
  const accessRequests = createAccessRequests({
    ...gateway,
    asking: askAccess,
  });
  const judging = { ...shared, accessRequests };
  // What is written is read by the writer itself, and kept for nobody.
  const reads = options.store && new RecentReads(options.store);
  const service = new RequestsService({
    ...judging,
    ...requests,
    store: reads?.fresh,
    recentStore: reads?.recent,
  });
  const reading = new RequestReading({
    ...judging,
    store: reads?.recent,
    repositoryFiles,
    requests: service,
  });
  const editing = {
    ...shared,
    files: repositoryFiles,
    settings: policySettings,
    editor: new PolicyEditor({
      ...options,
      files: repositoryFiles,
      settings: policySettings,
    }),
    now,
  };
  const policyEditing = new PoliciesService({ ...editing, gate });
  const gatewayAccess = new AccessReading({
    ...gateway,
    permitAsking: (...args) => gate.permitAsking(...args),
  });

  const parts: Array<{ start(): void; stop(): Promise<void> }> = [
    new CommitSettler(options),
    new ExpiryService({ ...options, ...requests, judge: service.judge }),
    new FollowService({ ...options, ...requests }),
    new FollowAccess({ ...gateway, ...requests }),
    new TellService({
      ...options,
      toldOfOverrides: requests.toldOfOverrides,
      mainBranch: settings.mainBranch,
      listDeciders: async row => {
        const { authors, leads, platform } = await deciders.readDeciders({
          squadRef: row.squad_ref ?? undefined,
          platformNeeded: row.platform_needed,
          requestedBy: row.requested_by,
          authorAddress: findAuthorAddress(row),
        });
        return [...new Set([...leads, ...platform])].filter(
          ref => !authors.includes(ref),
        );
      },
      listLeads: async row => {
        const { leads } = await deciders.readDeciders({
          squadRef: row.squad_ref ?? undefined,
          platformNeeded: false,
        });
        return leads;
      },
    }),
    new WatchService({ ...options, judge: policies, openObjects }),
  ];
  if (writing) {
    parts.push(
      new RequestWriter({
        ...options,
        judge: service.judge,
        writing,
        others: [
          // Before policies, and so before the rollback that asked for it.
          new PauseWriter({ ...editing, autoReleases: requests.autoReleases }),
          new PolicyWriter({ ...editing, writing }),
          new AccessWriter({
            ...gateway,
            files: repositoryFiles,
            judge: service.judge,
            writing,
            now: Date.now,
          }),
        ],
      }),
    );
  }
  if (writing && requests.autoReleases) {
    parts.push(
      new AutoReleases({
        ...options,
        judge: policies,
        ask: (wish, actor) => service.askAutomatically(wish, actor),
      }),
    );
  }
  const anchors = new AnchorService({ ...options, ...readAuditConfig(own) });
  // Heads are noted while git has their commits: a history can be rewritten.
  options.hub.subscribeGathered(changes => {
    if (!changes.some(({ kind }) => kind === 'requests')) return;
    anchors.note().catch(error => {
      options.logger.warn('Noting heads of the audit trail failed', error);
    });
  });
  lifecycle.addShutdownHook(async () => {
    await Promise.all(parts.map(part => part.stop()));
  });
  return {
    routes: {
      service,
      reading,
      policies: policyEditing,
      gatewayAccess,
      askAccess,
    },
    anchors,
    start: () => parts.forEach(part => part.start()),
  };
}

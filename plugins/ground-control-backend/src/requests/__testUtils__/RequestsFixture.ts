import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  AskForReleases,
  ReleaseWish,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { group } from '../../__testUtils__/entities';
import { releaseManagerLayout } from '../../__testUtils__/testLayout';
import {
  artifactIdOf,
  commitOf,
  TestBuild,
  TestHistory,
} from '../../__testUtils__/TestHistory';
import { zipOf } from '../../artifacts/__testUtils__/rawZip';
import { FolderArtifactStore, RecentReads } from '../../artifacts';
import { Change, ChangeHub } from '../../lib/ChangeHub';
import { AccessService, serviceRules } from '../../permissions';
import { AccessRequests } from '../AccessRequests';
import { CatalogLeads } from '../people/CatalogLeads';
import { CatalogPeople } from '../people/CatalogPeople';
import { DecidersService } from '../people/DecidersService';
import { RefusalBook } from '../RefusalBook';
import { RequestGate } from '../RequestGate';
import { RequestsService } from '../RequestsService';
import { ScriptedPolicies } from './ScriptedPolicies';

export const SERVICE = { namespace: 'payments', name: 'ledger-api' };
export const PLATFORM = 'group:default/platform-engineers';
export const EXPIRE_AFTER_MS = 24 * 3_600_000;
const SQUAD = 'group:default/squad-ledger';

/** A User that is a member of Groups by relations. */
export function user(name: string, profile: object = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { profile: { displayName: name, ...profile } },
  };
}

/** A Group with members. */
export function groupOf(
  name: string,
  members: string[],
  leads?: string,
): Entity {
  return {
    ...group(name, undefined, leads),
    relations: members.map(member => ({
      type: 'hasMember',
      targetRef: `user:default/${member}`,
    })),
  };
}

/** Credentials of a person, in person. */
export function as(name: string): BackstageCredentials {
  return mockCredentials.user(`user:default/${name}`);
}

/** Release requests on real rows, a real store and a catalog that can change. */
export class RequestsFixture {
  readonly history: TestHistory;
  readonly policies = new ScriptedPolicies();
  readonly permissions = mockServices.permissions.mock();
  readonly hub: ChangeHub;
  readonly changes: Change[] = [];
  readonly access: AccessService;
  readonly gate: RequestGate;
  readonly deciders: DecidersService;
  readonly requests: RequestsService;
  readonly folder = mkdtempSync(join(tmpdir(), 'ground-control-store-'));
  readonly entities = new Map<string, Entity>();
  now = new Date('2026-03-03T12:00:00.000Z');
  /** What reading the store's files fails with. */
  storeFault?: string;
  /** What asking the catalog fails with. */
  catalogFault?: string;
  /** What takes the question, and never answers. */
  hanging?: 'store' | 'catalog';
  /** How often files were read from the store. */
  storeReads = 0;
  /** Whether views show what was read of the store for others. */
  remembersReads = false;
  private keys = 0;

  constructor(
    readonly knex: Knex,
    options: {
      trustedLocations?: string[];
      /** Joins what is needed for requests for access. */
      joinAccess?(fixture: RequestsFixture): AccessRequests;
    } = {},
  ) {
    this.history = new TestHistory(knex);
    this.hub = new ChangeHub({
      onError: error => {
        throw error;
      },
    });
    this.hub.subscribe(change => {
      this.changes.push(change);
    });
    const auth = mockServices.auth();
    const catalog = catalogServiceMock.mock({
      getEntitiesByRefs: async ({ entityRefs }) => {
        if (this.catalogFault) throw new Error(this.catalogFault);
        if (this.hanging === 'catalog') await new Promise(() => {});
        return { items: entityRefs.map(ref => this.entities.get(ref)) };
      },
    });
    const people = new CatalogPeople({ auth, catalog, ...options });
    this.deciders = new DecidersService({
      knex,
      people,
      leads: new CatalogLeads(people),
      platformEngineers: PLATFORM,
    });
    this.access = new AccessService({
      permissions: this.permissions,
      permissionsRegistry: mockServices.permissionsRegistry.mock({
        getPermissionRuleset: () =>
          ({ getRuleByName: () => serviceRules.hasSquad } as never),
      }),
    });
    const shared = { knex, repository: 'default', auth, access: this.access };
    const now = () => this.now;
    this.gate = new RequestGate({
      ...shared,
      people,
      refusals: new RefusalBook(knex),
      now,
    });
    const reads = new RecentReads(this.openStore());
    this.requests = new RequestsService({
      ...shared,
      hub: this.hub,
      layout: releaseManagerLayout,
      environments: ['dev', 'staging', 'prod'],
      mainBranch: 'master',
      store: reads.fresh,
      recentStore: {
        readFiles: (...args) =>
          reads[this.remembersReads ? 'recent' : 'fresh'].readFiles(...args),
      },
      canWrite: true,
      policies: this.policies,
      people,
      deciders: this.deciders,
      accessRequests: options.joinAccess?.(this),
      expireAfterMs: () => EXPIRE_AFTER_MS,
      now,
    });
    this.allow(() => true);
    this.put(
      user('ana.ruiz', { displayName: 'Ana Ruiz', email: 'ana@bank.example' }),
      user('dee.park', { displayName: 'Dee Park', email: 'dee@bank.example' }),
      user('eli.voss', { displayName: 'Eli Voss' }),
      user('flo.berg', { displayName: 'Flo Berg' }),
      user('pat.moss', { displayName: 'Pat Moss' }),
      groupOf(
        'squad-ledger',
        ['ana.ruiz', 'dee.park', 'eli.voss'],
        'user:default/dee.park,user:default/eli.voss',
      ),
      groupOf('squad-fx', ['flo.berg'], 'user:default/flo.berg'),
      groupOf('platform-engineers', ['pat.moss']),
    );
  }

  /** The store itself, but for faults that a test asks for. */
  private openStore(): FolderArtifactStore {
    const store = new FolderArtifactStore(this.folder);
    const readFiles = store.readFiles.bind(store);
    store.readFiles = async (...args) => {
      this.storeReads += 1;
      if (this.storeFault) throw new Error(this.storeFault);
      if (this.hanging === 'store') await new Promise(() => {});
      return readFiles(...args);
    };
    return store;
  }

  /** Puts entities into the catalog, or others in their place. */
  put(...entities: Entity[]): void {
    for (const entity of entities) {
      this.entities.set(stringifyEntityRef(entity), entity);
    }
  }

  /** Answers the permission framework's questions, by the permission's name. */
  allow(may: (permission: string) => boolean): void {
    this.permissions.authorizeConditional.mockImplementation(
      async questions =>
        questions.map(({ permission }) => ({
          result: may(permission.name)
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
        })) as never,
    );
  }

  /** Keeps an artifact in the store, and rows of it; another one with other files. */
  async store(build: TestBuild, files: string = 'kind: Deployment\n') {
    const { service, namespace = 'payments', number = 1 } = build;
    const id = artifactIdOf(build);
    const description = JSON.stringify({
      id,
      service,
      ...(namespace && { namespace }),
      application: {
        branch: build.branch ?? 'master',
        sha: commitOf(service, number),
      },
      ci: { end: '2026-03-01T08:00:00.000Z' },
      squad: build.squad ?? 'squad-ledger',
    });
    const environments = ['dev', 'staging', 'prod'];
    mkdirSync(join(this.folder, service), { recursive: true });
    writeFileSync(
      join(this.folder, service, id),
      zipOf({
        'artifact.json': description,
        ...Object.fromEntries(
          environments.map(env => [`${env}/40-deployment.yaml`, files]),
        ),
      }),
    );
    return this.history.build({ squad: 'squad-ledger', ...build });
  }

  remove(artifactId: string): void {
    rmSync(join(this.folder, SERVICE.name, artifactId));
  }

  /** A service of a squad, with a release of build 1 in prod and builds after it. */
  async fill(builds = 2): Promise<string[]> {
    const key = { repository: 'default', squad_source: 'catalog' };
    for (const [service, squad_ref] of [
      ['ledger-api', SQUAD],
      ['fx-api', 'group:default/squad-fx'],
    ]) {
      await this.knex('services').insert({
        ...key,
        namespace: 'payments',
        service,
        squad_ref,
        in_repository: true,
        in_catalog: true,
      });
    }
    await this.readWhole();
    for (const squad_ref of [SQUAD, 'group:default/squad-fx']) {
      await this.knex('squads').insert({
        squad_ref,
        title: squad_ref,
        observed_at: 0,
      });
    }
    const ids = [];
    for (let number = 1; number <= builds; number += 1) {
      ids.push(await this.store({ service: SERVICE.name, number }));
    }
    await this.history.release({
      service: SERVICE.name,
      environment: 'prod',
      squad: 'squad-ledger',
    });
    return ids;
  }

  /** As ingest leaves the row of the repository that it read up to its tip. */
  async readWhole(): Promise<void> {
    const row = {
      repository: 'default',
      url_hash: 'x',
      branch: 'master',
      tip: 'read',
      remote_tip: 'read',
      anew_since: null,
    };
    await this.knex('repositories')
      .insert(row)
      .onConflict('repository')
      .merge();
  }

  /** As ingest leaves the row while it reads the branch anew. */
  async readAnew(): Promise<void> {
    await this.knex('repositories').update({ anew_since: 1 });
  }

  /** Asks for a build as a person; another form each time. */
  ask(
    wish: Partial<ReleaseWish> & { artifactId?: string },
    options: { by?: string } & Partial<AskForReleases> = {},
  ) {
    this.keys += 1;
    const { by = 'ana.ruiz', ...more } = options;
    return this.requests
      .ask(as(by), {
        wishes: [
          {
            service: SERVICE,
            environment: 'prod',
            intent: 'release-artifact',
            ...wish,
          } as ReleaseWish,
        ],
        idempotencyKey: `key-${this.keys}`,
        ...more,
      })
      .then(([row]) => row);
  }

  /** What a person would be decided on now. */
  async evidence(number: number, by = 'dee.park'): Promise<string> {
    return (await this.requests.examine(as(by), number)).look.evidence;
  }

  async actions(): Promise<string[]> {
    return this.knex('audit_entries').orderBy('sequence').pluck('action');
  }

  async stop(): Promise<void> {
    this.hub.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

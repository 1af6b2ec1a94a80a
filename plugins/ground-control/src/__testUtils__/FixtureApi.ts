import {
  Activity,
  ActivityKind,
  Artifact,
  AskForReleases,
  AuditQuery,
  Board,
  BoardRow,
  ClusterDetail,
  ClusterList,
  DecideRequest,
  formatServiceRef,
  GroundControlApi,
  ManifestDiff,
  OverrideRequest,
  Release,
  ReleaseChoices,
  ReleaseIntent,
  ReleaseRequest,
  ReleaseWish,
  RepositoryStatus,
  RequestPreview,
  RequestQuery,
  ServiceDetail,
  ServiceRef,
  ProblemList,
} from '@ground-control/backstage-plugin-ground-control-common';
import { FixtureClusters, FixtureClusterSet } from './fixtureClusters';
import { FixtureRequests } from './FixtureRequests';
import { makeVerdict } from './makeRequest';

const ENVIRONMENTS = ['dev', 'staging', 'prod'];
const KINDS = ['api', 'worker', 'gateway', 'sync', 'store'];
const PEOPLE = ['Ana Ruiz', 'Bo Lind', 'Cy Holm', 'Dee Park', 'Eli Voss'];
const SQUADS = ['ledger', 'pay', 'card', 'kyc', 'fx', 'loan', 'auth', 'notify'];

/** How large the fixture is, and of what moment. */
export interface FixtureOptions {
  services?: number;
  /** Milliseconds since 1970. */
  now?: number;
  /** Refs of the reader's squads; ledger by default. */
  mine?: string[];
  repository?: Partial<RepositoryStatus>;
  /** None by default: what is only recorded. */
  clusters?: FixtureClusters;
}

function hex(seed: number, digits: number): string {
  let text = '';
  for (let i = 0; text.length < digits; i++) {
    // Knuth's multiplicative hash: the same digits in every run.
    text += (Math.imul(seed * 31 + i + 1, 2654435761) >>> 0)
      .toString(16)
      .padStart(8, '0');
  }
  return text.slice(0, digits);
}

const squadRef = (i: number) =>
  `group:default/${SQUADS[i % SQUADS.length]}${
    i < SQUADS.length ? '' : Math.floor(i / SQUADS.length)
  }`;

function artifactOf(service: ServiceRef, build: number): Artifact {
  const seed = build * 97 + service.name.length * 13;
  const commit = hex(seed, 40);
  return {
    id: `master-${commit.slice(0, 10)}-${hex(seed + 1, 10)}`,
    service: service.name,
    namespace: service.namespace,
    branch: build % 9 === 0 ? 'fix/rounding-of-interest' : 'master',
    commit,
    message: 'Fix rounding in interest accrual\n\nLonger text.',
    author: { name: PEOPLE[build % PEOPLE.length], email: 'a@example.com' },
    commitUrl: `https://git.example.com/${service.name}/commit/${commit}`,
    ciUrl: `https://ci.example.com/${service.name}/${build}`,
    builtAt: '2026-11-20T10:00:00.000Z',
    tests:
      build % 5 === 0
        ? undefined
        : { passed: 412, failed: build % 4 === 0 ? 2 : 0, skipped: 3 },
    vulnerabilities:
      build % 3 === 0
        ? undefined
        : {
            code: { high: 0, medium: 2, low: 5 },
            image: { high: build % 2, medium: 1, low: 0 },
          },
    images: [],
  };
}

function rowOf(i: number, nowSeconds: number): BoardRow {
  const squads = Math.max(SQUADS.length, 1);
  const squad = i % (squads * 3);
  const service = {
    namespace: SQUADS[squad % squads],
    name: `${SQUADS[squad % squads]}-${KINDS[i % KINDS.length]}-${i}`,
  };
  const catalogOnly = i % 61 === 60;
  const repositoryOnly = i % 53 === 52;
  const cells = ENVIRONMENTS.map((_, environment) => {
    const never = catalogOnly || (environment === 2 && i % 29 === 28);
    if (never) return { state: 'not-released' as const };
    const build = i * 7 + (environment === 2 && i % 3 === 0 ? 1 : 2);
    const artifact = artifactOf(service, build);
    return {
      state:
        environment === 1 && i % 41 === 40
          ? ('problem' as const)
          : ('recorded' as const),
      artifactId: artifact.id,
      commit: artifact.commit!.slice(0, 7),
      ...(artifact.branch !== 'master' && { branch: artifact.branch }),
      releasedAt: nowSeconds - (environment + 1) * (i + 1) * 540,
      releasedBy: PEOPLE[(i + environment) % PEOPLE.length],
      ...(environment === 2 && { behind: i % 3 === 0 ? (i % 7) + 1 : 0 }),
      ...(environment === 1 && i % 17 === 5 && { planDiffers: true }),
      ...(environment === 2 && i % 23 === 7 && { rollback: true }),
    };
  });
  const row: BoardRow = {
    service,
    presence: 'both',
    problems: cells.filter(cell => cell.state === 'problem').length,
    cells,
  };
  if (i % 97 !== 96) row.squad = squadRef(squad);
  if (catalogOnly) row.presence = 'catalog-only';
  if (repositoryOnly) row.presence = 'repository-only';
  else row.entityRef = `component:default/${service.name}`;
  return row;
}

const INTENTS: ReleaseIntent[] = [
  'release-artifact',
  'promote',
  'auto-release',
  'rollback',
  'release-branch',
];

function releaseOf(
  service: ServiceRef,
  environment: string,
  position: number,
  now: number,
  current: boolean,
): Release {
  const artifact = artifactOf(service, position);
  const age = (1000 - position) * 3_600_000;
  const release: Release = {
    service,
    environment,
    position,
    revision: hex(position, 40),
    revisionUrl: `https://git.example.com/config/commit/${hex(position, 40)}`,
    releasedAt: new Date(now - age).toISOString(),
    intent: INTENTS[position % INTENTS.length],
    releasedBy: { name: PEOPLE[position % PEOPLE.length], email: '' },
    artifact,
    problems: [],
  };
  if (!current) {
    release.replacedAt = new Date(now - age + 3_000_000).toISOString();
  }
  if (release.intent === 'promote') release.fromEnvironment = 'dev';
  if (release.intent === 'rollback') {
    release.leftArtifactId = artifactOf(service, position - 1).id;
  }
  return release;
}

/**
 * A backend in memory, the same in every run: for tests of components and for
 * trying the plugin alone.
 */
export class FixtureApi implements GroundControlApi {
  readonly now: number;
  board: Board;
  readonly clusters: FixtureClusterSet;
  readonly requestSet: FixtureRequests;

  constructor(options: FixtureOptions = {}) {
    this.now = options.now ?? Date.parse('2026-11-21T01:00:00.000Z');
    const nowSeconds = Math.floor(this.now / 1000);
    this.clusters = new FixtureClusterSet(options.clusters ?? 'none', this.now);
    this.requestSet = new FixtureRequests(this.now);
    const rows = Array.from({ length: options.services ?? 24 }, (_, i) => {
      const row = rowOf(i, nowSeconds);
      return {
        ...row,
        cells: ENVIRONMENTS.map((environment, column) =>
          this.clusters.cellOf(row, environment, column),
        ),
      };
    });
    const refs = [...new Set(rows.flatMap(row => row.squad ?? []))];
    this.board = {
      asOf: new Date(this.now).toISOString(),
      repository: {
        state: 'fresh',
        branch: 'main',
        revision: hex(7, 40),
        position: 9000,
        committedAt: new Date(this.now - 60_000).toISOString(),
        observedAt: new Date(this.now - 12_000).toISOString(),
        ...options.repository,
      },
      environments: ENVIRONMENTS,
      mainBranch: 'master',
      clusters: this.clusters.ofBoard,
      squads: refs.map((ref, i) => ({
        ref,
        title: ref.replace('group:default/', 'squad-'),
        inCatalog: i % 11 !== 10,
      })),
      mine: options.mine ?? ['group:default/ledger'],
      rows,
    };
  }

  async getBoard(query: Parameters<GroundControlApi['getBoard']>[0]) {
    const { squad, entity } = query;
    return {
      ...this.board,
      rows: this.board.rows.filter(row => {
        if (entity) return row.entityRef === entity;
        if (Array.isArray(squad)) return squad.includes(row.squad ?? '');
        return squad === 'mine'
          ? this.board.mine.includes(row.squad ?? '')
          : true;
      }),
    };
  }

  async getService(service: ServiceRef): Promise<ServiceDetail> {
    const row = this.board.rows.find(
      each => formatServiceRef(each.service) === formatServiceRef(service),
    );
    if (!row) {
      throw Object.assign(new Error('No such service'), { statusCode: 404 });
    }
    return {
      asOf: this.board.asOf,
      service,
      squad: row.squad,
      presence: row.presence,
      entityRef: row.entityRef,
      artifactSquad: 'group:default/pay',
      environments: ENVIRONMENTS.map((environment, i) => ({
        environment,
        current:
          row.cells[i].state === 'not-released'
            ? undefined
            : releaseOf(service, environment, 1000 - i, this.now, true),
        ...(i > 0 && { behind: i - 1, behindOf: ENVIRONMENTS[i - 1] }),
        clusters: this.clusters.placesOf(row, environment, i),
        links: [
          { title: 'Logs', kind: 'logs', url: 'https://logs.example.com/' },
          { title: 'Traces', kind: 'traces', url: 'https://t.example.com/' },
        ],
      })),
      problems: row.problems
        ? [
            {
              code: 'artifact-invalid',
              message:
                'artifact.json can’t be read: unexpected end of input. Release the service again.',
              path: `staging/releases/staging/${service.name}/artifact.json`,
              service,
              environment: 'staging',
              since: new Date(this.now - 7_200_000).toISOString(),
            },
          ]
        : [],
    };
  }

  async getReleases(
    service: ServiceRef,
    query: { environment?: string; before?: string; limit?: number },
  ) {
    const limit = query.limit ?? 50;
    const start = query.before ? Number(query.before) : 1000;
    const items: Release[] = [];
    let position = start;
    for (; items.length < limit && position > 900; position--) {
      const environment = ENVIRONMENTS[(1000 - position) % 3];
      if (!query.environment || query.environment === environment) {
        const current = position > 997;
        items.push(
          releaseOf(service, environment, position, this.now, current),
        );
      }
    }
    return {
      asOf: this.board.asOf,
      items,
      ...(position > 900 && { next: String(position) }),
    };
  }

  async getManifestDiff(
    service: ServiceRef,
    from: { environment: string; position: number },
    to: { environment: string; position: number },
  ): Promise<ManifestDiff> {
    return {
      from: releaseOf(
        service,
        from.environment,
        from.position,
        this.now,
        false,
      ),
      to: releaseOf(service, to.environment, to.position, this.now, false),
      unchangedFiles: 4,
      files: [
        {
          path: 'deployment.yaml',
          change: 'modified',
          added: 2,
          removed: 1,
          hunks: [
            {
              oldStart: 10,
              newStart: 10,
              lines: [
                '       containers:',
                '         - name: app',
                '-          memory: 512Mi',
                '+          memory: 768Mi',
                '+          # a very long comment that does not fit the width of a phone or of a narrow panel and so has to scroll sideways',
                '           ports: []',
              ],
            },
          ],
        },
        {
          path: 'secret.yaml',
          change: 'modified',
          added: 0,
          removed: 0,
          hunks: [],
          masked: { changed: true },
        },
        {
          path: 'dump.bin',
          change: 'added',
          added: 0,
          removed: 0,
          hunks: [],
          omitted: 'binary',
        },
      ],
    };
  }

  async getActivity(query: Parameters<GroundControlApi['getActivity']>[0]) {
    const start = query.before ? Number(query.before) : 400;
    const limit = query.limit ?? 50;
    const items: Activity[] = [];
    let position = start;
    for (; items.length < limit && position > 0; position--) {
      const kinds: ActivityKind[] = ['release', 'policy', 'manifest', 'other'];
      const kind = position % 5 > 1 ? 'release' : kinds[position % 4];
      const row = this.board.rows[position % this.board.rows.length];
      const environment = ENVIRONMENTS[position % 3];
      const activity: Activity = {
        position,
        revision: hex(position, 40),
        committedAt: new Date(
          this.now - (400 - position) * 1_500_000,
        ).toISOString(),
        kind,
        title: `[${environment}/${row.service.name}] ${kind} by CI`,
        by: { name: PEOPLE[position % PEOPLE.length], email: '' },
        services:
          kind === 'release' || kind === 'manifest'
            ? [
                {
                  service: row.service,
                  environment,
                  artifactId: row.cells[0].artifactId,
                },
              ]
            : [],
      };
      if (position % 37 === 0) activity.onlyLooksLikeRelease = true;
      const matches =
        (!query.kinds || query.kinds.includes(kind)) &&
        (!query.text || activity.title.includes(query.text));
      if (matches) items.push(activity);
    }
    return {
      asOf: this.board.asOf,
      items,
      ...(position > 0 && { next: String(position) }),
    };
  }

  async findCommit(query: string) {
    const readAs = /^[0-9a-f]{7,40}$/.test(query)
      ? ('commit' as const)
      : ('unclear' as const);
    const row = this.board.rows.find(each =>
      each.cells.some(cell => cell.commit === query.slice(0, 7)),
    );
    const artifact = row && {
      ...artifactOf(row.service, 4),
      id: row.cells[0].artifactId!,
    };
    return {
      asOf: this.board.asOf,
      query,
      readAs,
      matches:
        row && artifact
          ? [
              {
                service: row.service,
                squad: row.squad,
                artifact,
                places: [
                  {
                    environment: 'dev',
                    status: 'current' as const,
                    since: '2026-11-20T09:00:00.000Z',
                  },
                  {
                    environment: 'staging',
                    status: 'past' as const,
                    since: '2026-11-18T09:00:00.000Z',
                    until: '2026-11-19T10:30:00.000Z',
                    currentArtifactId: row.cells[1].artifactId,
                  },
                  { environment: 'prod', status: 'never' as const },
                ],
              },
            ]
          : [],
      more: false,
    };
  }

  private detailOf(name: string) {
    const status = this.clusters.statuses.find(each => each.name === name);
    if (!status) {
      throw Object.assign(new Error('No such cluster'), { statusCode: 404 });
    }
    const { rows, asOf } = this.board;
    return this.clusters.detailOf(status, rows, ENVIRONMENTS, asOf);
  }

  async getClusters(): Promise<ClusterList> {
    return {
      asOf: this.board.asOf,
      items: this.clusters.statuses.map(({ name }) => this.detailOf(name)),
    };
  }

  async getCluster(name: string): Promise<ClusterDetail> {
    return this.detailOf(name);
  }

  async getProblems(): Promise<ProblemList> {
    return { asOf: this.board.asOf, items: [] };
  }

  async getRepositoryStatus() {
    return this.board.repository;
  }

  async getReleaseChoices(
    service: ServiceRef,
    environment: string,
  ): Promise<ReleaseChoices> {
    return {
      asOf: this.board.asOf,
      current: releaseOf(service, environment, 998, this.now, true),
      candidates: [7, 6, 5, 4].map((build, i) => ({
        artifact: artifactOf(service, build),
        runsIn: i === 1 ? ['staging'] : [],
        stored: true,
        recommended: i === 1,
      })),
      rollbacks: [995, 992].map((position, i) => ({
        release: releaseOf(service, environment, position, this.now, false),
        healthyForSeconds: 3_000,
        recommended: i === 0,
      })),
      branches: ['master'],
      ask: { allowed: true },
    };
  }

  async previewRequests(wishes: ReleaseWish[]): Promise<RequestPreview[]> {
    const [{ deciders, changes, targetClusters, request }] =
      this.requestSet.details;
    return wishes.map(wish => ({
      wish,
      ask: { allowed: true },
      artifactId: artifactOf(wish.service, 6).id,
      verdicts: [makeVerdict('branch'), makeVerdict('soak', 'warning')],
      requirement: request.requirement,
      deciders,
      changes,
      diff: this.requestSet.diff,
      targetClusters,
      supersedes: [],
    }));
  }

  async askForReleases(ask: AskForReleases): Promise<ReleaseRequest[]> {
    return ask.wishes.map(wish => {
      const asked = this.requestSet.repeat('REQ-1042');
      asked.request.service = wish.service;
      asked.request.environment = wish.environment;
      return asked.request;
    });
  }

  async getRequests(query: RequestQuery) {
    return this.requestSet.list(query);
  }

  async getRequest(id: string) {
    return this.requestSet.read(id);
  }

  async getRequestDiff(_id: string) {
    return this.requestSet.diff;
  }

  async decideRequest(id: string, decision: DecideRequest) {
    return this.requestSet.decide(id, decision);
  }

  async overrideRequest(id: string, override: OverrideRequest) {
    return this.requestSet.override(id, override);
  }

  async cancelRequest(id: string) {
    return this.requestSet.cancel(id);
  }

  async repeatRequest(id: string, _idempotencyKey: string) {
    return this.requestSet.repeat(id);
  }

  async getAudit(query: AuditQuery) {
    return this.requestSet.audit(query);
  }

  async verifyAudit() {
    return this.requestSet.verify();
  }
}

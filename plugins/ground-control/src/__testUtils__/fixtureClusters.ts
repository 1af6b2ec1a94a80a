import {
  BoardCell,
  BoardCluster,
  BoardRow,
  CLUSTER_SERVICE_STATES,
  ClusterConnection,
  ClusterConnectionState,
  ClusterDetail,
  ClusterService,
  ClusterServiceReason,
  ClusterServiceState,
  ClusterStatus,
  ServiceCluster,
  summarizeClusterStates,
} from '@ground-control/backstage-plugin-ground-control-common';

/** Clusters of a fixture: `well` are all live, `mixed` are in every state. */
export type FixtureClusters = 'none' | 'well' | 'mixed';

type Place = [
  name: string,
  provider: string,
  region: string,
  environment?: string,
];

const PLACES: Place[] = [
  ['aws-prod-1', 'aws', 'eu-west-1', 'prod'],
  ['az-prod-1', 'azure', 'westeurope', 'prod'],
  ['gcp-prod-1', 'gcp', 'europe-west1', 'prod'],
  ['aws-prod-2', 'aws', 'eu-north-1', 'prod'],
  ['az-stg-1', 'azure', 'northeurope', 'staging'],
  ['gcp-dev-1', 'gcp', 'europe-north1', 'dev'],
  ['platform', 'aws', 'eu-west-1'],
];

/** Clusters that `mixed` adds, one for each state of a connection that the others aren't in. */
const MORE: [Place, ClusterConnectionState][] = [
  [['aws-lab-1', 'aws', 'eu-west-1'], 'unauthorized'],
  [['az-lab-1', 'azure', 'westeurope'], 'forbidden'],
  [['gcp-lab-1', 'gcp', 'europe-west1'], 'mistaken'],
  [['aws-lab-2', 'aws', 'eu-west-1'], 'untrusted'],
  [['az-lab-2', 'azure', 'westeurope'], 'failing'],
  [['gcp-lab-2', 'gcp', 'europe-west1'], 'stale'],
  [['aws-lab-3', 'aws', 'eu-west-1'], 'starting'],
];

const MIXED: Record<string, ClusterConnectionState> = {
  'az-prod-1': 'unreachable',
  'az-stg-1': 'syncing',
};

const FAULTS: Partial<Record<ClusterConnectionState, string>> = {
  stale: 'Last heard of 6 min ago; nobody watches it.',
  unreachable: 'No answer within 5 s from https://az-prod-1.example.com.',
  unauthorized: 'GET /version answered 401: token expired.',
  forbidden: 'kustomizations: 403, the ClusterRole is not bound.',
  mistaken: 'It names itself gcp-lab-9.',
  untrusted: 'The certificate is for old.example.com.',
  failing: 'GET /apis answered 500 three times.',
};

const BAD: [ClusterServiceState, ClusterServiceReason, string][] = [
  [
    'failed',
    'crash-loop',
    'Deployment pay-worker-9: container app ended with code 1, 7 times in 12 min',
  ],
  ['failed', 'apply-failed', 'Deployment.apps "x" is invalid: spec.selector'],
  ['drifted', 'runs-another-artifact', 'another artifact runs'],
  ['suspended', 'suspended', 'the Kustomization is suspended'],
  ['unknown', 'revision-unknown', 'main@sha1:1f2e3d4c'],
  ['rolling-out', 'progressing', '2 out of 4 new replicas have been updated'],
  ['pending', 'waits-for-source', ''],
];

/** The same clusters in every run, and how the services stand in them. */
export class FixtureClusterSet {
  readonly statuses: ClusterStatus[];

  constructor(
    private readonly kind: FixtureClusters,
    private readonly now: number,
  ) {
    const places: [Place, ClusterConnectionState][] = PLACES.map(place => [
      place,
      kind === 'mixed' ? MIXED[place[0]] ?? 'live' : 'live',
    ]);
    if (kind === 'mixed') places.push(...MORE);
    this.statuses =
      kind === 'none'
        ? []
        : places.map(([place, state], i) => this.statusOf(place, state, i));
  }

  private ago(seconds: number): string {
    return new Date(this.now - seconds * 1000).toISOString();
  }

  private connectionOf(state: ClusterConnectionState): ClusterConnection {
    const heard = state === 'live' || state === 'syncing';
    const connection: ClusterConnection = {
      state,
      since: this.ago(heard ? 200_000 : 380),
    };
    if (FAULTS[state]) connection.reason = FAULTS[state];
    if (state !== 'starting') {
      connection.observedAt = this.ago(heard ? 2 : 400);
      connection.lastEventAt = this.ago(heard ? 75 : 460);
    }
    return connection;
  }

  private statusOf(
    [name, provider, region, environment]: Place,
    state: ClusterConnectionState,
    index: number,
  ): ClusterStatus {
    const mixed = this.kind === 'mixed';
    const never = state === 'starting';
    const status: ClusterStatus = {
      name,
      provider,
      region,
      entityRef: `resource:default/${name}`,
      connection: this.connectionOf(state),
      identity:
        state === 'mistaken'
          ? { state: 'mistaken', reported: 'gcp-lab-9' }
          : { state: 'confirmed', reported: name },
      sync: { revision: '4f2c1aa7b9d8e6f5', position: 9000, commitsBehind: 0 },
      services: Object.fromEntries(
        CLUSTER_SERVICE_STATES.map(each => [each, 0]),
      ) as ClusterStatus['services'],
      kubernetesVersion: '1.31.4',
      fluxVersion: '2.4.0',
      nodes: { ready: 6, total: 6 },
      containers: 181,
    };
    if (environment) status.environment = environment;
    if (name === 'platform') status.role = 'observability';
    if (never) {
      status.sync = {};
      status.identity = { state: 'unknown' };
      delete status.kubernetesVersion;
      delete status.fluxVersion;
      delete status.nodes;
      delete status.containers;
    }
    if (environment === 'prod') {
      status.routing = {
        annotations: [
          { key: 'external-dns.alpha.kubernetes.io/aws-weight', value: '100' },
        ],
        dryRun: false,
      };
    }
    if (mixed && name === 'gcp-prod-1') {
      status.sync = {
        revision: '0bd8812c7b9d8e6f',
        position: 8988,
        commitsBehind: 12,
        secondsBehind: 1_260,
        fetched: { revision: '77ce0124d1f0a2b3', position: 8990 },
        fault: 'failed to checkout: ssh: handshake failed',
      };
      status.nodes = { ready: 5, total: 6 };
    }
    if (mixed && name === 'aws-prod-2') {
      status.recovery = {
        startedAt: this.ago(1_500),
        apiReachableAt: this.ago(1_100),
        fluxReadyAt: this.ago(820),
        firstRevisionAt: this.ago(700),
        ready: 310,
        total: 452,
      };
    }
    if (name === 'gcp-dev-1') status.recovery = this.earlierRecovery(index);
    return status;
  }

  private earlierRecovery(days: number) {
    const start = days * 86_400;
    return {
      startedAt: this.ago(start),
      apiReachableAt: this.ago(start - 540),
      fluxReadyAt: this.ago(start - 760),
      firstRevisionAt: this.ago(start - 800),
      allReadyAt: this.ago(start - 1_530),
    };
  }

  /** Those that carry an environment, as boards name them. */
  get ofBoard(): BoardCluster[] {
    return this.statuses.flatMap(
      ({ name, environment, provider, region, connection }) =>
        environment
          ? [{ name, environment, provider, region, connection }]
          : [],
    );
  }

  private stateOf(cluster: BoardCluster, seed: number): ServiceCluster {
    const { name, environment, connection } = cluster;
    const place: ServiceCluster = {
      cluster: name,
      environment,
      state: 'reconciled',
      reason: 'applied',
      since: this.ago(3_600 + seed * 60),
      observedAt: connection.observedAt,
      replicas: { ready: 3, desired: 3 },
    };
    if (connection.state === 'unreachable') {
      return { ...place, state: 'stale', reason: 'not-heard-of' };
    }
    const turn = (seed * 7 + name.length * 3) % 31;
    const bad = this.kind === 'mixed' ? BAD[turn] : undefined;
    if (!bad) return place;
    const [state, reason, message] = bad;
    place.state = state;
    place.reason = reason;
    if (message) place.message = message;
    if (state === 'failed') place.replicas = { ready: 1, desired: 3 };
    if (state === 'drifted') {
      place.runningArtifactId = 'master-77ce012a11-0000000000';
    }
    if (state === 'suspended') {
      place.blockedBy = {
        kind: 'Kustomization',
        namespace: 'flux-system',
        name: 'infrastructure',
        why: 'suspended',
      };
    }
    return place;
  }

  /** How a service stands in an environment's clusters; empty where nothing is released. */
  placesOf(row: BoardRow, environment: string, column: number) {
    if (row.cells[column].state === 'not-released') return [];
    const seed = [...row.service.name].reduce(
      (sum, letter) => sum * 31 + letter.charCodeAt(0),
      7,
    );
    return this.ofBoard
      .filter(cluster => cluster.environment === environment)
      .map(cluster => this.stateOf(cluster, seed % 9973));
  }

  /** A cell as the clusters let it be. */
  cellOf(row: BoardRow, environment: string, column: number): BoardCell {
    const cell = row.cells[column];
    const clusters = this.placesOf(row, environment, column).map(
      ({ state }) => state,
    );
    const summary = summarizeClusterStates(clusters);
    if (!summary) return cell;
    return {
      ...cell,
      state: cell.state === 'recorded' ? summary : cell.state,
      clusters,
    };
  }

  /** A cluster with what isn't well in it. */
  detailOf(
    status: ClusterStatus,
    rows: BoardRow[],
    environments: string[],
    asOf: string,
  ): ClusterDetail {
    const services: ClusterService[] = rows.flatMap(row =>
      environments.flatMap((environment, column) =>
        this.placesOf(row, environment, column)
          .filter(({ cluster }) => cluster === status.name)
          .map(place => ({ ...place, service: row.service, squad: row.squad })),
      ),
    );
    const rank = ({ state }: ClusterService) =>
      CLUSTER_SERVICE_STATES.indexOf(state);
    const read = status.connection.state !== 'starting';
    return {
      ...this.counted(status, services),
      asOf,
      kinds: [
        {
          kind: 'kustomizations.kustomize.toolkit.fluxcd.io',
          state: read ? 'live' : 'starting',
          objects: read ? services.length : 0,
        },
        { kind: 'deployments.apps', state: 'live', objects: services.length },
        {
          kind: 'nodes',
          state: 'forbidden',
          reason: '403: nodes is forbidden for this account',
          objects: 0,
        },
        {
          kind: 'fluxreports.fluxcd.controlplane.io',
          state: 'absent',
          objects: 0,
        },
      ],
      attention: services
        .filter(({ state }) => state !== 'reconciled')
        .sort((a, b) => rank(a) - rank(b)),
      recoveries: status.recovery
        ? [status.recovery, this.earlierRecovery(40)]
        : [],
      problems: [],
    };
  }

  /** A cluster with its services counted. */
  counted(status: ClusterStatus, services: ServiceCluster[]): ClusterStatus {
    const counts = { ...status.services };
    services.forEach(({ state }) => {
      counts[state] += 1;
    });
    return { ...status, services: counts };
  }
}

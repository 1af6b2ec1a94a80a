import {
  LatencyWindow,
  LATENCY_WINDOWS,
  LinkCell,
  LinkCluster,
  LinkCode,
  LinkFacts,
  LinkMatrix,
  LinkPair,
  LinkPoint,
  LinkQuery,
  LinkState,
  LinkTrustNotice,
} from '@ground-control/backstage-plugin-ground-control-common';

const STEPS: Record<LatencyWindow, number> = {
  '5m': 15,
  '1h': 60,
  '24h': 300,
  '7d': 3_600,
};
const SECONDS: Record<LatencyWindow, number> = {
  '5m': 300,
  '1h': 3_600,
  '24h': 86_400,
  '7d': 604_800,
};
const NEEDED = { p50: 10, p95: 100, p99: 500 };
const PERCENTILE_FACTOR = { p50: 0.7, p95: 1, p99: 1.5 };
const PROVIDERS = ['aws', 'azure', 'gcp'];
const REGIONS = ['eu-west-1', 'westeurope', 'europe-west1'];
const MEASURE_INTERVAL_S = 5;

const NAMES: [string, number, string][] = [
  ['aws-prod-1', 0, 'prod'],
  ['aws-prod-2', 0, 'prod'],
  ['az-prod-1', 1, 'prod'],
  ['az-prod-2', 1, 'prod'],
  ['gcp-prod-1', 2, 'prod'],
  ['gcp-prod-2', 2, 'prod'],
  ['aws-stg-1', 0, 'staging'],
];

/** What is said of a link beside its state. */
type Said = { state: LinkState; code: LinkCode } & Partial<LinkCell>;

// One link of each state, and of the codes that look different.
const SAID: Record<string, Said> = {
  'aws-prod-1 gcp-prod-1': { state: 'high', code: 'slower', valueMs: 124 },
  'aws-prod-2 az-prod-1': { state: 'down', code: 'all-lost', loss: 1 },
  'az-prod-1 aws-prod-1': {
    state: 'elevated',
    code: 'slower',
    valueMs: 33,
    approximate: true,
  },
  'az-prod-1 gcp-prod-2': { state: 'high', code: 'no-answer' },
  'gcp-prod-1 az-prod-2': { state: 'elevated', code: 'loss', loss: 0.018 },
  'gcp-prod-2 aws-prod-2': { state: 'hidden', code: 'hidden' },
  'gcp-prod-2 az-prod-1': { state: 'normal', code: 'no-baseline' },
  'aws-prod-1 aws-prod-2': { state: 'never-sampled', code: 'not-sampled' },
};

/** How many clusters there are, and how they are: `mixed` shows every state. */
export type FixtureLinkKind = 'mixed' | 'none' | number;

/** Links of a backend in memory, the same in every run. */
export class FixtureLinks {
  clusters: LinkCluster[];
  cells: LinkCell[];
  trust: LinkTrustNotice[] = [];
  private readonly now: number;
  private readonly kind: FixtureLinkKind;

  constructor(kind: FixtureLinkKind, now: number) {
    this.now = now;
    this.kind = kind;
    const names =
      kind === 'mixed'
        ? NAMES
        : Array.from(
            { length: kind === 'none' ? 0 : kind },
            (_, i): [string, number, string] => [
              `${PROVIDERS[i % 3]}-prod-${Math.floor(i / 3) + 1}`,
              i % 3,
              'prod',
            ],
          );
    this.clusters = names.map(([name, provider, environment]) => ({
      name,
      provider: PROVIDERS[provider],
      region: REGIONS[provider],
      environment,
      source: { state: 'fresh', sampledAt: this.ago(4), reason: null },
    }));
    this.cells = this.clusters.flatMap(({ name: from }, row) =>
      this.clusters
        .filter(({ name: to }) => to !== from)
        .map(({ name: to }, column) => this.cell(from, to, row * 7 + column)),
    );
    if (kind !== 'mixed') return;
    this.putSource('az-prod-2', {
      state: 'unreachable',
      sampledAt: this.ago(360),
      reason: 'connect ECONNREFUSED 10.3.0.9:9740',
    });
    this.putSource('aws-stg-1', {
      state: 'none',
      sampledAt: null,
      reason: null,
    });
    this.cells = this.cells.filter(({ from }) => from !== 'aws-stg-1');
    this.trust = [
      {
        from: 'aws-prod-1',
        to: 'gcp-prod-1',
        trust: 'expiring',
        endsAt: this.ago(-12 * 86_400),
      },
    ];
  }

  /** Changes a source; what was measured from there ages with it. */
  putSource(name: string, source: LinkCluster['source']): void {
    this.clusters = this.clusters.map(each =>
      each.name === name ? { ...each, source } : each,
    );
    const { state } = source;
    if (state === 'fresh') return;
    const code: LinkCode = state === 'none' ? 'no-source' : `source-${state}`;
    this.cells = this.cells.map(cell =>
      cell.from === name && cell.state !== 'hidden'
        ? {
            ...cell,
            state: 'stale',
            code,
            sampledAt: source.sampledAt,
          }
        : cell,
    );
  }

  /** Changes what is said of one link. */
  put(from: string, to: string, said: Partial<LinkCell>): void {
    this.cells = this.cells.map(cell =>
      cell.from === from && cell.to === to ? { ...cell, ...said } : cell,
    );
  }

  matrix(query: LinkQuery): LinkMatrix {
    const { window = '5m', percentile = 'p95' } = query;
    return {
      asOf: this.ago(0),
      window,
      percentile,
      clusters: this.clusters,
      cells: this.cells.map(cell => this.over(cell, { window, percentile })),
      trust: this.trust,
    };
  }

  pair(query: LinkQuery & { from: string; to: string }): LinkPair | undefined {
    const { from, to, window = '5m', percentile = 'p95' } = query;
    const find = (a: string, b: string) =>
      this.cells.find(cell => cell.from === a && cell.to === b);
    const cell = find(from, to);
    if (!cell) return undefined;
    const back = find(to, from);
    return {
      asOf: this.ago(0),
      from,
      to,
      window,
      percentile,
      cells: Object.fromEntries(
        LATENCY_WINDOWS.map(each => [
          each,
          this.over(cell, { window: each, percentile }),
        ]),
      ) as LinkPair['cells'],
      reverse: back ? this.over(back, { window, percentile }) : null,
      stepSeconds: STEPS[window],
      points: this.points(cell, window),
      failures:
        cell.state === 'down'
          ? [0, 5, 10].map(seconds => ({
              at: this.ago(seconds + 8),
              result: 'timeout',
              reason: 'No answer within 2 s.',
              phase: 'connect',
              elapsedMs: 2_000,
            }))
          : [],
      link: this.facts(from, to),
    };
  }

  /** A quarter of the window is not sampled at all, and a down link's end is lost. */
  private points(cell: LinkCell, window: LatencyWindow): LinkPoint[] {
    const step = STEPS[window];
    const count = Math.min(120, SECONDS[window] / step);
    const base = cell.baselineMs ?? 23;
    const samples = Math.max(1, Math.round(step / MEASURE_INTERVAL_S));
    return Array.from({ length: count }, (_, i): LinkPoint => {
      const lost = cell.state === 'down' && i > count * 0.8;
      const last = cell.valueMs ?? base;
      const share = i / count;
      const value = base + (last - base) * share * share + (i % 5) * 0.6;
      return {
        at: this.ago((count - i) * step),
        p50: lost ? null : value * 0.7,
        p95: lost ? null : value,
        p99: null,
        baselineLow: cell.baselineMs && base * 0.9,
        baselineHigh: cell.baselineMs && base * 1.1,
        samples,
        failures: lost ? samples : 0,
      };
    }).filter((_, i) => i < count * 0.4 || i > count * 0.5);
  }

  private facts(from: string, to: string): LinkFacts {
    const notice = this.trust.find(one => one.from === from && one.to === to);
    const root = {
      fingerprint: '9f2c'.repeat(16),
      subject: 'CN=root.linkerd.cluster.local',
      notAfter: notice?.endsAt ?? this.ago(-400 * 86_400),
    };
    return {
      from,
      to,
      gateway: [`gateway.${to}.example`],
      gatewayPort: 4143,
      gatewayIdentity:
        'linkerd-gateway.linkerd-multicluster.serviceaccount.identity.linkerd.cluster.local',
      probePeriod: '3s',
      mirrored: [
        {
          name: `fx-api-${to}`,
          namespace: 'fx',
          service: 'fx-api',
          serviceNamespace: 'fx',
          state: 'mirrored',
          reason: null,
          message: null,
        },
        {
          name: `rates-${to}`,
          namespace: 'fx',
          service: 'rates',
          serviceNamespace: 'fx',
          state: 'failing',
          reason: 'InvalidService',
          message: 'Service rates has no ports.',
        },
      ],
      trust: notice?.trust ?? 'shared',
      trustEndsAt: root.notAfter,
      fromRoots: [root],
      toRoots: [root],
      observedAt: this.ago(3),
    };
  }

  private ago(seconds: number): string {
    return new Date(this.now - seconds * 1_000).toISOString();
  }

  private cell(from: string, to: string, seed: number): LinkCell {
    const baselineMs = 12 + (seed % 11) * 3;
    return {
      from,
      to,
      state: 'normal',
      code: 'as-usual',
      since: this.ago(3 * 86_400),
      valueMs: baselineMs + (seed % 3),
      approximate: false,
      enough: true,
      needed: NEEDED.p95,
      baselineMs,
      loss: 0,
      lossAtLeast: false,
      samples: 0,
      sampledAt: this.ago(4),
      lastSuccessAt: this.ago(4),
      source: `probe ${from}`,
      probe: 'gateway /ready, every 5 s',
      ...this.said(from, to),
    };
  }

  private said(from: string, to: string): Partial<LinkCell> {
    const said = SAID[`${from} ${to}`];
    if (!said || this.kind !== 'mixed') return {};
    const since = this.ago(41 * 60);
    switch (said.state) {
      case 'down':
        return { ...said, since, valueMs: null, lastSuccessAt: since };
      case 'hidden':
      case 'never-sampled':
        return {
          ...said,
          since: null,
          valueMs: null,
          baselineMs: null,
          loss: null,
          sampledAt: null,
          lastSuccessAt: null,
          ...(said.state === 'hidden' && { source: null, probe: null }),
        };
      default:
        return {
          ...said,
          since,
          ...(said.code === 'no-baseline' && { baselineMs: null }),
          ...(said.code === 'no-answer' && {
            valueMs: null,
            lastSuccessAt: this.ago(41),
          }),
        };
    }
  }

  private over(cell: LinkCell, query: Required<LinkQuery>): LinkCell {
    const { percentile, window } = query;
    const sampled = cell.state !== 'hidden' && cell.state !== 'never-sampled';
    const samples = sampled ? SECONDS[window] / MEASURE_INTERVAL_S : 0;
    const needed = NEEDED[percentile];
    const enough = samples >= needed;
    const factor = PERCENTILE_FACTOR[percentile];
    return {
      ...cell,
      samples,
      needed,
      enough,
      valueMs: enough && cell.valueMs !== null ? cell.valueMs * factor : null,
      baselineMs: cell.baselineMs && cell.baselineMs * factor,
    };
  }
}

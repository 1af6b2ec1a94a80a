import {
  EntryCheckPart,
  EntryState,
  GatewayEntries,
  GatewayEntriesQuery,
  GatewayEntry,
  LinkCall,
  LinkCalls,
  LinkCallsQuery,
  LinkCallSource,
  LinkCode,
  LinkState,
  LinkTraffic,
} from '@ground-control/backstage-plugin-ground-control-common';

type Standing = [
  state: LinkState,
  code: LinkCode,
  valueMs: number | null,
  baselineMs: number | null,
];

const NORMAL: Standing = ['normal', 'as-usual', 24, 23];

/** Links that aren't well, by `from to`; the others are normal. */
const STANDINGS: Record<string, Standing> = {
  'az-prod-1 gcp-prod-1': ['high', 'slower', 64, 23],
  'aws-prod-1 az-prod-1': ['elevated', 'slower', 41, 28],
  'gcp-prod-1 aws-prod-1': ['down', 'all-lost', null, 30],
  'aws-prod-2 az-prod-1': ['stale', 'source-unreachable', 27, 25],
  'gcp-prod-1 az-prod-1': ['never-sampled', 'not-sampled', null, null],
};

type Call = [
  caller: string,
  callee: string,
  from: string,
  to: string,
  sources: LinkCallSource[],
  traffic?: [requestsPerSecond: number, errors: number, p95Ms: number],
];

// A name with a slash is a service of the board; `*` is a squad alone.
const CALLS: Call[] = [
  [
    'ledger/ledger-api-0',
    'fx/fx-store-4',
    'az-prod-1',
    'gcp-prod-1',
    ['entry', 'traffic'],
    [182, 0.004, 131],
  ],
  [
    'ledger/ledger-sync-8',
    'credit-bureau',
    'aws-prod-1',
    'az-prod-1',
    ['catalog', 'entry'],
  ],
  [
    'ledger/ledger-worker-16',
    'kyc/kyc-sync-3',
    'az-prod-1',
    'gcp-prod-1',
    ['catalog'],
  ],
  ['ledger/*', 'rates', 'aws-prod-2', 'az-prod-1', ['entry']],
  [
    'ledger/ledger-api-0',
    'card/card-gateway-2',
    'aws-prod-1',
    'gcp-prod-1',
    ['traffic'],
    [12, 0, 44],
  ],
  [
    'pay/pay-worker-1',
    'ledger/ledger-api-0',
    'gcp-prod-1',
    'aws-prod-1',
    ['entry', 'traffic'],
    [0.4, 1, 0],
  ],
  ['pay/pay-worker-1', 'rates', 'gcp-prod-1', 'az-prod-1', ['entry']],
];

const squadOf = (name: string) =>
  name.includes('/') ? `group:default/${name.split('/')[0]}` : null;

function refOf(text: string) {
  const [namespace, name] = text.split('/');
  return name && name !== '*' ? { namespace, name } : null;
}

function callOf(
  [caller, callee, from, to, sources, counted]: Call,
  now: number,
): LinkCall {
  const [state, code, valueMs, baselineMs] =
    STANDINGS[`${from} ${to}`] ?? NORMAL;
  const traffic: LinkTraffic | null = counted
    ? { requestsPerSecond: counted[0], errors: counted[1], p95Ms: counted[2] }
    : null;
  const bad = ['down', 'high', 'elevated'].includes(state);
  return {
    from,
    to,
    caller: refOf(caller),
    squad: squadOf(caller),
    callee: refOf(callee),
    calleeName: callee.split('/').slice(-1)[0],
    calleeSquad: squadOf(callee),
    sources,
    state,
    code,
    since: new Date(now - 1_380_000).toISOString(),
    valueMs,
    approximate: state === 'elevated',
    baselineMs,
    loss: state === 'down' ? 1 : 0,
    traffic,
    affected: bad && sources.some(source => source !== 'catalog'),
  };
}

const squadsOf = (squad: LinkCallsQuery['squad'], mine: string[]) => {
  if (squad === 'all') return null;
  return Array.isArray(squad) ? squad : mine;
};

/** Calls that cross a link, of every state of one. */
export function listLinkCalls(
  query: LinkCallsQuery,
  now: number,
  mine: string[],
): LinkCalls {
  const { entity, from, to } = query;
  const squads = entity ? null : squadsOf(query.squad, mine);
  const name = entity?.split('/')[1];
  const calls = CALLS.map(call => callOf(call, now)).filter(
    call =>
      (!squads || squads.includes(call.squad ?? '')) &&
      (!name || call.caller?.name === name || call.callee?.name === name) &&
      (!from || call.from === from) &&
      (!to || call.to === to),
  );
  return {
    asOf: new Date(now).toISOString(),
    window: '5m',
    percentile: 'p50',
    squads,
    calls,
    used: calls.filter(({ sources }) => sources.some(one => one !== 'catalog'))
      .length,
    bad: calls.filter(call => call.affected).length,
    releases: calls.some(call => call.affected)
      ? [
          {
            namespace: 'fx',
            name: 'fx-store-4',
            environment: 'prod',
            artifactId: 'master-77ce012a11-0000000000',
            releasedAt: new Date(now - 1_500_000).toISOString(),
          },
        ]
      : [],
    trafficMissing: null,
  };
}

const part = (
  state: EntryCheckPart['state'],
  code: string,
  params: EntryCheckPart['params'] = {},
): EntryCheckPart => ({ state, code, params });

type Entry = Pick<
  GatewayEntry,
  'kind' | 'name' | 'cluster' | 'squad' | 'turn'
> & {
  line: number | null;
  owner?: string;
  state: EntryState;
  live: EntryCheckPart;
  probed: EntryCheckPart;
  links?: GatewayEntry['links'];
};

const ENTRIES: Entry[] = [
  {
    kind: 'ingress',
    name: 'ledger-api-0',
    cluster: 'gcp-prod-1',
    squad: 'ledger',
    line: 12,
    state: 'not-live',
    live: part('partly', 'certificate-not-ready', { message: 'DNS problem' }),
    probed: part('unknown', 'no-probe'),
    turn: 'platform',
  },
  {
    kind: 'ingress',
    name: 'rates',
    cluster: 'az-prod-1',
    squad: 'ledger',
    line: 17,
    state: 'not-live',
    live: part('no', 'not-exported', { cluster: 'az-prod-1' }),
    probed: part('unknown', 'no-probe'),
    turn: 'ledger',
  },
  {
    kind: 'target',
    name: 'credit-bureau',
    cluster: 'az-prod-1',
    squad: 'ledger',
    line: 3,
    state: 'unwell',
    live: part('yes', 'mirrored-in', { clusters: 'aws-prod-1', count: 1 }),
    probed: part('partly', 'link-unwell', {
      clusters: 'aws-prod-1',
      count: 1,
      state: 'elevated',
    }),
    links: [
      {
        from: 'aws-prod-1',
        to: 'az-prod-1',
        state: 'elevated',
        valueMs: 41,
        approximate: true,
      },
    ],
    turn: 'platform',
  },
  {
    kind: 'target',
    name: 'fx-feed',
    cluster: 'gcp-prod-1',
    squad: 'fx',
    line: 7,
    state: 'in-order',
    live: part('yes', 'mirrored-in', { clusters: 'aws-prod-1', count: 1 }),
    probed: part('yes', 'probed', { count: 1 }),
    links: [
      {
        from: 'aws-prod-1',
        to: 'gcp-prod-1',
        state: 'normal',
        valueMs: 24,
        approximate: false,
      },
    ],
    turn: null,
  },
  {
    kind: 'target',
    name: 'legacy-x',
    cluster: 'aws-prod-2',
    squad: null,
    line: null,
    state: 'not-declared',
    live: part('yes', 'mirrored-in', { clusters: 'gcp-prod-1', count: 1 }),
    probed: part('unknown', 'no-probe'),
    links: [
      {
        from: 'gcp-prod-1',
        to: 'aws-prod-2',
        state: 'never-sampled',
        valueMs: null,
        approximate: false,
      },
    ],
    turn: 'platform',
  },
  {
    kind: 'ingress',
    name: 'pay-worker-1',
    cluster: 'az-prod-2',
    squad: null,
    line: null,
    owner: 'pay',
    state: 'not-declared',
    live: part('yes', 'ingress-there', { host: 'pay.example.com' }),
    probed: part('unknown', 'no-probe'),
    turn: 'platform',
  },
  {
    kind: 'ingress',
    name: 'kyc-sync-3',
    cluster: 'az-prod-1',
    squad: 'kyc',
    line: 25,
    state: 'not-live',
    live: part('no', 'no-ingress', { cluster: 'az-prod-1' }),
    probed: part('unknown', 'no-probe'),
    turn: 'kyc',
  },
];

/** Entries of the backbone-gateway, of every state of one, and a file with a mistake. */
export function listGatewayEntries(
  query: GatewayEntriesQuery,
  now: number,
  mine: string[],
): GatewayEntries {
  const squads = query.entity ? null : squadsOf(query.squad, mine);
  const name = query.entity?.split('/')[1];
  const { from, to } = query;
  return {
    asOf: new Date(now).toISOString(),
    path: 'backbone-gateway/shuttle.yaml',
    revision: '4f2c1aa7b9d8e6f5',
    platformEngineers: 'group:default/platform-engineers',
    entries: ENTRIES.filter(
      entry =>
        (!squads || squads.includes(`group:default/${entry.squad}`)) &&
        (!name || entry.name === name) &&
        (!to || entry.cluster === to) &&
        (!from ||
          entry.kind === 'target' ||
          entry.links?.some(link => link.from === from)),
    ).map(({ links = [], owner, ...entry }) => ({
      ...entry,
      owner:
        owner ?? entry.squad ? `group:default/${owner ?? entry.squad}` : null,
      id: `${entry.kind} ${entry.name} ${entry.cluster}`,
      namespace: 'services',
      dnsName: entry.kind === 'target' ? `${entry.name}.example.com` : null,
      port: entry.kind === 'ingress' ? 3000 : null,
      address:
        entry.kind === 'target'
          ? `http://${entry.name}-${entry.cluster}.services.svc.cluster.local`
          : `https://${entry.name}.${entry.cluster}.example.com`,
      declared:
        entry.line === null
          ? part('no', 'not-declared')
          : part('yes', 'declared', { line: entry.line }),
      links,
    })),
    problems: [{ line: 21, message: 'targets[2].squad is missing.' }],
  };
}

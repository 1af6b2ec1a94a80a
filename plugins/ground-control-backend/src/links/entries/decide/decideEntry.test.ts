import {
  LinkCell,
  LinkState,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  ClusterIngress,
  ClusterLink,
  ClusterMirrored,
  ExportedService,
} from '../../store';
import { buildEntryFacts, EntryRows } from '../reading/buildEntryFacts';
import { DeclaredEntry, ReadFile } from '../types';
import { decideEntry } from './decideEntry';
import { findSubjects } from './findSubjects';

const HEARD = { links: true, services: true, ingresses: true };
const DEAF = { links: false, services: false, ingresses: false };

const target: DeclaredEntry = {
  kind: 'target',
  id: 'target:east/credit',
  name: 'credit',
  namespace: 'gateway',
  cluster: 'east',
  dnsName: 'credit.example',
  port: null,
  squad: 'loans',
  line: 3,
};
const way: DeclaredEntry = {
  kind: 'ingress',
  id: 'ingress:east/pay/api',
  name: 'api',
  namespace: 'pay',
  cluster: 'east',
  dnsName: null,
  port: 3000,
  squad: 'pay',
  line: 8,
};
const file = (more: Partial<ReadFile> = {}): ReadFile => ({
  path: 'shuttle.yaml',
  revision: 'c'.repeat(40),
  isReadable: true,
  problems: [],
  entries: [target],
  ...more,
});
const exported = (more: Partial<ExportedService> = {}): ExportedService => ({
  cluster: 'east',
  namespace: 'gateway',
  service: 'credit',
  ports: [80],
  externalName: 'credit.example',
  managedByGateway: true,
  ...more,
});
const mirrored = (
  cluster: string,
  more: Partial<ClusterMirrored> = {},
): ClusterMirrored => ({
  cluster,
  namespace: 'gateway',
  name: 'credit-east',
  target: 'east',
  service: 'credit',
  serviceNamespace: 'gateway',
  state: 'mirrored',
  reason: null,
  message: null,
  ...more,
});
const failing = (cluster: string) =>
  mirrored(cluster, {
    state: 'failing',
    reason: 'Error',
    message: 'exceeded quota',
  });
const ingress = (more: Partial<ClusterIngress> = {}): ClusterIngress => ({
  cluster: 'east',
  namespace: 'pay',
  name: 'api',
  service: 'api',
  port: 3000,
  hosts: ['api.east.bank.example'],
  managedByGateway: true,
  certificate: 'ready',
  certificateMessage: null,
  ...more,
});
const linkFrom = (cluster: string) =>
  ({ cluster, target: 'east' } as ClusterLink);
const cellFrom = (
  from: string,
  state: LinkState,
  valueMs: number | null = 25,
) => ({ from, to: 'east', state, valueMs, approximate: false } as LinkCell);

/** All is in order: west and north are linked to east, and mirror its target. */
const rows = (more: Partial<EntryRows> = {}): EntryRows => ({
  heard: new Map([
    ['east', HEARD],
    ['west', HEARD],
    ['north', HEARD],
  ]),
  links: [linkFrom('west'), linkFrom('north')],
  exported: [exported()],
  mirrored: [mirrored('west'), mirrored('north')],
  ingresses: [ingress()],
  cells: [cellFrom('west', 'normal'), cellFrom('north', 'normal')],
  ...more,
});
const deaf = (...names: string[]) =>
  new Map([...rows().heard, ...names.map(name => [name, DEAF] as const)]);

function decide(more: Partial<EntryRows>, read: ReadFile | undefined) {
  const all = rows(more);
  const facts = buildEntryFacts(all);
  return findSubjects(read, all).map(subject => decideEntry(subject, facts));
}

describe('a target', () => {
  it('is in order where it is declared, mirrored and answers', () => {
    const { entries } = file();
    expect(decide({ ingresses: [] }, file({ entries }))).toEqual([
      {
        ...target,
        address: 'http://credit-east.gateway.svc.cluster.local',
        state: 'in-order',
        declared: { state: 'yes', code: 'declared', params: { line: 3 } },
        live: {
          state: 'yes',
          code: 'mirrored-in',
          params: { clusters: 'north, west', count: 2 },
        },
        probed: { state: 'yes', code: 'probed', params: { count: 2 } },
        links: ['north', 'west'].map(from => ({
          from,
          to: 'east',
          state: 'normal',
          valueMs: 25,
          approximate: false,
        })),
        turn: null,
      },
    ]);
  });

  it.each<[string, Partial<EntryRows>, string, object?]>([
    [
      'names no cluster that is known',
      { heard: new Map([['west', HEARD]]) },
      'unknown cluster-not-known no-probe loans',
      { cluster: 'east' },
    ],
    [
      'lies at a cluster that is not heard of',
      { heard: deaf('east') },
      'unknown cluster-not-heard no-probe platform',
      { clusters: 'east' },
    ],
    [
      'is not exported',
      { exported: [] },
      'not-live not-exported no-probe loans',
      { cluster: 'east' },
    ],
    [
      'is exported by somebody else than the gateway',
      { exported: [exported({ managedByGateway: false })] },
      'not-live not-exported no-probe loans',
    ],
    [
      'is exported by another cluster',
      { exported: [exported({ cluster: 'west' })] },
      'not-live not-exported no-probe loans',
    ],
    [
      'leads elsewhere',
      { exported: [exported({ externalName: 'old.example' })] },
      'not-live other-dns-name probed loans',
      { cluster: 'east', dnsName: 'old.example' },
    ],
    [
      'leads to the same name, written otherwise',
      { exported: [exported({ externalName: 'Credit.example.' })] },
      'in-order mirrored-in probed null',
    ],
    [
      'is a Service of another kind',
      { exported: [exported({ externalName: null })] },
      'in-order mirrored-in probed null',
    ],
    [
      'lies where no link leads to',
      { links: [], mirrored: [] },
      'not-live not-linked no-probe platform',
      { cluster: 'east' },
    ],
    [
      'lies where nobody knows of links',
      { links: [], mirrored: [], heard: deaf('west', 'north') },
      'unknown links-not-known no-probe platform',
    ],
    [
      'lies where one that nobody has heard may be linked to',
      { links: [], mirrored: [], heard: deaf('north') },
      'unknown links-not-known no-probe platform',
    ],
    [
      'is mirrored nowhere yet',
      { mirrored: [] },
      'not-live not-mirrored no-probe platform',
      { clusters: 'north, west', count: 2, reason: '' },
    ],
    [
      'can not be mirrored',
      { mirrored: [failing('west'), failing('north')] },
      'not-live not-mirrored no-probe platform',
      { clusters: 'north, west', count: 2, reason: 'exceeded quota' },
    ],
    [
      'can not be mirrored in one of two',
      { mirrored: [mirrored('west'), failing('north')] },
      'unwell mirrored-in-some probed platform',
      {
        clusters: 'west',
        count: 1,
        failing: 'north',
        reason: 'exceeded quota',
      },
    ],
    [
      'is mirrored where one of two is not heard of',
      { heard: deaf('north') },
      'in-order mirrored-in probed null',
      { clusters: 'west', count: 1, unheard: 'north' },
    ],
    [
      'was mirrored by clusters that are not heard of',
      { heard: deaf('north', 'west') },
      'unknown cluster-not-heard no-probe platform',
      { clusters: 'north, west' },
    ],
    [
      'was mirrored by one that is not heard of, of those that are linked',
      { heard: deaf('west'), links: [linkFrom('west')], mirrored: [] },
      'unknown cluster-not-heard no-probe platform',
      { clusters: 'west' },
    ],
    [
      'is reached over a link that is down',
      { cells: [cellFrom('west', 'down', null), cellFrom('north', 'normal')] },
      'unwell mirrored-in link-unwell platform',
    ],
    [
      'is reached over a slow link',
      { cells: [cellFrom('west', 'elevated'), cellFrom('north', 'normal')] },
      'unwell mirrored-in link-unwell platform',
    ],
    [
      'is reached over links of which one is stale',
      { cells: [cellFrom('west', 'stale'), cellFrom('north', 'normal')] },
      'in-order mirrored-in probed null',
    ],
    [
      'is reached over links that are stale or were never sampled',
      {
        cells: [cellFrom('west', 'stale'), cellFrom('north', 'never-sampled')],
      },
      'unknown mirrored-in link-stale platform',
    ],
    [
      'is reached over links that were never sampled',
      {
        cells: ['west', 'north'].map(from => cellFrom(from, 'never-sampled')),
      },
      'unknown mirrored-in no-probe platform',
    ],
    ['is not measured', { cells: [] }, 'unknown mirrored-in no-probe platform'],
  ])('%s', (_, more, expected, ...[params]) => {
    const [entry] = decide({ ...more, ingresses: [] }, file());
    const { state, live, probed, turn } = entry;
    expect(`${state} ${live.code} ${probed.code} ${turn}`).toBe(expected);
    expect(live.params).toEqual(params ?? live.params);
  });

  it.each<[LinkState[], string, object]>([
    [['down', 'down'], 'no', { clusters: 'north, west', state: 'down' }],
    [['down', 'high'], 'partly', { clusters: 'north, west', state: 'down' }],
    [['elevated', 'high'], 'partly', { state: 'high', count: 2 }],
    [['normal', 'down'], 'partly', { clusters: 'west', count: 1 }],
    [['stale', 'down'], 'no', { clusters: 'west', count: 1 }],
    [['stale', 'stale'], 'unknown', { clusters: 'north, west', count: 2 }],
    [['never-sampled', 'stale'], 'unknown', { clusters: 'west', count: 1 }],
  ])('answers over links that are %j: %s', (states, expected, params) => {
    const cells = ['north', 'west'].map((from, i) => cellFrom(from, states[i]));
    const [{ probed }] = decide({ cells, ingresses: [] }, file());
    expect(probed).toMatchObject({ state: expected, params });
  });

  it('is called in the namespace in which it really is', () => {
    const moved = {
      exported: [exported({ namespace: 'edge' })],
      mirrored: [mirrored('west', { serviceNamespace: 'edge' })],
      links: [linkFrom('west')],
    };
    const [entry] = decide({ ...moved, ingresses: [] }, file());
    expect(entry).toMatchObject({
      address: 'http://credit-east.edge.svc.cluster.local',
      live: { code: 'mirrored-in' },
    });
  });
});

describe('an ingress', () => {
  const read = file({ entries: [way] });
  it.each<[string, Partial<EntryRows>, string, object?]>([
    [
      'is there, with a certificate',
      {},
      'in-order ingress-there null',
      { host: 'api.east.bank.example' },
    ],
    [
      'is not there',
      { ingresses: [] },
      'not-live no-ingress pay',
      { cluster: 'east' },
    ],
    [
      'was made by hand',
      { ingresses: [ingress({ managedByGateway: false })] },
      'not-live no-ingress pay',
    ],
    [
      'leads to another port',
      { ingresses: [ingress({ port: 8080 })] },
      'not-live other-port pay',
      { port: 8080 },
    ],
    [
      'leads to a port that has a name',
      { ingresses: [ingress({ port: null })] },
      'in-order ingress-there null',
    ],
    [
      'waits for its certificate',
      {
        ingresses: [
          ingress({ certificate: 'not-ready', certificateMessage: 'no DNS' }),
        ],
      },
      'not-live certificate-not-ready platform',
      { message: 'no DNS' },
    ],
    [
      'has none',
      { ingresses: [ingress({ certificate: 'missing' })] },
      'not-live certificate-missing platform',
    ],
    [
      'has one that may not be read',
      { ingresses: [ingress({ certificate: 'unknown' })] },
      'unknown certificate-unknown platform',
    ],
    [
      'lies at a cluster that is not heard of',
      { heard: deaf('east') },
      'unknown cluster-not-heard platform',
      { clusters: 'east' },
    ],
    [
      'lies at one that is not known',
      { heard: new Map() },
      'unknown cluster-not-known pay',
      { cluster: 'east' },
    ],
  ])('%s', (_, more, expected, ...[params]) => {
    const [entry] = decide({ ...more, exported: [] }, read);
    const { state, live, turn } = entry;
    expect(`${state} ${live.code} ${turn}`).toBe(expected);
    expect(live.params).toEqual(params ?? live.params);
  });

  it('has no address before it has a host', () => {
    const [there] = decide({ exported: [] }, read);
    expect(there.address).toBe('https://api.east.bank.example');
    const [away] = decide({ exported: [], ingresses: [] }, read);
    expect(away.address).toBe('');
  });

  it('is as unwell as the link, where others mirror its service', () => {
    const [entry] = decide(
      {
        exported: [],
        mirrored: [
          mirrored('west', { service: 'api', serviceNamespace: 'pay' }),
        ],
        cells: [cellFrom('west', 'high', 80)],
      },
      read,
    );
    expect(entry).toMatchObject({
      state: 'unwell',
      links: [{ from: 'west', to: 'east', state: 'high', valueMs: 80 }],
    });
  });
});

describe('what the gateway made without an entry', () => {
  const bare = file({ entries: [] });

  it('is said to be so, with what is there of it', () => {
    expect(
      decide({}, bare).map(({ id, state, turn, squad, line, ...rest }) => [
        id,
        state,
        turn,
        squad,
        line,
        rest.dnsName ?? rest.port,
        rest.live.code,
      ]),
    ).toEqual([
      [
        'target:east/credit/gateway',
        'not-declared',
        'platform',
        null,
        null,
        'credit.example',
        'mirrored-in',
      ],
      [
        'ingress:east/pay/api',
        'not-declared',
        'platform',
        null,
        null,
        3000,
        'ingress-there',
      ],
    ]);
  });

  it('is not what others exported, nor what is declared', () => {
    const others = {
      exported: [
        exported(),
        exported({ service: 'x', managedByGateway: false }),
      ],
      ingresses: [ingress(), ingress({ name: 'two', service: 'api' })],
    };
    const states = decide(others, file({ entries: [target, way] })).map(
      ({ state }) => state,
    );
    expect(states).toEqual(['in-order', 'in-order']);
  });

  it.each([
    ['the file was never read', undefined, 'file-not-read', {}],
    [
      'nothing in the file can be relied on',
      file({ entries: [], isReadable: false }),
      'file-not-read',
      {},
    ],
    [
      'its entry has a fault',
      file({
        entries: [],
        problems: [
          { line: 9, message: 'Bad.', entry: 'target:east/credit' },
          { line: 12, message: 'Bad.', entry: 'ingress:east/pay/api' },
        ],
      }),
      'entry-faulty',
      { line: 9 },
    ],
  ])('may be declared where %s', (_, read, code, params) => {
    const found = decide({}, read);
    expect(found).toHaveLength(2);
    expect(found.map(({ state }) => state)).toEqual(['unknown', 'unknown']);
    expect(found[0].declared).toEqual({ state: 'unknown', code, params });
  });
});

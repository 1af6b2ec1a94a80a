import {
  formatServiceRef,
  parseServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { decideCalls } from './decideCalls';
import { CallFacts, FoundCall, KnownParty, TrafficCall } from './types';

const party = (ref: string, squad?: string): KnownParty => ({
  ...parseServiceRef(ref)!,
  squadRef: squad ? `group:default/${squad}` : null,
  entityRef: null,
});

/** `aws: fx/fx-api of gcp`: mirrored in aws. */
function mirror(text: string): CallFacts['mirrored'][number] {
  const [, cluster, serviceNamespace, service, target] =
    /^(\S+): (\S+)\/(\S+) of (\S+)$/.exec(text)!;
  return {
    cluster,
    namespace: serviceNamespace,
    name: `${service}-${target}`,
    target,
    service,
    serviceNamespace,
    state: 'mirrored',
    reason: null,
    message: null,
  };
}

function traffic(
  text: string,
  numbers: Partial<TrafficCall> = {},
): TrafficCall {
  const [, from, namespace, workload, serviceNamespace, service, to] =
    /^(\S+): (\S+)\/(\S+) → (\S+)\/(\S+) of (\S+)$/.exec(text)!;
  return {
    from,
    to,
    namespace,
    workload,
    serviceNamespace,
    service,
    requestsPerSecond: 1,
    errors: 0,
    p95Ms: null,
    ...numbers,
  };
}

const target = (hostName: string, cluster: string, squad: string | null) => ({
  hostName,
  namespace: 'backbone-gateway',
  cluster,
  squadRef: squad && `group:default/${squad}`,
});

const PARTIES = [
  party('pay/ledger', 'pay'),
  party('fx/fx-api', 'fx'),
  party('plain', 'pay'),
];

function facts(given: Partial<CallFacts>): CallFacts {
  return {
    parties: PARTIES,
    environments: new Map([
      ['aws', 'prod'],
      ['gcp', 'prod'],
      ['azure', 'prod'],
    ]),
    places: [],
    clustersOfSquads: new Map(),
    declared: [],
    targets: [],
    ingresses: [],
    mirrored: [],
    traffic: [],
    ...given,
  };
}

/** Such as `pay/ledger → fx/fx-api: aws → gcp [catalog]`. */
function say(call: FoundCall): string {
  const caller = call.caller
    ? formatServiceRef(call.caller)
    : `(${call.squadRef})`;
  const callee = call.calleeParty
    ? formatServiceRef(call.calleeParty)
    : `(${call.calleeName})`;
  return `${caller} → ${callee}: ${call.from} → ${call.to} [${call.sources}]`;
}

const at = (cluster: string, ref: string) => ({
  cluster,
  ...parseServiceRef(ref)!,
});
const declares = (caller: string, callee: string) => ({
  caller: parseServiceRef(caller)!,
  callee: parseServiceRef(callee)!,
});

const LEDGER_CALLS_FX = {
  declared: [declares('pay/ledger', 'fx/fx-api')],
  places: [at('aws', 'pay/ledger'), at('azure', 'pay/ledger')],
};

describe('decideCalls', () => {
  it.each<[string, Partial<CallFacts>, string[]]>([
    [
      'a relation, from where the one runs and the other is mirrored',
      { ...LEDGER_CALLS_FX, mirrored: [mirror('aws: fx/fx-api of gcp')] },
      ['pay/ledger → fx/fx-api: aws → gcp [catalog]'],
    ],
    [
      'a relation over each link that it is mirrored over',
      {
        ...LEDGER_CALLS_FX,
        mirrored: [
          mirror('aws: fx/fx-api of gcp'),
          mirror('aws: fx/fx-api of azure'),
          mirror('azure: fx/fx-api of gcp'),
        ],
      },
      [
        'pay/ledger → fx/fx-api: aws → gcp [catalog]',
        'pay/ledger → fx/fx-api: aws → azure [catalog]',
        'pay/ledger → fx/fx-api: azure → gcp [catalog]',
      ],
    ],
    ['a relation of which nothing is mirrored', LEDGER_CALLS_FX, []],
    [
      'a relation whose caller runs elsewhere',
      {
        ...LEDGER_CALLS_FX,
        places: [at('gcp', 'pay/ledger')],
        mirrored: [mirror('aws: fx/fx-api of gcp')],
      },
      [],
    ],
    [
      'services without a namespace, which run in that of the environment',
      {
        declared: [declares('pay/ledger', 'plain')],
        places: [at('aws', 'pay/ledger')],
        mirrored: [mirror('aws: prod/plain of gcp')],
        traffic: [traffic('gcp: prod/plain → pay/ledger of aws')],
      },
      [
        'plain → pay/ledger: gcp → aws [traffic]',
        'pay/ledger → plain: aws → gcp [catalog]',
      ],
    ],
    [
      'a relation and traffic as one call, by both',
      {
        ...LEDGER_CALLS_FX,
        mirrored: [mirror('aws: fx/fx-api of gcp')],
        traffic: [traffic('aws: pay/ledger → fx/fx-api of gcp')],
      },
      ['pay/ledger → fx/fx-api: aws → gcp [catalog,traffic]'],
    ],
    [
      'traffic of and to what is no service of ours',
      { traffic: [traffic('aws: kube/cron → kube/other of gcp')] },
      ['kube/cron → (other): aws → gcp [traffic]'],
    ],
    [
      'no traffic within a cluster',
      { traffic: [traffic('aws: pay/ledger → fx/fx-api of aws')] },
      [],
    ],
    [
      'an entry, from where its squad runs something and it is mirrored',
      {
        targets: [target('bureau', 'gcp', 'pay')],
        mirrored: [
          mirror('aws: backbone-gateway/bureau of gcp'),
          mirror('azure: backbone-gateway/bureau of gcp'),
          mirror('azure: elsewhere/bureau of gcp'),
        ],
        clustersOfSquads: new Map([
          ['group:default/pay', new Set(['aws', 'gcp'])],
        ]),
      },
      ['(group:default/pay) → (bureau): aws → gcp [entry]'],
    ],
    [
      'an entry whose squad is seen to call, as that call',
      {
        targets: [target('bureau', 'gcp', 'pay')],
        mirrored: [mirror('aws: backbone-gateway/bureau of gcp')],
        clustersOfSquads: new Map([['group:default/pay', new Set(['aws'])]]),
        traffic: [
          traffic('aws: pay/ledger → backbone-gateway/bureau of gcp'),
          traffic('aws: fx/fx-api → backbone-gateway/bureau of gcp'),
        ],
      },
      [
        'pay/ledger → (bureau): aws → gcp [entry,traffic]',
        'fx/fx-api → (bureau): aws → gcp [traffic]',
      ],
    ],
    [
      'no entry without a squad',
      {
        targets: [target('bureau', 'gcp', null)],
        mirrored: [mirror('aws: backbone-gateway/bureau of gcp')],
      },
      [],
    ],
  ])('finds %s', (_, given, expected) => {
    expect(decideCalls(facts(given)).map(say).sort()).toEqual(expected.sort());
  });

  it('adds what two workloads of a service call up', () => {
    const call = 'aws: prod/plain → fx/fx-api of gcp';
    const [found] = decideCalls(
      facts({
        traffic: [
          traffic(call, { requestsPerSecond: 3, errors: 0.1, p95Ms: 40 }),
          traffic(call, { requestsPerSecond: 1, errors: 0.5, p95Ms: 90 }),
          traffic(call, { requestsPerSecond: 1, errors: null }),
        ],
      }),
    );
    expect(found.traffic).toMatchObject({ requestsPerSecond: 5, p95Ms: 90 });
    expect(found.traffic!.errors).toBeCloseTo(0.2);
  });

  it('notes what an entry names, whose name is no secret', () => {
    const named = (given: Partial<CallFacts>) =>
      decideCalls(facts(given)).map(({ isNamed }) => isNamed);
    const call = traffic('aws: pay/ledger → fx/fx-api of gcp');
    const bureau = traffic('aws: fx/fx-api → backbone-gateway/bureau of gcp');
    expect(named({ traffic: [call, bureau] })).toEqual([false, false]);
    expect(
      named({
        traffic: [call, bureau],
        ingresses: [{ service: 'fx-api', namespace: 'fx', cluster: 'gcp' }],
        targets: [target('bureau', 'gcp', 'pay')],
      }),
    ).toEqual([true, true]);
  });
});

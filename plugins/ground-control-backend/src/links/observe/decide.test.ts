import {
  certificate,
  exportedService,
  ingress,
  link,
  mirroredService,
} from '../__testUtils__/objects';
import {
  buildExported,
  buildIngresses,
  buildLinks,
  buildMirrored,
  buildTrust,
} from './buildRows';
import { decideKnown, decideStanding, KindStanding } from './decideStandings';
import { observeCertificate } from './observeCertificate';
import { observeExported } from './observeExported';
import { observeIngress } from './observeIngress';
import { observeLink } from './observeLink';
import { observeMirrored } from './observeMirrored';

const links = (...all: Parameters<typeof link>) =>
  all.map(one => observeLink(link(one))!);

describe('buildLinks', () => {
  it('has one for each target, the first by name, whatever the order', () => {
    const two = [
      ...links({ name: 'b', spec: { gatewayPort: '2' } }),
      ...links({ name: 'a', spec: { gatewayPort: '1' } }),
      ...links({ target: 'az-1' }),
    ];
    for (const order of [two, [...two].reverse()]) {
      const rows = buildLinks('aws-1', order, 7);
      expect(
        Object.fromEntries(rows.map(row => [row.target, row.gatewayPort])),
      ).toEqual({ 'gcp-1': 1, 'az-1': 4143 });
    }
  });
});

describe('buildMirrored', () => {
  const quota = { reason: 'Error', message: 'exceeded quota' };
  const seen = (
    services: Parameters<typeof mirroredService>[0][],
    of: Parameters<typeof links>[0],
  ) =>
    buildMirrored(
      'aws-1',
      services.map(one => observeMirrored(mirroredService(one))!),
      links(of),
    ).map(({ namespace, name, state, reason }) =>
      [`${namespace}/${name}`, state, reason].join(' ').trim(),
    );

  it('is what is there, and what the Link says that can not be', () => {
    expect(
      seen([{ service: 'a' }, { service: 'b' }], {
        mirrored: ['payments/a'],
        failing: { 'payments/b': quota, 'payments/c': quota },
      }),
    ).toEqual([
      'payments/a-gcp-1 mirrored',
      'payments/b-gcp-1 failing Error',
      'payments/c-gcp-1 failing Error',
    ]);
  });

  it('does not take the word of a Link for a Service that is not there', () => {
    expect(seen([], { mirrored: ['payments/a'] })).toEqual([]);
  });

  it('tells services of the same name and different targets apart', () => {
    expect(
      seen([{ service: 'x', target: 'a-gcp-1' }], {
        target: 'gcp-1',
        failing: { 'payments/x-a': quota },
      }),
    ).toEqual([
      'payments/x-a-gcp-1 mirrored',
      'payments/x-a-gcp-1 failing Error',
    ]);
  });
});

describe('buildIngresses', () => {
  const ingresses = [observeIngress(ingress())!];
  const certificates = (...all: Parameters<typeof certificate>) =>
    all.map(one => observeCertificate(certificate(one))!);

  it.each([
    ['ready', certificates({})],
    ['ready', certificates({ name: 'other', secret: 'fx-api-tls' })],
    ['not-ready', certificates({ ready: false })],
    [
      'not-ready',
      [
        ...certificates({ ready: false, name: 'a', secret: 'fx-api-tls' }),
        ...certificates({ name: 'b', secret: 'fx-api-tls' }),
      ],
    ],
    ['missing', certificates({ namespace: 'elsewhere' })],
    ['missing', []],
    ['unknown', undefined],
  ])('has a certificate that is %s', (state, known) => {
    expect(buildIngresses('aws-1', ingresses, known)).toMatchObject([
      {
        service: 'fx-api',
        port: 3000,
        hosts: ['fx-api.example'],
        certificate: state,
      },
    ]);
  });

  it('is as the worst of several, and misses one that it does not ask for', () => {
    const asking = (tls: object[]) => [
      observeIngress(ingress({ spec: { tls } }))!,
    ];
    const two = asking([{ secretName: 'a' }, { secretName: 'b' }]);
    const a = certificates({ name: 'a', secret: 'a' });
    const b = certificates({ name: 'b', secret: 'b', ready: false });
    const stateOf = (of: typeof two, known: typeof a) =>
      buildIngresses('aws-1', of, known).map(row => [
        row.certificate,
        row.certificateMessage,
      ]);
    expect(stateOf(two, [...a, ...b])).toEqual([
      ['not-ready', 'Issuing certificate as Secret does not exist'],
    ]);
    expect(stateOf(two, a)).toEqual([
      ['missing', 'No Certificate writes the Secret b'],
    ]);
    expect(stateOf(asking([]), a)).toEqual([
      ['missing', 'The Ingress asks for no certificate'],
    ]);
  });
});

describe('buildExported', () => {
  it('keeps who made it', () => {
    const labels = { 'app.kubernetes.io/managed-by': 'backbone-gateway' };
    const observed = observeExported(exportedService({ labels }))!;
    expect(buildExported('aws-1', [observed])).toEqual([
      {
        cluster: 'aws-1',
        namespace: 'payments',
        service: 'fx-api',
        ports: [80, 9090],
        externalName: null,
        managedByGateway: true,
      },
    ]);
  });
});

describe('buildTrust', () => {
  const root = { fingerprint: 'a', subject: 'CN=a', notAfter: '2030-01-01' };
  const configMap = (namespace: string, fault?: string) => ({
    namespace,
    name: 'linkerd-identity-trust-roots',
    roots: namespace === 'squad' ? [] : [root],
    ...(fault && { fault }),
  });

  it.each([
    ['its own', ['linkerd'], [{ roots: [root], fault: null }]],
    ['its own of several', ['squad', 'linkerd'], [{ roots: [root] }]],
    ['the only one', ['mesh'], [{ roots: [root], fault: null }]],
    [
      'none of several',
      ['mesh', 'squad'],
      [{ roots: [], fault: expect.stringContaining('2 namespaces') }],
    ],
    ['none', [], []],
  ])('takes %s', (_, namespaces, expected) => {
    const rows = buildTrust(
      'aws-1',
      namespaces.map(one => configMap(one)),
    );
    expect(rows).toMatchObject(expected);
    expect(rows).toHaveLength(expected.length);
  });
});

describe('what is known of kinds', () => {
  const cases: Array<
    [Parameters<typeof decideStanding>[0], KindStanding, KindStanding]
  > = [
    [undefined, 'unread', 'unread'],
    [{ state: 'starting' }, 'unread', 'unread'],
    [{ state: 'failing', reason: '500' }, 'unread', 'unread'],
    [{ state: 'live' }, 'unread', 'whole'],
    [{ state: 'live', reason: 'one is too large' }, 'whole', 'partly'],
    [{ state: 'failing', reason: 'unreachable' }, 'whole', 'whole'],
    [{ state: 'failing', reason: 'unreachable' }, 'partly', 'partly'],
    [{ state: 'starting' }, 'whole', 'whole'],
    [{ state: 'absent' }, 'whole', 'absent'],
    [{ state: 'failing' }, 'absent', 'unread'],
    [{ state: 'forbidden', reason: '403' }, 'whole', 'forbidden'],
  ];
  it.each(cases)('%j after %s is %s', (kind, before, standing) => {
    expect(decideStanding(kind, before)).toBe(standing);
  });

  it.each<[KindStanding[], boolean, boolean]>([
    [['whole'], false, true],
    [['whole', 'whole'], false, true],
    [['whole', 'partly'], true, false],
    [['absent'], true, false],
    [['forbidden', 'whole'], true, false],
    [['unread'], false, false],
    [['unread'], true, true],
    [['unread', 'forbidden'], true, true],
  ])('%j are known after %s: %s', (standings, before, known) => {
    expect(decideKnown(standings, before)).toBe(known);
  });
});

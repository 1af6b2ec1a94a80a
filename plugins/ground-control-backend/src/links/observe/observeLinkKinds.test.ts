import fc from 'fast-check';
import {
  certificate,
  exportedService,
  ingress,
  link,
  mirroredService,
} from '../__testUtils__/objects';
import { observeCertificate } from './observeCertificate';
import { observeExported } from './observeExported';
import { observeIngress } from './observeIngress';
import { observeLink } from './observeLink';
import { observeMirrored } from './observeMirrored';

describe('observeLink', () => {
  it('keeps what is used, and of what is mirrored the failing ones', () => {
    const object = link({
      mirrored: ['payments/ledger-api'],
      failing: {
        'payments/fx-api': { reason: 'Error', message: 'exceeded\u0000quota' },
      },
    });
    expect(observeLink(object)).toEqual({
      namespace: 'linkerd-multicluster',
      name: 'gcp-1',
      target: 'gcp-1',
      gateway: ['gateway.gcp-1.example', '10.0.0.1'],
      gatewayPort: 4143,
      gatewayIdentity: 'linkerd-gateway.example',
      probePeriod: '3s',
      failing: [
        {
          service: { namespace: 'payments', name: 'fx-api' },
          name: 'fx-api-gcp-1',
          reason: 'Error',
          message: 'exceeded quota',
        },
      ],
    });
  });

  it('is told by its target, not by its name, and without a status', () => {
    const object = link({ name: 'to-the-east', target: 'gcp-1', status: null });
    expect(observeLink(object)).toMatchObject({
      name: 'to-the-east',
      target: 'gcp-1',
      failing: [],
    });
  });

  it.each([
    ['no target', { targetClusterName: undefined }],
    ['a target of no name', { targetClusterName: 'a\u0000b' }],
    ['a target too long', { targetClusterName: 'x'.repeat(254) }],
    ['a list as target', { targetClusterName: ['gcp-1'] }],
  ])('is none with %s', (_, spec) => {
    expect(observeLink(link({ spec }))).toBeUndefined();
  });

  it.each([
    [{ gatewayPort: 4143 }, { gatewayPort: 4143 }],
    [{ gatewayPort: '0' }, { gatewayPort: undefined }],
    [{ gatewayPort: '99999' }, { gatewayPort: undefined }],
    [{ gatewayAddress: '' }, { gateway: [] }],
    [{ gatewayAddress: ' a ,, a,b\u0007' }, { gateway: ['a'] }],
    [{ gatewayAddress: 'a,'.repeat(5_000) }, { gateway: [] }],
    [{ probeSpec: 'often' }, { probePeriod: undefined }],
    [{ probeSpec: { period: '3'.repeat(40) } }, { probePeriod: undefined }],
  ])('reads %j as %j', (spec, expected) => {
    const observed = observeLink(link({ spec })) as object;
    expect({ ...expected, ...observed }).toEqual({ ...observed, ...expected });
  });

  it.each([
    ['no list', { mirrorServices: { a: 1 } }],
    ['entries of nothing', { mirrorServices: [null, 3, 'x', [], {}] }],
    [
      'one without a namespace',
      {
        mirrorServices: [
          {
            remoteRef: { name: 'fx-api' },
            conditions: [{ type: 'Mirrored', status: 'False' }],
          },
        ],
      },
    ],
  ])('has none that fails in %s', (_, status) => {
    expect(observeLink(link({ status }))).toMatchObject({ failing: [] });
  });

  it('keeps a bounded part of a status that somebody has blown up', () => {
    const entry = {
      remoteRef: { name: 'n'.repeat(253), namespace: 'payments' },
      conditions: [
        {
          type: 'Mirrored',
          status: 'False',
          reason: 'r'.repeat(100_000),
          message: 'm'.repeat(100_000),
        },
      ],
    };
    const status = { mirrorServices: new Array(50_000).fill(entry) };
    const { failing } = observeLink(link({ status }))!;
    expect(failing).toHaveLength(1_000);
    expect(failing[0].reason).toHaveLength(100);
    expect(failing[0].message).toHaveLength(500);
  });
});

describe('observeMirrored', () => {
  it('reads which service it stands for where its name has dashes', () => {
    expect(
      observeMirrored(
        mirroredService({
          service: 'fx-api-gcp',
          target: 'gcp-1',
          name: 'whatever',
        }),
      ),
    ).toEqual({
      namespace: 'payments',
      name: 'whatever',
      target: 'gcp-1',
      service: { namespace: 'payments', name: 'fx-api-gcp' },
    });
  });

  it.each([
    ['fx-api.payments.svc', 'fx-api'],
    ['fx-api.payments.svc.east.example', 'fx-api'],
    ['fx-api.payments.services.local', undefined],
    ['fx-api.payments', undefined],
    ['fx-api..svc.cluster.local', undefined],
    ['', undefined],
    [`${'x'.repeat(700)}.payments.svc.cluster.local`, undefined],
    [3, undefined],
  ])('reads of %j the service %s', (remote, service) => {
    const annotations = { 'mirror.linkerd.io/remote-svc-fq-name': remote };
    expect(
      observeMirrored(mirroredService({ annotations }))?.service.name,
    ).toBe(service);
  });

  it('leaves out gateways, federated services and others', () => {
    for (const labels of [
      { 'mirror.linkerd.io/mirrored-gateway': 'true' },
      { 'mirror.linkerd.io/mirrored-service': 'false' },
      { 'mirror.linkerd.io/cluster-name': undefined },
    ]) {
      expect(observeMirrored(mirroredService({ labels }))).toBeUndefined();
    }
  });
});

describe('observeExported', () => {
  it('keeps ports, and what it stands for outside of the mesh', () => {
    expect(observeExported(exportedService())).toEqual({
      namespace: 'payments',
      name: 'fx-api',
      ports: [80, 9090],
      managedByGateway: false,
    });
    expect(
      observeExported(
        exportedService({
          labels: { 'app.kubernetes.io/managed-by': 'backbone-gateway' },
          spec: {
            type: 'ExternalName',
            externalName: 'credit.azurewebsites.net',
            ports: [{ port: '80' }, { port: -1 }, null],
          },
        }),
      ),
    ).toMatchObject({
      ports: [80],
      externalName: 'credit.azurewebsites.net',
      managedByGateway: true,
    });
  });

  it.each([
    ['true', true],
    ['remote-discovery', true],
    ['false', false],
    ['', false],
  ])('takes the label %j as %s', (label, isExported) => {
    const labels = { 'mirror.linkerd.io/exported': label };
    const observed = observeExported(exportedService({ labels }));
    expect(observed !== undefined).toBe(isExported);
  });

  it('leaves out what is mirrored itself', () => {
    const labels = { 'mirror.linkerd.io/mirrored-service': 'true' };
    expect(observeExported(exportedService({ labels }))).toBeUndefined();
  });
});

describe('observeIngress', () => {
  it('keeps services, hosts and where its certificates lie', () => {
    expect(observeIngress(ingress())).toEqual({
      namespace: 'payments',
      name: 'fx-api',
      backends: [{ service: 'fx-api', port: 3000 }],
      hosts: ['fx-api.example'],
      secrets: ['fx-api-tls'],
      managedByGateway: false,
    });
  });

  it('has each service once, and the default one as well', () => {
    const backend = (name: string, port: object) => ({
      backend: { service: { name, port } },
    });
    const paths = [
      backend('a', { number: 1 }),
      backend('a', { number: 2 }),
      backend('b', { name: 'http' }),
      { backend: { resource: { kind: 'Bucket', name: 'c' } } },
    ];
    const spec = {
      defaultBackend: backend('d', { number: 4 }).backend,
      rules: [{ http: { paths } }, { host: '*.example' }, 'x'],
      tls: undefined,
    };
    expect(observeIngress(ingress({ spec }))).toMatchObject({
      backends: [
        { service: 'a', port: 1 },
        { service: 'b' },
        { service: 'd', port: 4 },
      ],
      hosts: ['*.example'],
      secrets: [],
    });
    expect(observeIngress(ingress({ spec: { rules: [] } }))).toBeUndefined();
  });
});

describe('observeCertificate', () => {
  it('says why one is not ready', () => {
    expect(observeCertificate(certificate())).toEqual({
      namespace: 'payments',
      name: 'fx-api',
      secret: 'fx-api-tls',
      ready: true,
    });
    expect(observeCertificate(certificate({ ready: false }))).toMatchObject({
      ready: false,
      message: 'Issuing certificate as Secret does not exist',
    });
    const { status: ignored, ...young } = certificate();
    expect(observeCertificate(young)).toMatchObject({ ready: false });
  });
});

it('no observer throws, whatever comes', () => {
  const observers: Array<[object, (object: unknown) => unknown]> = [
    [link({ failing: { 'a/b': { reason: '', message: '' } } }), observeLink],
    [mirroredService(), observeMirrored],
    [exportedService(), observeExported],
    [ingress(), observeIngress],
    [certificate(), observeCertificate],
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...observers),
      fc.constantFrom('metadata', 'spec', 'status'),
      fc.string(),
      fc.anything(),
      ([object, observe], part, key, value) => {
        const fields = (object as Record<string, object>)[part];
        observe({ ...object, [part]: value });
        observe({ ...object, [part]: { ...fields, [key]: value } });
        observe(value);
      },
    ),
    { numRuns: 500 },
  );
});

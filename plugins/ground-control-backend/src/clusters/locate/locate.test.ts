import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createRecordingLogger } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { ConfiguredClusterLocator } from './ConfiguredClusterLocator';
import { joinEntries } from './joinEntries';
import { readClusterSettings } from './readClusterSettings';

const resource = (name: string, annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name, annotations },
  spec: { type: 'kubernetes-cluster', owner: 'group:default/platform' },
});

function create(data: object, entities: any[] = []) {
  const logger = createRecordingLogger();
  const catalog = catalogServiceMock({ entities });
  const locator = new ConfiguredClusterLocator({
    config: mockServices.rootConfig({ data: data as any }),
    catalog,
    auth: mockServices.auth(),
    logger,
  });
  return { locator, logger, catalog };
}

const inConfig = (...clusters: object[]) => ({
  clusterLocatorMethods: [{ type: 'config', clusters }],
});

describe('ConfiguredClusterLocator', () => {
  it('finds none where none is configured, and asks nobody', async () => {
    const { locator, catalog } = create({});
    const asked = jest.spyOn(catalog, 'queryEntities');
    expect(await locator.locateClusters()).toEqual([]);
    expect(asked).not.toHaveBeenCalled();
  });

  it('joins all three by name, and ours win', async () => {
    const { locator } = create(
      {
        kubernetes: inConfig(
          {
            name: 'a',
            url: 'https://a:6443/',
            authProvider: 'serviceAccount',
            serviceAccountToken: 'theirs\n',
            caData: 'Y2E=',
            skipTLSVerify: false,
            skipMetricsLookup: true,
          },
          { name: 'b', url: 'https://b', authProvider: 'oidc' },
        ),
        groundControl: {
          clusters: [
            { name: 'c', kubeconfig: { context: 'x' }, environment: 'dev' },
            { name: 'a', tokenFile: '/token', provider: 'aws' },
          ],
        },
      },
      [
        resource('a', {
          'ground-control.dev/cluster-provider': 'azure',
          'ground-control.dev/cluster-region': 'eu-west-1',
          'kubernetes.io/api-server': 'https://other',
        }),
        resource('not-asked-for', { 'kubernetes.io/api-server': 'https://n' }),
      ],
    );
    expect(await locator.locateClusters()).toEqual([
      {
        name: 'c',
        environment: 'dev',
        auth: { kind: 'kubeconfig', context: 'x' },
      },
      {
        name: 'a',
        url: 'https://a:6443',
        provider: 'aws',
        region: 'eu-west-1',
        entityRef: 'resource:default/a',
        caData: 'Y2E=',
        skipTlsVerify: false,
        auth: { kind: 'tokenFile', path: '/token' },
      },
      { name: 'b', url: 'https://b', auth: { kind: 'none' } },
    ]);
  });

  it('takes clusters of the catalog where Backstage is told to', async () => {
    const { locator, logger } = create(
      { kubernetes: { clusterLocatorMethods: [{ type: 'catalog' }] } },
      [
        resource('z', {
          'kubernetes.io/api-server': 'https://z',
          'kubernetes.io/api-server-certificate-authority': 'Y2E=',
          'kubernetes.io/skip-tls-verify': 'true',
          'ground-control.dev/cluster-environment': 'prod',
        }),
        resource('bad', { 'kubernetes.io/api-server': 'https://u:canary@z' }),
      ],
    );
    for (const round of [1, 2]) {
      expect([round, await locator.locateClusters()]).toEqual([
        round,
        [
          {
            name: 'z',
            url: 'https://z',
            caData: 'Y2E=',
            skipTlsVerify: true,
            environment: 'prod',
            entityRef: 'resource:default/z',
            auth: { kind: 'none' },
          },
        ],
      ]);
    }
    expect(logger.lines).toEqual([
      'The annotation kubernetes.io/api-server of resource:default/bad may not contain a user or password',
      expect.stringMatching(/^Cluster bad is not watched/),
    ]);
  });

  it('goes on with what the catalog said before', async () => {
    const { locator, catalog } = create(
      { kubernetes: { clusterLocatorMethods: [{ type: 'catalog' }] } },
      [resource('z', { 'kubernetes.io/api-server': 'https://z' })],
    );
    const asked = jest.spyOn(catalog, 'queryEntities');
    asked.mockRejectedValueOnce(new Error('down'));
    await expect(locator.locateClusters()).rejects.toThrow('down');
    const before = await locator.locateClusters();
    asked.mockRejectedValueOnce(new Error('down'));
    expect(before).toHaveLength(1);
    expect(await locator.locateClusters()).toEqual(before);
  });

  const own = (...clusters: unknown[]) => ({ groundControl: { clusters } });
  it.each<[string, object, RegExp]>([
    ['no name', own({ url: 'https://a' }), /clusters\[0\]\.name is missing/],
    ['a bad name', own({ name: '../canary' }), /clusters\[0\]\.name must be/],
    [
      'a name twice',
      own({ name: 'a', url: 'https://a' }, { name: 'a' }),
      /groundControl\.clusters names a twice/,
    ],
    [
      'a password in the URL',
      own({ name: 'a', url: 'https://u:canary@a' }),
      /clusters\[0\]\.url may not contain a user/,
    ],
    [
      'what is no URL',
      own({ name: 'a', url: 'canary' }),
      /clusters\[0\]\.url is not a URL/,
    ],
    [
      'another scheme',
      own({ name: 'a', url: 'ftp://canary' }),
      /url must begin with https/,
    ],
    [
      'two ways in',
      own({ name: 'a', token: 'canary', tokenFile: '/canary' }),
      /clusters\[0\] has several of token/,
    ],
    [
      'a token of two lines',
      own({ name: 'a', token: 'canary\ncanary' }),
      /clusters\[0\]\.token may not contain a line end/,
    ],
    [
      'a token that is a number',
      own({ name: 'a', token: 7 }),
      /clusters\[0\]\.token must be of type string/,
    ],
    [
      'a word that we do not know',
      own({ name: 'a', tokn: 'canary' }),
      /clusters\[0\] has tokn, which is not known/,
    ],
    [
      'half a client certificate',
      own({ name: 'a', clientCertificate: { keyFile: '/canary' } }),
      /clusters\[0\]\.clientCertificate\.certificateFile is missing/,
    ],
    [
      'a cluster of Backstage without a URL',
      { kubernetes: inConfig({ name: 'a', serviceAccountToken: 'canary' }) },
      /clusterLocatorMethods\[0\]\.clusters\[0\]\.url is missing/,
    ],
    [
      'no list',
      { groundControl: { clusters: 'canary' } },
      /groundControl\.clusters must be of type array/,
    ],
  ])('refuses %s, and repeats no secret', (_, data, words) => {
    let message = '';
    try {
      create(data);
    } catch (error) {
      message = String((error as Error).stack);
    }
    expect(message).toMatch(words);
    expect(message.split('\n')[0]).not.toContain('canary');
  });
});

describe('joinEntries', () => {
  it('sends credentials nowhere that only the catalog says', () => {
    const join = (usesCatalog: boolean) =>
      joinEntries({
        own: [{ name: 'a', url: 'https://a', auth: { kind: 'none' } }],
        backstage: [{ name: 'b', url: 'https://b' }],
        catalog: ['a', 'b', 'c'].map(name => ({
          name,
          url: 'https://elsewhere',
          skipTlsVerify: true,
          region: 'there',
        })),
        usesCatalog,
        inCluster: true,
      }).definitions.map(({ name, url, skipTlsVerify, auth, region }) => [
        [name, url, skipTlsVerify, auth.kind, region].join(' '),
      ]);
    expect(join(false)).toEqual([
      ['a https://a  none there'],
      ['b https://b  tokenFile there'],
    ]);
    expect(join(true)[2]).toEqual(['c https://elsewhere true none there']);
  });

  it('shows our own service account where we run in a cluster and nothing else is said', () => {
    const { definitions } = joinEntries({
      own: [],
      backstage: [{ name: 'a', url: 'https://a' }],
      catalog: [],
      usesCatalog: false,
      inCluster: true,
    });
    expect(definitions).toEqual([
      {
        name: 'a',
        url: 'https://a',
        caFile: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
        auth: {
          kind: 'tokenFile',
          path: '/var/run/secrets/kubernetes.io/serviceaccount/token',
        },
      },
    ]);
  });
});

describe('readClusterSettings', () => {
  const read = (clusterSettings?: object) =>
    readClusterSettings(
      mockServices.rootConfig({
        data: clusterSettings
          ? { groundControl: { clusterSettings: clusterSettings as any } }
          : {},
      }),
    );

  it('has defaults for all', () => {
    expect(read().timings).toMatchObject({
      askIntervalMs: 3_000,
      absentMs: 60_000,
    });
    expect(read().notices).toEqual({
      flapMs: 20_000,
      stuckMs: 600_000,
      unreadMs: 300_000,
    });
    expect(read({ tellUnreadAfter: '1m' }).notices.unreadMs).toBe(60_000);
    expect(
      read({ askInterval: '5s', responseTimeout: 'PT1M', maxObjectSize: 2 })
        .timings,
    ).toMatchObject({
      askIntervalMs: 5_000,
      limits: { responseTimeoutMs: 60_000, maxObjectBytes: 2 * 1024 * 1024 },
    });
  });

  it.each([
    [{ askInterval: '1ms' }, /clusterSettings\.askInterval must be one second/],
    [
      { tellUnreadAfter: 5 },
      /clusterSettings\.tellUnreadAfter is not a length/,
    ],
    [{ maxObjectSize: 0 }, /clusterSettings\.maxObjectSize is a number/],
    [{ asks: '1s' }, /clusterSettings has asks, which is not known/],
  ])('refuses %j', (settings, words) => {
    expect(() => read(settings)).toThrow(words);
  });
});

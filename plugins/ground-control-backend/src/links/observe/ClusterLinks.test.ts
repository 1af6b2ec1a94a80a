import { TestDatabaseId } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import { createRecordingLogger } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';
import { createTestDatabases } from '../../__testUtils__/databases';
import { migrate } from '../../__testUtils__/migrate';
import { until } from '../../__testUtils__/until';
import { MemoryClusterWatching } from '../../clusters/__testUtils__/MemoryClusterWatching';
import { syncClusters } from '../../clusters/store/syncClusters';
import { KindReading } from '../../clusters/types';
import { ChangeHub } from '../../lib/ChangeHub';
import {
  certificate,
  exportedService,
  ingress,
  link,
  makeRoot,
  mirroredService,
  trustRoots,
} from '../__testUtils__/objects';
import {
  LINK_TABLES,
  readExported,
  readIngresses,
  readLinkRows,
  readLinkWatch,
  readMirrored,
  readTrust,
} from '../store';
import { ClusterLinks } from './ClusterLinks';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('ClusterLinks on %s', id => {
  const stops: Array<() => Promise<void>> = [];
  let knex: Knex;
  let bundle: string;

  beforeAll(async () => {
    knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    bundle = await makeRoot('root', '2030-01-01T00:00:00Z');
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()));
    for (const table of LINK_TABLES) await knex(table).delete();
  });

  async function watch(cluster: string, objects: object[] = []) {
    const watching = new MemoryClusterWatching({ observedAt: 1_000 });
    const hub = new ChangeHub({ onError: () => {} });
    const told: string[] = [];
    hub.subscribe(({ kind }) => {
      told.push(kind);
    });
    const logger = createRecordingLogger();
    const writes = { count: 0, fault: undefined as Error | undefined };
    const lost: unknown[] = [];
    const links = await ClusterLinks.load({
      cluster,
      knex,
      hub,
      logger,
      watching,
      transact: async work => {
        writes.count += 1;
        await knex.transaction(async tx => {
          await work(tx);
          if (writes.fault) throw writes.fault;
        });
      },
      onLost: error => lost.push(error),
      leastMs: 100,
      retryMs: 100,
    });
    watching.listener = {
      onObject: kind => links.onObject(kind),
      onListed: () => {},
      onReading: () => links.onReading(),
    };
    stops.push(async () => {
      hub.close();
      await links.stop();
    });
    const kinds = (change: Record<string, Partial<KindReading>>) =>
      watching.read({
        kinds: watching.reading.kinds.map(kind => ({
          ...kind,
          observedAt: 1_000,
          ...change[kind.id],
        })),
      });
    watching.apply(...objects);
    kinds({});
    return { watching, told, logger, writes, lost, links, kinds };
  }

  const watchOf = async (cluster: string) =>
    (await readLinkWatch(knex, { cluster }))[0];
  const targetsOf = async (cluster: string) =>
    (await readLinkRows(knex, { cluster })).map(({ target }) => target);

  it('writes all that a cluster says, and nothing of others', async () => {
    await watch('az-1', [link({ target: 'aws-1' })]);
    await watch('aws-1', [
      link({
        target: 'gcp-1',
        mirrored: ['payments/fx-api'],
        failing: {
          'payments/cards': { reason: 'Error', message: 'exceeded quota' },
        },
      }),
      mirroredService(),
      exportedService({
        name: 'credit',
        labels: { 'app.kubernetes.io/managed-by': 'backbone-gateway' },
        spec: { type: 'ExternalName', externalName: 'credit.example' },
      }),
      ingress(),
      certificate({ ready: false }),
      trustRoots(bundle),
    ]);
    await until(async () => (await readLinkWatch(knex)).length === 2);
    const where = { cluster: 'aws-1' };
    expect(await readLinkRows(knex, where)).toEqual([
      {
        ...where,
        target: 'gcp-1',
        namespace: 'linkerd-multicluster',
        gateway: ['gateway.gcp-1.example', '10.0.0.1'],
        gatewayPort: 4143,
        gatewayIdentity: 'linkerd-gateway.example',
        probePeriod: '3s',
        observedAt: expect.any(Number),
      },
    ]);
    const mirrored = {
      ...where,
      namespace: 'payments',
      target: 'gcp-1',
      serviceNamespace: 'payments',
    };
    expect(await readMirrored(knex, where)).toEqual([
      {
        ...mirrored,
        name: 'cards-gcp-1',
        service: 'cards',
        state: 'failing',
        reason: 'Error',
        message: 'exceeded quota',
      },
      {
        ...mirrored,
        name: 'fx-api-gcp-1',
        service: 'fx-api',
        state: 'mirrored',
        reason: null,
        message: null,
      },
    ]);
    expect(await readExported(knex)).toEqual([
      {
        ...where,
        namespace: 'payments',
        service: 'credit',
        ports: [80, 9090],
        externalName: 'credit.example',
        managedByGateway: true,
      },
    ]);
    expect(await readIngresses(knex)).toEqual([
      {
        ...where,
        namespace: 'payments',
        name: 'fx-api',
        service: 'fx-api',
        port: 3000,
        hosts: ['fx-api.example'],
        managedByGateway: false,
        certificate: 'not-ready',
        certificateMessage: 'Issuing certificate as Secret does not exist',
      },
    ]);
    expect(await readTrust(knex)).toEqual([
      {
        ...where,
        roots: [
          {
            fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
            subject: 'CN=root',
            notAfter: '2030-01-01T00:00:00.000Z',
          },
        ],
        fault: null,
      },
    ]);
    expect(await watchOf('aws-1')).toEqual({
      ...where,
      linksKnown: true,
      servicesKnown: true,
      ingressesKnown: true,
      observedAt: 1_000,
    });
  });

  it('follows what changes, and tells of it', async () => {
    const { watching, told } = await watch('aws-1', [
      link({ target: 'gcp-1' }),
      mirroredService(),
      trustRoots(bundle),
    ]);
    await until(() => told.length > 0);
    watching.apply(link({ target: 'az-1' }));
    await until(async () => (await targetsOf('aws-1')).length === 2);
    watching.remove(link({ target: 'gcp-1' }));
    watching.remove(mirroredService());
    watching.remove(trustRoots(bundle));
    await until(async () => (await targetsOf('aws-1')).join() === 'az-1');
    await until(async () => (await readTrust(knex)).length === 0);
    expect(await readMirrored(knex)).toEqual([]);
    expect(new Set(told)).toEqual(new Set(['links']));
  });

  it('gathers what comes at once, and writes what differs alone', async () => {
    const { watching, told, writes } = await watch('aws-1', [
      link({ target: 'gcp-1' }),
    ]);
    await until(() => told.length === 1);
    const before = await readLinkRows(knex);
    const writesBefore = writes.count;
    for (let i = 0; i < 700; i += 1) {
      watching.apply(mirroredService({ service: `s${i}` }));
    }
    await until(() => told.length === 2);
    expect(await readMirrored(knex)).toHaveLength(700);
    // Three transactions of 300 rows at most, none of them for the link.
    expect(writes.count - writesBefore).toBe(3);
    expect(await readLinkRows(knex)).toEqual(before);
    for (let i = 0; i < 700; i += 1) {
      watching.remove(mirroredService({ service: `s${i}` }));
    }
    await until(() => told.length === 3);
    expect(await readMirrored(knex)).toEqual([]);
  });

  it('goes on where another stopped, and writes nothing again', async () => {
    const objects = [
      link(),
      mirroredService(),
      exportedService(),
      ingress(),
      trustRoots(bundle),
    ];
    const first = await watch('aws-1', objects);
    await until(() => first.told.length > 0);
    await first.links.stop();
    const before = await readLinkRows(knex);
    const second = await watch('aws-1', objects);
    second.watching.apply(link({ target: 'az-1' }));
    await until(async () => (await targetsOf('aws-1')).length === 2);
    await second.links.stop();
    expect(second.writes.count).toBe(1);
    expect(
      (await readLinkRows(knex)).find(one => one.target === 'gcp-1'),
    ).toEqual(before[0]);
  });

  it('keeps what a cluster said last while it can not be reached', async () => {
    const { watching, kinds, told } = await watch('aws-1', [
      link(),
      mirroredService(),
    ]);
    await until(() => told.length === 1);
    const before = await watchOf('aws-1');
    watching.read({ state: 'unreachable' });
    kinds({ links: { state: 'failing', reason: 'No answer' } });
    // A replica that takes over has nothing in its hands yet.
    const next = await watch('aws-1');
    next.kinds(
      Object.fromEntries(
        next.watching.reading.kinds.map(kind => [
          kind.id,
          { state: 'failing', reason: 'No answer' },
        ]),
      ),
    );
    await new Promise(resolve => setTimeout(resolve, 400));
    expect(await targetsOf('aws-1')).toEqual(['gcp-1']);
    expect(await readMirrored(knex)).toHaveLength(1);
    expect(await watchOf('aws-1')).toEqual(before);
  });

  it('tells what is not known from what is not there', async () => {
    const { kinds, told } = await watch('aws-1', [
      link(),
      mirroredService(),
      ingress(),
      certificate(),
      trustRoots(bundle),
    ]);
    await until(() => told.length === 1);
    const flags = async () => {
      const one = await watchOf('aws-1');
      return [one.linksKnown, one.servicesKnown, one.ingressesKnown].join();
    };
    expect(await flags()).toBe('true,true,true');
    const forbidden = { state: 'forbidden', reason: '403' } as const;
    kinds({
      links: forbidden,
      ingresses: forbidden,
      certificates: { state: 'absent' },
      trustRoots: forbidden,
    });
    await until(async () => (await flags()) === 'false,false,false');
    // What it said last is shown with its age; only that it is all isn't so.
    expect(await targetsOf('aws-1')).toEqual(['gcp-1']);
    expect(await readMirrored(knex)).toHaveLength(1);
    expect(await readIngresses(knex)).toHaveLength(1);
    expect(await readTrust(knex)).toEqual([]);
    const live = { state: 'live', reason: undefined } as const;
    kinds({ links: { state: 'absent' }, ingresses: live });
    await until(async () => (await flags()) === 'false,true,true');
    expect(await targetsOf('aws-1')).toEqual([]);
    expect(await readIngresses(knex)).toMatchObject([
      { certificate: 'unknown' },
    ]);
    // One of its objects is larger than what is read.
    kinds({ links: { state: 'live', reason: 'One is left out' } });
    // What is known of kinds is written after the rows.
    await until(async () => (await flags()) === 'false,false,true');
    expect(await targetsOf('aws-1')).toHaveLength(1);
  });

  it('believes nothing of a cluster that answers as another', async () => {
    const { watching, told } = await watch('aws-1', [link()]);
    await until(() => told.length === 1);
    watching.read({ state: 'mistaken' });
    watching.apply(link({ target: 'az-1' }));
    await new Promise(resolve => setTimeout(resolve, 400));
    expect(await targetsOf('aws-1')).toEqual(['gcp-1']);
  });

  it('writes again what could not be written, and says so once', async () => {
    const { watching, writes, told, logger, lost } = await watch('aws-1');
    await until(() => told.length === 1);
    writes.fault = new Error('the disk is full');
    watching.apply(link());
    await until(() => writes.count >= 3);
    writes.fault = undefined;
    await until(() => told.length === 2);
    expect(await targetsOf('aws-1')).toEqual(['gcp-1']);
    await until(() => logger.lines.length === 2);
    expect(logger.lines.join('\n')).toMatch(/the disk is full[^]*again/);
    expect(lost).toEqual([]);
  });

  it('says that somebody else watches the cluster now', async () => {
    const { writes, watching, lost, told } = await watch('aws-1');
    await until(() => told.length === 1);
    writes.fault = new ConflictError('The lease is held by another');
    watching.apply(link());
    await until(() => lost.length > 0);
    expect(await targetsOf('aws-1')).toEqual([]);
  });

  it('leaves nothing of a cluster that is no longer configured', async () => {
    await knex('clusters').insert(
      ['aws-1', 'az-1'].map((cluster, ordinal) => ({
        cluster,
        ordinal,
        since: 0,
      })),
    );
    for (const name of ['aws-1', 'az-1']) {
      const { told, links } = await watch(name, [
        link(),
        mirroredService(),
        exportedService(),
        ingress(),
        trustRoots(bundle),
      ]);
      await until(() => told.length === 1);
      await links.stop();
    }
    const { url, auth } = { url: '', auth: { kind: 'none' } as const };
    await syncClusters(knex, [{ name: 'az-1', url, auth }], 0);
    for (const table of LINK_TABLES) {
      expect([table, await knex(table).pluck('cluster')]).toEqual([
        table,
        ['az-1'],
      ]);
    }
    await knex('clusters').delete();
  });
});

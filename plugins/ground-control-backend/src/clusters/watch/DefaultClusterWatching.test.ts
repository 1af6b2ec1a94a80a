import { until } from '../../__testUtils__/until';
import {
  colored,
  definitionOf,
  DEPLOYMENTS_PATH,
  KUSTOMIZATIONS_PATH,
  Watcher,
} from '../__testUtils__/WatchFixture';
import { ScriptedCluster } from '../__testUtils__/ScriptedCluster';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function setUp(options: { serves?: string[]; begin?: boolean } = {}) {
  const cluster = new ScriptedCluster('one', {
    serves: options.serves ?? [KUSTOMIZATIONS_PATH, DEPLOYMENTS_PATH],
    token: 'canary-token',
  });
  await cluster.start();
  stops.push(() => cluster.stop());
  const watcher = new Watcher(definitionOf(cluster));
  stops.push(() => watcher.watching.stop());
  const live = () =>
    until(() => watcher.state === 'live', {
      seen: () => watcher.watching.reading,
    });
  return { cluster, watcher, live };
}

describe('DefaultClusterWatching', () => {
  it('lists in pages, then follows, and tells of each difference once', async () => {
    const { cluster, watcher, live } = await setUp();
    for (let i = 0; i < 8; i += 1) {
      cluster.put(KUSTOMIZATIONS_PATH, colored(`k${i}`, 'red'));
    }
    watcher.watching.start();
    await live();
    expect(Object.keys(watcher.held())).toHaveLength(8);
    expect(watcher.watching.reading).toMatchObject({
      kubernetesVersion: 'v1.34.1',
      instance: 'uid-of-one',
      identity: 'one',
    });
    const pages = cluster.requests.filter(
      url => url.startsWith(KUSTOMIZATIONS_PATH) && !url.includes('watch'),
    );
    expect(pages).toHaveLength(3);
    await until(() => cluster.openWatches === 2);

    watcher.told.length = 0;
    cluster.put(KUSTOMIZATIONS_PATH, colored('k0', 'blue'));
    cluster.put(KUSTOMIZATIONS_PATH, colored('k1', 'red'));
    cluster.put(KUSTOMIZATIONS_PATH, colored('k9', 'red'));
    cluster.drop(KUSTOMIZATIONS_PATH, 'ns/k2');
    await until(() => watcher.told.length === 3);
    expect(watcher.told).toEqual([
      'kustomizations ns/k0 blue',
      'kustomizations ns/k9 red',
      'kustomizations ns/k2 gone',
    ]);
  });

  it('resumes a closed watch where it stood, without a list', async () => {
    const { cluster, watcher, live } = await setUp();
    cluster.put(KUSTOMIZATIONS_PATH, colored('k', 'red'));
    watcher.watching.start();
    await live();
    await until(() => cluster.openWatches === 2);
    watcher.told.length = 0;
    const blue = colored('k', 'blue');
    const events = [
      { type: 'BOOKMARK', object: { metadata: { resourceVersion: '777' } } },
      {
        type: 'MODIFIED',
        object: {
          ...blue,
          metadata: { ...blue.metadata, resourceVersion: undefined },
        },
      },
    ];
    cluster.write(events.map(event => `${JSON.stringify(event)}\n`).join(''));
    await until(() => watcher.told.length > 0);
    cluster.requests = [];
    cluster.closeWatches();
    await until(() => cluster.openWatches === 2);
    const asked = cluster.requests.filter(url =>
      url.startsWith(KUSTOMIZATIONS_PATH),
    );
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('resourceVersion=777');
    expect(asked[0]).toMatch(/timeoutSeconds=[3-6]\d\d/);
    expect(watcher.state).toBe('live');
  });

  it('finds a kind that appears later, and one that goes for good', async () => {
    const { cluster, watcher, live } = await setUp({
      serves: [DEPLOYMENTS_PATH],
    });
    watcher.watching.start();
    await until(() => watcher.state === 'failing');
    expect(watcher.reason).toMatch(/It has no kustomizations\..*Flux/);
    expect(watcher.kind('kustomizations').state).toBe('absent');
    await until(() => watcher.kind('deployments').state === 'live');
    cluster.serve(KUSTOMIZATIONS_PATH);
    cluster.put(KUSTOMIZATIONS_PATH, colored('k', 'red'));
    await live();
    expect(watcher.held()).toEqual({ 'ns/k': 'red' });

    // A server that just started may not know it yet: that is said, and
    // nothing is called gone until it is asked again.
    cluster.unserve(KUSTOMIZATIONS_PATH);
    cluster.closeWatches();
    await until(() => watcher.kind('kustomizations').state === 'failing');
    expect(watcher.held()).toEqual({ 'ns/k': 'red' });
    await until(() => watcher.kind('kustomizations').state === 'absent');
    expect(watcher.held()).toEqual({});
    expect(watcher.told).toContain('kustomizations ns/k gone');
  });

  it('lists once what is not watched', async () => {
    const { cluster, watcher, live } = await setUp();
    cluster.serve('/api/v1/pods');
    watcher.watching.start();
    await live();
    for (const name of ['a', 'b', 'c']) {
      cluster.put('/api/v1/pods', colored(name, 'red'));
    }
    const pods = await watcher.watching.list(
      {
        id: 'pods',
        group: '',
        versions: ['v1'],
        resource: 'pods',
        needed: false,
        observe: object =>
          (object as { metadata: { name: string } }).metadata.name,
      },
      { labelSelector: 'app=x', limit: 2 },
    );
    expect(pods).toEqual(['a', 'b']);
    expect(
      cluster.requests.some(url => url.includes('labelSelector=app%3Dx')),
    ).toBe(true);
  });

  it('says nothing of its credentials anywhere', async () => {
    const { cluster, watcher } = await setUp();
    cluster.script = (request, response) => {
      response.writeHead(500, { 'x-echo': request.headers.authorization! });
      response.end(request.headers.authorization);
      return true;
    };
    watcher.watching.start();
    await until(() => watcher.state === 'failing');
    const said = JSON.stringify([watcher.readings, watcher.logger.lines]);
    expect(said).not.toContain('canary');
  });
});

import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import {
  ClusterConnectionState,
  ClusterSync,
  LinkState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import { EntityCluster } from '../entity/EntityCluster';
import { isClusterEntity } from '../predicates';
import { FixtureApi } from '../__testUtils__/FixtureApi';
import { renderReleases } from '../__testUtils__/renderReleases';

const mixed = () =>
  new FixtureApi({ now: Date.now(), services: 60, clusters: 'mixed' });

async function rowOf(name: string) {
  const table = await screen.findByRole('table', {
    name: 'Clusters and what they report',
  });
  const link = within(table).getByRole('link', { name });
  return link.closest('tr')!;
}

describe('clusters page', () => {
  it('has one main, a title, a heading and a row for each cluster', async () => {
    await renderReleases('/releases/clusters', { api: mixed() });
    expect(
      await screen.findByRole('heading', { name: 'Clusters' }),
    ).toBeInTheDocument();
    await rowOf('aws-prod-1');
    expect(screen.getAllByRole('rowheader')).toHaveLength(14);
    await waitFor(() => expect(document.title).toBe('Clusters · Releases'));
    expect(document.querySelectorAll('main,[role=main]')).toHaveLength(1);
  });

  it('tells what a cluster is, how far it follows, and how its services stand', async () => {
    await renderReleases('/releases/clusters', { api: mixed() });
    const row = await rowOf('gcp-prod-1');
    expect(row).toHaveTextContent('prod GCP · europe-west1');
    expect(row).toHaveTextContent('12 commits behind for 21 min');
    expect(row).toHaveTextContent(
      '0bd8812 · position 8,988Fetched 77ce012, applied 2 commits before',
    );
    expect(row).toHaveTextContent(
      'Source: failed to checkout: ssh: handshake failed',
    );
    expect(row).toHaveTextContent('Kubernetes1.31.4Flux2.4.0');
    expect(row).toHaveTextContent('5 of 6 nodes');
    expect(
      within(row).getByRole('link', { name: /^\d+ failed$/ }),
    ).toHaveAttribute(
      'href',
      '/releases/board?squad=all&cluster=gcp-prod-1&state=failed',
    );
    expect(await rowOf('aws-prod-1')).toHaveTextContent(
      /Up to date 4f2c1aa · position 9,000(?!Fetched)/,
    );
    expect(await rowOf('platform')).toHaveTextContent(
      'observability carries no environment',
    );
    expect(await rowOf('aws-prod-2')).toHaveTextContent(
      'Recovering: 310 of 452 Ready',
    );
  });

  it.each<[string, Partial<ClusterSync>, string, RegExp]>([
    [
      'fails to apply what was fetched',
      {
        commitsBehind: 1,
        fetched: { revision: 'beef1234', position: 9001 },
        blockedBy: {
          kind: 'Kustomization',
          namespace: 'flux-system',
          name: 'infrastructure',
          why: 'no room',
        },
      },
      'rolling-out',
      /1 commit behind.*Blocked by Kustomization flux-system\/infrastructure: no room.*Fetched beef123, applied 1 commit before/,
    ],
    [
      'has something that applied nothing yet',
      { commitsBehind: 0, unapplied: 1 },
      'rolling-out',
      /1 Kustomization has applied nothing yet(?!.*Up to date)/,
    ],
    [
      'applied a commit that isn’t known',
      { position: undefined, commitsBehind: undefined },
      'unknown',
      /Applied a commit that we have not read/,
    ],
    [
      'fetched one that isn’t known',
      { commitsBehind: 0, fetched: { revision: 'beef1234' } },
      'fine',
      /Up to date.*Fetched beef123$/,
    ],
    [
      'has applied nothing',
      {
        revision: undefined,
        position: undefined,
        fetched: { revision: 'beef1234', position: 9001 },
      },
      'never-reported',
      /No applied commit is known Fetched beef123$/,
    ],
  ])('says of one that it %s', async (_, sync, glyph, words) => {
    const api = mixed();
    const [{ name }] = api.clusters.statuses;
    Object.assign(api.clusters.statuses[0].sync, sync);
    await renderReleases('/releases/clusters', { api });
    const cell = within(await rowOf(name)).getAllByRole('cell')[2];
    expect(cell).toHaveTextContent(words);
    expect(cell.querySelector('[data-status]')).toHaveAttribute(
      'data-status',
      glyph,
    );
  });

  it('leads to the links of each cluster by the worst of them', async () => {
    const api = mixed();
    const asked = jest.spyOn(api, 'getLinkMatrix');
    const matrix = await api.getLinkMatrix({});
    const [cell] = matrix.cells;
    const link = (from: string, to: string, state: LinkState) => ({
      ...{ ...cell, from, to, state },
    });
    asked.mockClear().mockResolvedValue({
      ...matrix,
      cells: [
        link('aws-prod-1', 'az-prod-1', 'normal'),
        link('gcp-prod-1', 'aws-prod-1', 'high'),
        link('aws-prod-1', 'aws-prod-2', 'not-linked'),
        link('az-stg-1', 'aws-prod-2', 'hidden'),
      ],
    });
    await renderReleases('/releases/clusters', { api });
    const chipOf = async (name: string) =>
      within(await rowOf(name)).findByRole('link', { name: /^Worst link/ });
    const worst = await chipOf('aws-prod-1');
    expect(worst).toHaveTextContent('Worst link: High');
    expect(worst).toHaveAttribute('title', 'gcp-prod-1 → aws-prod-1');
    expect(worst).toHaveAttribute('href', '/links/map?cluster=aws-prod-1');
    expect(await chipOf('az-prod-1')).toHaveTextContent('Normal');
    // That it may not be seen is not that there is none.
    expect(await chipOf('aws-prod-2')).toHaveTextContent('Hidden');
    expect(await rowOf('gcp-dev-1')).toHaveTextContent(
      'No link from or to it is known.',
    );
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('doesn’t take links that can’t be read for none', async () => {
    const api = mixed();
    api.getLinkMatrix = async () => {
      throw new Error('no connection');
    };
    await renderReleases('/releases/clusters', { api });
    expect(
      await screen.findByText('Links could not be loaded: no connection'),
    ).toBeInTheDocument();
    expect(await rowOf('aws-prod-1')).toHaveTextContent('Up to date');
    expect(screen.queryByText(/Worst link|No link from/)).toBeNull();
  });

  it('names what is not read, and calls no size complete that is not', async () => {
    const api = mixed();
    const [first, second] = api.clusters.statuses;
    const reason = 'We may not read statefulsets.apps';
    Object.assign(first.connection, { state: 'live', reason });
    first.nodes = undefined;
    second.containers = undefined;
    await renderReleases('/releases/clusters', { api });
    const row = await rowOf(first.name);
    expect(row).toHaveTextContent(`Live`);
    expect(row).toHaveTextContent(reason);
    expect(row).toHaveTextContent(/nodes unknown\d+ containers/);
    expect(await rowOf(second.name)).toHaveTextContent(
      /of \d+ nodescontainers unknown/,
    );
  });

  it.each<[string, ClusterConnectionState, string, RegExp]>([
    ['az-prod-1', 'unreachable', 'failed', /Unreachable.*No answer within 5 s/],
    ['aws-lab-1', 'unauthorized', 'locked', /Credentials rejected.*401.*Renew/],
    ['az-lab-1', 'forbidden', 'locked', /Access refused.*403.*ClusterRole/],
    ['gcp-lab-1', 'mistaken', 'problem', /Another cluster.*gcp-lab-9/],
    ['aws-lab-2', 'untrusted', 'problem', /Certificate not trusted.*old\.ex/],
    ['az-lab-2', 'failing', 'failed', /Failing.*answered 500/],
    ['gcp-lab-2', 'stale', 'stale', /Not heard of.*Heard 6 minutes ago/],
    ['aws-lab-3', 'starting', 'never-reported', /Not read yet.*Heard never/],
    ['az-stg-1', 'syncing', 'rolling-out', /Being read/],
    ['aws-prod-1', 'live', 'fine', /Live.*Heard just now/],
  ])('says of %s that it is %s', async (name, state, glyph, words) => {
    await renderReleases('/releases/clusters', { api: mixed() });
    const cells = within(await rowOf(name)).getAllByRole('cell');
    expect(cells[0]).toHaveTextContent(words);
    expect(cells[0].querySelector(`[data-status=${glyph}]`)).not.toBeNull();
    // What is old, or was never known, has neither the look nor the glyph of health.
    const old = state !== 'live' && state !== 'syncing';
    const told = cells.slice(1);
    expect(told.every(cell => cell.matches('.gc-hatch') === old)).toBe(true);
    const healthy = told.some(cell => cell.querySelector('[data-status=fine]'));
    expect(healthy && old).toBe(false);
  });

  it('tells what traffic a cluster asks for, and what comes of it', async () => {
    const api = mixed();
    const [asks, tries, confused, empty] = api.clusters.statuses;
    const key = 'external-dns.alpha.kubernetes.io/aws-weight';
    const annotations = [
      { key, value: '0' },
      { key: 'plain', value: 'x' },
    ];
    asks.routing = { annotations, dryRun: false };
    tries.routing = { annotations, dryRun: true };
    confused.routing = { annotations: [], dryRun: false, conflicting: 2 };
    empty.routing = { annotations: [], dryRun: false };
    await renderReleases('/releases/clusters', { api });
    expect(await rowOf(asks.name)).toHaveTextContent(
      'Trafficaws-weight 0, plain x',
    );
    expect(
      within(await rowOf(asks.name)).getByTitle(
        /^external-dns.*: 0\splain: x$/,
      ),
    ).toBeInTheDocument();
    expect(await rowOf(tries.name)).toHaveTextContent(/plain x, tried only/);
    expect(await rowOf(confused.name)).toHaveTextContent(
      '2 RoutingWeights name it, so that nothing new is set',
    );
    expect(await rowOf(empty.name)).toHaveTextContent(
      'Trafficnothing asked for',
    );
    for (const { name } of api.clusters.statuses.slice(4)) {
      expect(await rowOf(name)).not.toHaveTextContent(/Traffic|RoutingWeight/);
    }
  });

  it('says when platform engineers were told of one', async () => {
    const api = mixed();
    const { items } = await api.getClusters();
    const away = items.find(
      ({ connection }) => connection.state === 'failing',
    )!;
    away.connection.toldAt = new Date(Date.now() - 7 * 60_000).toISOString();
    api.getClusters = async () => ({ ...(await mixed().getClusters()), items });
    await renderReleases('/releases/clusters', { api });
    expect(await rowOf(away.name)).toHaveTextContent(
      'Platform engineers were told 7 minutes ago',
    );
    expect(screen.getAllByText(/Platform engineers were told/)).toHaveLength(1);
  });

  it('says how to configure clusters where there are none', async () => {
    await renderReleases('/releases/clusters');
    expect(
      await screen.findByText('No clusters are configured.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/kubernetes.clusterLocatorMethods/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('says which permission is missing', async () => {
    const api = mixed();
    api.getClusters = async () => {
      throw Object.assign(
        new Error('No: the permission ground-control.cluster.read is missing'),
        { statusCode: 403 },
      );
    };
    await renderReleases('/releases/clusters', { api });
    expect(
      await screen.findByText(
        'Ask a platform engineer for the permission ground-control.cluster.read.',
      ),
    ).toBeInTheDocument();
  });

  it('is a list where there is no room for a table', async () => {
    const width = jest
      .spyOn(Element.prototype, 'getBoundingClientRect')
      .mockReturnValue({ width: 360, height: 700, top: 0 } as DOMRect);
    await renderReleases('/releases/clusters', { api: mixed() });
    const list = await screen.findByRole('list', {
      name: 'Clusters and what they report',
    });
    const first = within(list).getByRole('link', { name: 'aws-prod-1' });
    expect(first.closest('li')).toHaveTextContent(
      /Identity.*Names itself aws-prod-1, as configured.*Nodes6 of 6 ready/,
    );
    expect(screen.queryByRole('table')).toBeNull();
    width.mockRestore();
  });

  it('follows signals of clusters, and not those of the repository', async () => {
    const api = mixed();
    const rendered = await renderReleases('/releases/clusters', { api });
    expect(await rowOf('aws-prod-1')).toHaveTextContent('Live');
    const [first] = api.clusters.statuses;
    first.connection = { ...first.connection, state: 'unreachable' };
    const asked = jest.spyOn(api, 'getClusters');
    act(() => rendered.signal(1, 'repository'));
    act(() => rendered.signal(2, 'commits'));
    await act(() => new Promise(resolve => setTimeout(resolve, 1_800)));
    expect(asked).not.toHaveBeenCalled();
    act(() => rendered.signal(3, 'clusters'));
    await waitFor(async () =>
      expect(await rowOf('aws-prod-1')).toHaveTextContent('Unreachable'),
    );
  });
});

describe('cluster page', () => {
  it('tells what it is, how it recovers, what is not well, and what is read', async () => {
    await renderReleases('/releases/clusters/aws-prod-2', { api: mixed() });
    expect(
      await screen.findByRole('heading', { name: 'aws-prod-2' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(
        // It goes on counting while a slow machine draws.
        /^Under way for 2[5-9] min of the hour that is the goal\.$/,
      ),
    ).toBeInTheDocument();
    const [ready] = screen
      .getAllByText('Everything Ready')
      .map(step => step.closest('li')!);
    expect(ready).toHaveTextContent('310 of 452 Ready');
    expect(
      screen.getAllByText('API reachable')[0].closest('li'),
    ).toHaveTextContent('after 6 min 40 sec');
    const kind = screen
      .getByRole('rowheader', { name: 'nodes' })
      .closest('tr')!;
    expect(kind).toHaveTextContent('Access refused403: nodes is forbidden');
    // How many there are is not known, which isn't none.
    expect(within(kind).getAllByRole('cell')[1]).toHaveTextContent('–');
    const failed = screen.getAllByText('Failed')[0].closest('li')!;
    expect(within(failed).getByRole('link')).toHaveAttribute(
      'href',
      expect.stringMatching(/^\/releases\/services\//),
    );
    await waitFor(() => expect(document.title).toBe('aws-prod-2 · Releases'));
  });

  it('says of an earlier recovery that it was cut short', async () => {
    const api = mixed();
    const { getCluster } = api;
    const at = (minutes: number) =>
      new Date(Date.now() - minutes * 60_000).toISOString();
    api.getCluster = async (...args) => {
      const recoveries = [
        { startedAt: at(60), allReadyAt: at(30) },
        { startedAt: at(1_500), apiReachableAt: at(1_490) },
        { startedAt: at(1_520), apiReachableAt: at(1_510) },
      ];
      const cluster = await getCluster.apply(api, args);
      return { ...cluster, recovery: recoveries[0], recoveries };
    };
    await renderReleases('/releases/clusters/aws-prod-2', { api });
    expect(
      await screen.findByText(
        'Not finished after 20 min: the cluster was thrown away again.',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/^Not finished after (24 h|1 d)/),
    ).toBeInTheDocument();
    expect(screen.queryByText(/under way/i)).toBeNull();
  });

  it('says that everything is stale where the cluster is away', async () => {
    await renderReleases('/releases/clusters/az-prod-1', { api: mixed() });
    expect(
      await screen.findByText(
        /services are stale, and stand as it last reported/,
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText('Every service is reconciled.')).toBeNull();
    const facts = screen.getByText('Up to date').closest('dl')!;
    expect(facts).toHaveClass('gc-hatch');
    expect(facts.querySelector('[data-status=fine]')).toBeNull();
  });

  it('calls what was never read unknown, not none', async () => {
    await renderReleases('/releases/clusters/aws-lab-3', { api: mixed() });
    expect(
      await screen.findByText('Nothing was read of the cluster yet.'),
    ).toBeInTheDocument();
    expect(screen.getAllByText('unknown')).toHaveLength(6);
  });

  it('knows no other', async () => {
    await renderReleases('/releases/clusters/moon', { api: mixed() });
    expect(
      await screen.findByText(
        'There is no cluster moon, or you may not see it.',
      ),
    ).toBeInTheDocument();
  });
});

describe('tab of a cluster’s Resource', () => {
  const resource = (name: string, type = 'kubernetes-cluster'): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name, namespace: 'default' },
    spec: { type },
  });
  const renderOn = (entity: Entity) =>
    renderReleases('/releases', {
      api: mixed(),
      element: (
        <EntityProvider entity={entity}>
          <EntityCluster />
        </EntityProvider>
      ),
    });

  it('shows the cluster', async () => {
    await renderOn(resource('gcp-dev-1'));
    expect(
      await screen.findByRole('heading', { name: 'gcp-dev-1' }),
    ).toBeInTheDocument();
    expect(
      await screen.findAllByText(/^Recovered in .*: \d+% of the hour/),
    ).toHaveLength(2);
    expect(screen.queryByRole('link', { name: 'In the catalog' })).toBeNull();
  });

  it('says so where no cluster is configured for it', async () => {
    await renderOn(resource('other'));
    expect(
      await screen.findByText('No cluster is configured for this Resource.'),
    ).toBeInTheDocument();
  });

  it('is for Resources of that type alone', () => {
    expect(isClusterEntity(resource('x'))).toBe(true);
    expect(isClusterEntity(resource('x', 'database'))).toBe(false);
    expect(isClusterEntity({ ...resource('x'), kind: 'Component' })).toBe(
      false,
    );
  });
});

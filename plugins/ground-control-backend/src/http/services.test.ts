import { describeReading } from './__testUtils__/describeReading';
import { CARDS, LEDGER } from './__testUtils__/fillReading';

describeReading(world => {
  const { getBoard, getValid } = world;

  it('shows a service', async () => {
    const detail = await getValid(
      '/v1/services/payments/ledger-api',
      '/v1/services/{namespace}/{service}',
    );
    expect(detail).toMatchObject({
      squad: LEDGER,
      squadTitle: 'Ledger',
      presence: 'both',
      entityRef: 'component:default/ledger-api',
      artifactSquad: CARDS,
    });
    expect(detail.environments.map((e: any) => e.current?.position)).toEqual([
      4, 1, 2,
    ]);
    expect(detail.environments[2].current).toMatchObject({
      intent: 'promote',
      revisionUrl: `https://git.example/config/commit/${'2'.padStart(40, 'c')}`,
      releasedBy: { name: 'Ana Ruiz' },
      artifact: { message: 'Change 1 of ledger-api' },
    });
    expect(detail.environments[2].links).toEqual([
      {
        title: 'Logs',
        kind: 'logs',
        url: 'https://logs.example/?q=payments/ledger-api&e=prod',
      },
    ]);
  });

  it('shows a service without namespace, and one that was removed', async () => {
    const detail = await getValid(
      '/v1/services/-/cards-api',
      '/v1/services/{namespace}/{service}',
    );
    expect(detail.environments[2]).toMatchObject({
      behind: 3,
      behindOf: 'dev',
      links: [{ url: 'https://logs.example/?q=prod/cards-api&e=prod' }],
    });
    const old = await getValid(
      '/v1/services/payments/old-api',
      '/v1/services/{namespace}/{service}',
    );
    expect(old.environments.map((e: any) => e.current)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('pages through a history, releases of one commit included', async () => {
    const route = '/v1/services/{namespace}/{service}/releases';
    const path = '/v1/services/payments/ledger-api/releases';
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const page: any = await getValid(
        `${path}?limit=1${next ? `&before=${next}` : ''}`,
        route,
      );
      expect(page.items).toHaveLength(1);
      seen.push(`${page.items[0].environment}@${page.items[0].position}`);
      next = page.next;
    } while (next);
    expect(seen).toEqual(['dev@4', 'prod@2', 'dev@1', 'staging@1']);
    const whole = await getValid(path, route);
    expect(whole.next).toBeUndefined();
    expect(whole.items[2].replacedAt).toBe('2026-03-02T08:04:00.000Z');
    const staging = await getValid(`${path}?environment=staging`, route);
    expect(staging.items.map((item: any) => item.position)).toEqual([1]);
  });

  it('gives the problems of a release', async () => {
    const page = await getValid(
      '/v1/services/payments/cards-worker/releases',
      '/v1/services/{namespace}/{service}/releases',
    );
    expect(page.items[0].artifact).toBeUndefined();
    expect(page.items[0].problems[0].code).toBe('artifact-invalid');
  });

  it('compares the manifests of two releases', async () => {
    const file = (path: string, text: string) => {
      const content = Buffer.from(text);
      return { path, content, size: content.length };
    };
    world.server.files.set('a'.repeat(40), [
      file('artifact.json', '{"id":1}'),
      file('40-deployment.yaml', 'image: a\nreplicas: 1\n'),
      file('50-service.yaml', 'port: 80\n'),
    ]);
    world.server.files.set('b'.repeat(40), [
      file('artifact.json', '{"id":2}'),
      file('40-deployment.yaml', 'image: b\nreplicas: 1\n'),
      file('50-service.yaml', 'port: 80\n'),
    ]);
    const diff = await getValid(
      '/v1/services/payments/ledger-api/diff?from=prod@2&to=dev@4',
      '/v1/services/{namespace}/{service}/diff',
    );
    expect(diff.unchangedFiles).toBe(1);
    expect(diff.files).toEqual([
      {
        path: '40-deployment.yaml',
        change: 'modified',
        added: 1,
        removed: 1,
        hunks: [
          {
            oldStart: 1,
            newStart: 1,
            lines: ['-image: a', '+image: b', ' replicas: 1'],
          },
        ],
      },
    ]);
    expect([diff.from.position, diff.to.position]).toEqual([2, 4]);
  });

  it('marks what was not approved here, wherever it is shown', async () => {
    const reason = 'No release request stands behind it';
    const board = await getBoard();
    const marked = board.rows.flatMap(({ service, cells }) =>
      cells.flatMap((cell, i) =>
        cell.notApprovedHere ? `${board.environments[i]}/${service.name}` : [],
      ),
    );
    expect(marked).toEqual(['prod/cards-api']);
    const detail = await getValid(
      '/v1/services/-/cards-api',
      '/v1/services/{namespace}/{service}',
    );
    expect(
      detail.environments.map((one: any) => one.current?.notApprovedHere),
    ).toEqual([undefined, undefined, reason]);
    const history = await getValid(
      '/v1/services/payments/ledger-api/releases?environment=dev',
      '/v1/services/{namespace}/{service}/releases',
    );
    expect(history.items.map((one: any) => one.notApprovedHere)).toEqual([
      undefined,
      reason,
    ]);
    const activity = await getValid('/v1/activity', '/v1/activity');
    expect(
      activity.items.flatMap(({ position, services }: any) =>
        services.flatMap((one: any) =>
          one.notApprovedHere ? `${one.environment}@${position}` : [],
        ),
      ),
    ).toEqual(['dev@10', 'prod@6', 'dev@1']);
  });

  it('says in the activity what is not in the catalog or not configured', async () => {
    await world
      .knex('commits')
      .where({ position: 8 })
      .update({ kind: 'other', unknown_environment: 'qa' });
    const activity = await getValid('/v1/activity', '/v1/activity');
    const lacking = activity.items.flatMap(({ services }: any) =>
      services.map((one: any) => [one.service.name, one.notInCatalog]),
    );
    // The catalog has cards-worker, and no Group that is its owner.
    expect(Object.fromEntries(lacking)).toEqual({
      'ledger-api': undefined,
      'cards-worker': 'squad',
      'cards-api': 'service',
      'old-api': 'service',
    });
    expect(
      activity.items.flatMap((item: any) => item.unknownEnvironment ?? []),
    ).toEqual(['qa']);
    // It is a release, though one that is shown nowhere else.
    const positionsOf = async (kinds: string) => {
      const path = `/v1/activity?kinds=${kinds}`;
      const { items } = await getValid(path, '/v1/activity');
      return items.map(({ position }: any) => position);
    };
    const policies = await positionsOf('policy');
    expect(await positionsOf('release')).toContain(8);
    expect(await positionsOf('policy,manifest,other')).not.toContain(8);
    await world.knex('commits').where({ position: 8 }).update('kind', 'policy');
    expect(await positionsOf('policy')).toEqual(
      [...policies, 8].sort((a, b) => b - a),
    );
    expect(await positionsOf('release,manifest,other')).not.toContain(8);
  });

  it('tells commits behind where they were counted for what is there now', async () => {
    const board = await getBoard();
    const row = board.rows.find(one => one.service.name === 'ledger-api')!;
    expect(row.cells.map(cell => cell.behindCommits)).toEqual([
      undefined,
      2,
      undefined,
    ]);
    const path = '/v1/services/payments/ledger-api';
    const detail = await getValid(path, '/v1/services/{namespace}/{service}');
    expect(
      detail.environments.map((e: any) => [e.behindCommits, e.behindOf]),
    ).toEqual([
      [undefined, undefined],
      [2, 'dev'],
      [undefined, undefined],
    ]);
  });
});

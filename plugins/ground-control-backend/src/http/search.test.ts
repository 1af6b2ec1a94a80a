import {
  artifactIdOf,
  commitOf,
  TestHistory,
} from '../__testUtils__/TestHistory';
import { describeReading } from './__testUtils__/describeReading';
import { LEDGER, UNBUILT } from './__testUtils__/fillReading';

describeReading(world => {
  const { getValid, id } = world;

  async function getActivity(query = '') {
    const page = await getValid(`/v1/activity${query}`, '/v1/activity');
    return page.items.map((item: any) => item.position);
  }

  it.each([
    ['', [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]],
    ['?kinds=policy,other', [8, 3]],
    ['?squad=mine', [4, 3, 2, 1]],
    ['?squad=squad-cards&environments=prod', [7, 6]],
    ['?environments=staging', [1]],
    ['?namespace=payments&service=ledger-api', [4, 3, 2, 1]],
    ['?namespace=&service=cards-api', [6, 5]],
    ['?namespace=-&service=cards-api', [6, 5]],
    ['?namespace=payments&service=cards-api', []],
    ['?text=readme', [8]],
    ['?text=100%25_DEV', [3]],
    ['?text=%25', [3]],
    ['?text=%25d', []],
    [`?text=${encodeURIComponent('öst')}`, id.startsWith('P') ? [3] : []],
    [`?text=${encodeURIComponent('Öst')}`, [3]],
    [`?text=${artifactIdOf({ service: 'ledger-api' })}`, [2, 1]],
    ['?text=~', []],
  ])('lists activity %s', async (query, expected) => {
    expect(await getActivity(query)).toEqual(expected);
  });

  it('pages through activity', async () => {
    const first = await getValid('/v1/activity?limit=4', '/v1/activity');
    const rest = await getValid(
      `/v1/activity?limit=200&before=${first.next}`,
      '/v1/activity',
    );
    expect(rest.items.map((item: any) => item.position)).toEqual([
      6, 5, 4, 3, 2, 1,
    ]);
    expect(rest.next).toBeUndefined();
    expect(rest.items[5]).toMatchObject({
      kind: 'release',
      by: { name: 'Ana Ruiz' },
      services: [
        {
          service: { namespace: 'payments', name: 'ledger-api' },
          squad: LEDGER,
          environment: 'dev',
          intent: 'release-artifact',
          artifactId: artifactIdOf({ service: 'ledger-api' }),
        },
        { environment: 'staging' },
      ],
    });
  });

  it('finds a commit and says where it is', async () => {
    const commit = commitOf('ledger-api', 1);
    for (const q of [commit, commit.slice(0, 10), commit.toUpperCase()]) {
      const found = await getValid(`/v1/commits?q=${q}`, '/v1/commits');
      expect(found).toMatchObject({ readAs: 'commit', more: false });
      expect(found.matches).toHaveLength(1);
      expect(found.matches[0].places).toEqual([
        {
          environment: 'dev',
          status: 'contained',
          since: '2026-03-02T08:01:00.000Z',
          currentArtifactId: artifactIdOf({ service: 'ledger-api', number: 2 }),
          inferred: true,
        },
        {
          environment: 'staging',
          status: 'current',
          since: '2026-03-02T08:01:00.000Z',
        },
        {
          environment: 'prod',
          status: 'current',
          since: '2026-03-02T08:02:00.000Z',
        },
      ]);
    }
  });

  it('finds a commit that was never built, by the build that contains it', async () => {
    for (const q of [UNBUILT, 'FEEDBEE']) {
      const found = await getValid(`/v1/commits?q=${q}`, '/v1/commits');
      expect(found.readAs).toBe('commit');
      expect(found.matches).toMatchObject([
        {
          service: { name: 'ledger-api' },
          squad: LEDGER,
          squadTitle: 'Ledger',
          artifact: { commit: commitOf('ledger-api', 2) },
          containedCommit: {
            commit: UNBUILT,
            title: 'Merge of ledger-api',
            author: 'Cy Holm',
          },
        },
      ]);
      expect(found.matches[0].places[0].status).toBe('current');
    }
    // What was built itself isn't contained in its own build as well.
    const built = await getValid(
      `/v1/commits?q=${commitOf('ledger-api', 2)}`,
      '/v1/commits',
    );
    expect(built.matches).toHaveLength(1);
    expect(built.matches[0]).not.toHaveProperty('containedCommit');
  });

  it('finds the builds of all commits that begin so, newest first', async () => {
    const start = commitOf('ledger-api', 1).slice(0, 7);
    const found = await getValid(`/v1/commits?q=${start}`, '/v1/commits');
    expect(found.matches.map((m: any) => m.artifact.commit)).toEqual([
      commitOf('ledger-api', 2),
      commitOf('ledger-api', 1),
    ]);
  });

  it('finds builds that were never released, and artifact ids', async () => {
    const built = await getValid(
      `/v1/commits?q=${commitOf('new-api', 1)}`,
      '/v1/commits',
    );
    expect(built.matches[0].places.map((p: any) => p.status)).toEqual([
      'never',
      'never',
      'never',
    ]);
    const byId = await getValid('/v1/commits?q=fix_x-', '/v1/commits');
    expect(byId.readAs).toBe('artifact');
    expect(byId.matches.map((m: any) => m.service.name)).toEqual(['cards-api']);
    const all = await getValid('/v1/commits?q=master-', '/v1/commits');
    expect(all.matches.map((m: any) => m.service.name)).toEqual([
      'ledger-api',
      'cards-api',
      'ledger-api',
      'new-api',
      'old-api',
    ]);
  });

  it.each([
    ['commit', ['ffffffffff', 'f'.repeat(64)]],
    // Not stored any more, of a squad that isn't shown, in the wrong case.
    [
      'artifact',
      ['zzz', 'master-0000', 'MASTER-', 'fix%25', '_aster', 'f'.repeat(65)],
    ],
    ['unclear', ['m', 'ma', '%25', 'my%20commit']],
  ])('reads what is not known as %s', async (readAs, queries) => {
    for (const q of queries) {
      const none = await getValid(`/v1/commits?q=${q}`, '/v1/commits');
      expect([q, none.matches, none.readAs]).toEqual([q, [], readAs]);
    }
  });

  it('finds a commit in the later build that took its place', async () => {
    const history = new TestHistory(world.knex);
    history.position = 100;
    const fresh = { service: 'new-api' };
    const second = artifactIdOf({ ...fresh, number: 2 });
    await history.release({ ...fresh, environment: 'dev' });
    await history.release({ ...fresh, number: 2, environment: 'dev' });
    // A release of the same build says nothing new.
    await history.release({ ...fresh, number: 2, environment: 'prod' });
    await history.release({ ...fresh, number: 2, environment: 'prod' });
    const find = async (number: number) => {
      const found = await getValid(
        `/v1/commits?q=${commitOf('new-api', number)}`,
        '/v1/commits',
      );
      expect(found.matches).toHaveLength(1);
      return found.matches[0].places;
    };
    const contained = [
      {
        environment: 'dev',
        status: 'contained',
        since: '2026-03-02T09:41:00.000Z',
        currentArtifactId: second,
      },
      { environment: 'staging', status: 'never' },
      {
        environment: 'prod',
        status: 'contained',
        since: '2026-03-02T09:43:00.000Z',
        currentArtifactId: second,
      },
    ];
    const inferred = contained.map(place =>
      place.status === 'contained' ? { ...place, inferred: true } : place,
    );
    expect(await find(1)).toEqual(inferred);

    // Without the commit of what is there, a source history tells nothing of it.
    await history.contained(commitOf('new-api', 1), fresh);
    expect(await find(1)).toEqual(inferred);
    await history.contained(commitOf('new-api', 2), { ...fresh, number: 2 });
    expect(await find(1)).toEqual(contained);

    // The first build, built again for another plan, is no newer than it was.
    await history.build({ ...fresh, plan: 2 });
    await world
      .knex('artifacts')
      .where({ artifact_id: artifactIdOf({ ...fresh, plan: 2 }) })
      .update({ built_at: Date.parse('2026-03-02T09:45:00.000Z') });
    await history.release({ ...fresh, plan: 2, environment: 'prod' });
    expect((await find(2)).map((place: any) => place.status)).toEqual([
      'current',
      'never',
      'past',
    ]);
    await world.knex('source_commits').where(fresh).delete();
    expect((await find(2))[2]).toMatchObject({ status: 'past' });
  });

  it('finds a commit in another build of it, and in what contains it', async () => {
    const built = await getValid(
      `/v1/commits?q=${commitOf('cards-api', 1)}`,
      '/v1/commits',
    );
    const summary = built.matches.map((match: any) => [
      match.artifact.branch,
      ...match.places.map((place: any) => place.status),
    ]);
    expect(summary).toEqual([
      ['fix/x', 'contained', 'never', 'current'],
      ['master', 'current', 'never', 'contained'],
    ]);
    expect(JSON.stringify(built)).not.toContain('inferred');
    const history = new TestHistory(world.knex);
    history.position = 300;
    await history.release({
      service: 'ledger-api',
      number: 3,
      environment: 'prod',
    });
    const unbuilt = await getValid(`/v1/commits?q=${UNBUILT}`, '/v1/commits');
    expect(unbuilt.matches[0].places).toMatchObject([
      { status: 'current' },
      { status: 'never' },
      {
        status: 'contained',
        inferred: true,
        since: '2026-03-02T13:01:00.000Z',
      },
    ]);
  });
});

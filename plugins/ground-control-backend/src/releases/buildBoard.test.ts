import {
  ClusterServiceState,
  RepositoryStatus,
} from '@ground-control/backstage-plugin-ground-control-common';
import { BoardFacts, buildBoard, CellRow, ProblemCountRow } from './buildBoard';
import { parseCluster } from './clusters/parseCluster';
import { ClusterStateRow } from './clusters/types';
import { ServiceRow } from './types';

const service = (name: string, more: Partial<ServiceRow> = {}): ServiceRow => ({
  namespace: 'pay',
  service: name,
  squad_ref: 'group:default/a',
  squad_source: 'catalog',
  artifact_squad_ref: null,
  entity_ref: null,
  in_repository: 1,
  in_catalog: 1,
  ...more,
});

const cell = (environment: string, more: Partial<CellRow> = {}): CellRow => ({
  environment,
  namespace: 'pay',
  service: 'x',
  position: 7,
  removed: 0,
  artifact_id: 'id',
  application_commit: 'a'.repeat(40),
  plan_commit: 'b'.repeat(40),
  branch: 'master',
  intent: 'promote',
  released_at: '1772445600999',
  by_name: null,
  behind: null,
  behind_commits: null,
  behind_commits_from: null,
  behind_commits_to: null,
  ...more,
});

const problem = (
  environment: string | null,
  artifactProblems: number,
): ProblemCountRow => ({
  namespace: 'pay',
  service: 'x',
  environment,
  problems: '2',
  artifact_problems: String(artifactProblems),
});

function build(facts: Partial<BoardFacts>) {
  return buildBoard({
    now: new Date(0),
    settings: {
      repository: 'default',
      environments: ['dev', 'staging', 'prod'],
      mainBranch: 'master',
      links: [],
      catalogIntervalMs: 1,
    },
    repository: { state: 'fresh' } as RepositoryStatus,
    services: [service('x')],
    cells: [],
    problems: [],
    squadTitles: new Map(),
    clusters: [],
    clusterStates: [],
    unapproved: [],
    mayReadClusters: true,
    ...facts,
  });
}
const states = (facts: Partial<BoardFacts>) =>
  build(facts).rows[0].cells.map(c => c.state);

describe('buildBoard', () => {
  it('tells released, removed, unreadable and absent apart', () => {
    expect(
      states({
        cells: [
          cell('dev'),
          cell('staging', { removed: 1, artifact_id: null }),
          cell('prod', { artifact_id: null }),
        ],
      }),
    ).toEqual(['recorded', 'not-released', 'problem']);
    expect(states({})).toEqual([
      'not-released',
      'not-released',
      'not-released',
    ]);
  });

  it('marks the cell whose artifact has a problem, and counts all', () => {
    const facts = {
      cells: [cell('dev'), cell('prod')],
      problems: [problem('prod', 1), problem('dev', 0), problem(null, 0)],
    };
    expect(states(facts)).toEqual(['recorded', 'not-released', 'problem']);
    expect(build(facts).rows[0].problems).toBe(6);
    expect(states({ problems: [problem('dev', 1)] })[0]).toBe('problem');
  });

  it('compares plans with the last environment that has a release', () => {
    const other = { plan_commit: 'c'.repeat(40) };
    const differs = (...cells: CellRow[]) =>
      build({ cells }).rows[0].cells.map(c => Boolean(c.planDiffers));
    expect(differs(cell('dev'), cell('prod', other))).toEqual([
      false,
      false,
      true,
    ]);
    expect(
      differs(cell('dev'), cell('staging', other), cell('prod', other)),
    ).toEqual([false, true, false]);
    expect(differs(cell('dev', { removed: 1 }), cell('prod', other))).toEqual([
      false,
      false,
      false,
    ]);
    expect(
      differs(
        cell('dev', { application_commit: null }),
        cell('prod', { application_commit: null, ...other }),
      ),
    ).toEqual([false, false, false]);
  });

  it('names a branch only when it isn’t the main one', () => {
    const cells = [cell('dev'), cell('staging', { branch: 'fix' })];
    expect(build({ cells }).rows[0].cells.map(c => c.branch)).toEqual([
      undefined,
      'fix',
      undefined,
    ]);
  });

  it('keeps environments that nobody configured, at the end', () => {
    const cells = [cell('test'), cell('qa'), cell('old', { removed: 1 })];
    expect(build({ cells }).environments).toEqual([
      'dev',
      'staging',
      'prod',
      'qa',
      'test',
    ]);
  });

  it('lists the squads of the rows once, with what the catalog says', () => {
    const squads = build({
      services: [
        service('x'),
        service('y'),
        service('z', { squad_ref: 'group:other/b' }),
        service('n', { squad_ref: null }),
      ],
      squadTitles: new Map([
        ['group:default/a', 'The As'],
        ['group:default/unused', 'Unused'],
      ]),
    }).squads;
    expect(squads).toEqual([
      { ref: 'group:default/a', title: 'The As', inCatalog: true },
      { ref: 'group:other/b', title: 'b', inCatalog: false },
    ]);
  });

  it('keeps services of one name in two namespaces apart', () => {
    const rows = build({
      services: [service('x', { namespace: '' }), service('x')],
      cells: [
        cell('dev', { namespace: '', artifact_id: 'other' }),
        cell('dev'),
      ],
    }).rows;
    expect(rows.map(row => row.cells[0].artifactId)).toEqual(['other', 'id']);
    expect(rows[0].cells[0].releasedAt).toBe(1_772_445_600);
  });

  describe('with clusters', () => {
    const cluster = (name: string, environment: string | null = null) =>
      parseCluster(
        {
          cluster: name,
          environment,
          provider: null,
          region: null,
          connection: 'live',
          reason: null,
          since: 0,
          observed_at: 0,
          last_event_at: null,
          kinds: '[]',
        },
        ['dev', 'staging', 'prod'],
      );
    const judged = (
      name: string,
      environment: string,
      state: ClusterServiceState,
      more: Partial<ClusterStateRow> = {},
    ): ClusterStateRow => ({
      cluster: name,
      environment,
      namespace: 'pay',
      service: 'x',
      release_position: 7,
      state,
      blocked: 0,
      ...more,
    });
    const clusters = [
      cluster('p2', 'prod'),
      cluster('d', 'dev'),
      cluster('p1', 'prod'),
      cluster('none'),
    ];
    const cellsOf = (facts: Partial<BoardFacts>) =>
      build({ clusters, ...facts }).rows[0].cells.map(c => [
        c.state,
        c.clusters,
      ]);

    it('gives each cell the clusters of its environment, in order', () => {
      const facts = {
        cells: [cell('dev'), cell('staging'), cell('prod')],
        clusterStates: [
          judged('p1', 'prod', 'failed'),
          judged('p2', 'prod', 'reconciled'),
          judged('d', 'dev', 'reconciled'),
          // Of another service, and from when they carried something else.
          judged('d', 'dev', 'failed', { namespace: '' }),
          judged('d', 'prod', 'failed'),
          judged('none', 'prod', 'failed'),
        ],
      };
      expect(cellsOf(facts)).toEqual([
        ['reconciled', ['reconciled']],
        ['recorded', undefined],
        ['failed', ['reconciled', 'failed']],
      ]);
    });

    it.each<[string, Partial<ClusterStateRow>, true | undefined]>([
      ['its release', {}, true],
      ['one before it', { release_position: 6 }, undefined],
      ['another environment', { environment: 'dev' }, undefined],
    ])('marks a cell where %s is blocked', (_, more, blocked) => {
      const row = judged('p1', 'prod', 'pending', { blocked: 1, ...more });
      const { rows } = build({
        clusters,
        cells: [cell('dev'), cell('prod')],
        clusterStates: [row],
      });
      expect(rows[0].cells.map(one => one.blocked)).toEqual([
        undefined,
        undefined,
        blocked,
      ]);
    });

    it('counts an artifact that can’t be used before all clusters', () => {
      const facts = {
        cells: [cell('dev', { artifact_id: null })],
        clusterStates: [judged('d', 'dev', 'failed')],
      };
      expect(cellsOf(facts)[0]).toEqual(['problem', ['failed']]);
    });

    it('expects nothing of clusters where nothing is released', () => {
      const facts = {
        cells: [cell('prod', { removed: 1 })],
        clusterStates: [judged('d', 'dev', 'failed')],
      };
      expect(cellsOf(facts)).toEqual([
        ['not-released', undefined],
        ['not-released', undefined],
        ['not-released', undefined],
      ]);
    });
  });
});

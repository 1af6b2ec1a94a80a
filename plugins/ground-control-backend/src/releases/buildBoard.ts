import {
  Board,
  BoardCell,
  BoardRow,
  Presence,
  RepositoryStatus,
  summarizeClusterStates,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  buildBoardClusters,
  FindClusterStates,
  indexClusterStates,
} from './clusters/buildBoardClusters';
import { Cluster } from './clusters/parseCluster';
import { ClusterStateRow } from './clusters/types';
import { BehindCommitsRow, countBehindCommits } from './countBehindCommits';
import { ReleasesSettings, ServiceRow } from './types';

/** A row of `service_environments`, as far as the board needs it. */
export interface CellRow extends BehindCommitsRow {
  environment: string;
  namespace: string;
  service: string;
  /** Of the current release. */
  position: number;
  removed: boolean | number;
  artifact_id: string | null;
  application_commit: string | null;
  plan_commit: string | null;
  branch: string | null;
  intent: string;
  released_at: number | string;
  by_name: string | null;
  behind: number | null;
}

/** How many open problems a service has in an environment, or in none. */
export interface ProblemCountRow {
  namespace: string;
  service: string;
  environment: string | null;
  problems: number | string;
  /** Of them, those that say that the artifact can't be used. */
  artifact_problems: number | string | null;
}

/** A release that is marked as not approved here. */
export interface UnapprovedRow {
  environment: string;
  namespace: string;
  service: string;
}

/** All that a board is made of. */
export interface BoardFacts {
  now: Date;
  settings: ReleasesSettings;
  repository: RepositoryStatus;
  services: ServiceRow[];
  cells: CellRow[];
  problems: ProblemCountRow[];
  /** Titles of the squads that the catalog knows, by entity ref. */
  squadTitles: Map<string, string>;
  clusters: Cluster[];
  clusterStates: ClusterStateRow[];
  /** Current releases that no decision of ours stands behind. */
  unapproved: UnapprovedRow[];
  mayReadClusters: boolean;
}

/** Where a service is known. */
export function buildPresence(row: ServiceRow): Presence {
  if (!row.in_catalog) return 'repository-only';
  return row.in_repository ? 'both' : 'catalog-only';
}

/** Names a service in maps; no name contains the separator. */
function keyOf(row: { namespace: string; service: string }): string {
  return `${row.namespace}/${row.service}`;
}

function buildCell(
  row: CellRow | undefined,
  before: CellRow | undefined,
  marks: { hasArtifactProblem: boolean; isUnapproved: boolean },
  mainBranch: string,
  clusters: ReturnType<FindClusterStates>,
): BoardCell {
  const notApprovedHere = marks.isUnapproved && { notApprovedHere: true };
  if (!row || row.removed) {
    return {
      state: marks.hasArtifactProblem ? 'problem' : 'not-released',
      ...notApprovedHere,
    };
  }
  const cell: BoardCell = {
    state:
      marks.hasArtifactProblem || row.artifact_id === null
        ? 'problem'
        : summarizeClusterStates(clusters?.states ?? []) ?? 'recorded',
    releasedAt: Math.floor(Number(row.released_at) / 1000),
    ...notApprovedHere,
  };
  if (row.artifact_id !== null) cell.artifactId = row.artifact_id;
  if (row.application_commit) cell.commit = row.application_commit.slice(0, 7);
  if (row.branch && row.branch !== mainBranch) cell.branch = row.branch;
  if (row.by_name) cell.releasedBy = row.by_name;
  if (row.behind !== null) cell.behind = row.behind;
  const behindCommits = countBehindCommits(row, before);
  if (behindCommits !== undefined) cell.behindCommits = behindCommits;
  if (
    before?.application_commit &&
    before.application_commit === row.application_commit &&
    before.plan_commit !== row.plan_commit
  ) {
    cell.planDiffers = true;
  }
  if (row.intent === 'rollback') cell.rollback = true;
  if (clusters) cell.clusters = clusters.states;
  if (clusters?.blocked) cell.blocked = true;
  return cell;
}

/** The order of promotion; what only the repository knows comes last. */
export function buildEnvironments(
  configured: string[],
  found: Iterable<string>,
): string[] {
  const others = [...new Set(found)].filter(name => !configured.includes(name));
  return [...configured, ...others.sort()];
}

function buildSquads(rows: BoardRow[], titles: Map<string, string>) {
  const refs = new Set(rows.flatMap(row => (row.squad ? [row.squad] : [])));
  return [...refs].sort().map(ref => ({
    ref,
    title: titles.get(ref) ?? ref.slice(ref.lastIndexOf('/') + 1),
    inCatalog: titles.has(ref),
  }));
}

/** Makes a board of rows; services keep their order. */
export function buildBoard(facts: BoardFacts): Omit<Board, 'mine'> {
  const { settings } = facts;
  const cellsOf = new Map<string, Map<string, CellRow>>();
  const found = new Set<string>();
  for (const row of facts.cells) {
    const key = keyOf(row);
    const cells = cellsOf.get(key) ?? new Map<string, CellRow>();
    cells.set(row.environment, row);
    cellsOf.set(key, cells);
    if (!row.removed) found.add(row.environment);
  }
  const problemCount = new Map<string, number>();
  const artifactProblems = new Set<string>();
  for (const row of facts.problems) {
    const key = keyOf(row);
    problemCount.set(key, (problemCount.get(key) ?? 0) + Number(row.problems));
    if (Number(row.artifact_problems)) {
      artifactProblems.add(`${row.environment ?? ''}:${key}`);
    }
  }
  const unapproved = new Set(
    facts.unapproved.map(row => `${row.environment}:${keyOf(row)}`),
  );
  const environments = buildEnvironments(settings.environments, found);
  const now = facts.now.getTime();
  const indices = new Map(facts.services.map((row, i) => [keyOf(row), i]));
  const findClusterStates = indexClusterStates(facts.clusterStates, {
    clusters: facts.clusters,
    indexOf: row => indices.get(keyOf(row)),
    now,
  });
  const rows = facts.services.map((service, index): BoardRow => {
    const key = keyOf(service);
    const cells = cellsOf.get(key);
    let before: CellRow | undefined;
    const row: BoardRow = {
      service: { namespace: service.namespace, name: service.service },
      presence: buildPresence(service),
      problems: problemCount.get(key) ?? 0,
      cells: environments.map(environment => {
        const cell = cells?.get(environment);
        const built = buildCell(
          cell,
          before,
          {
            hasArtifactProblem: artifactProblems.has(`${environment}:${key}`),
            isUnapproved: unapproved.has(`${environment}:${key}`),
          },
          settings.mainBranch,
          cell && findClusterStates(environment, index, cell.position),
        );
        // Many services skip an environment: compare with the last they have.
        if (cell && !cell.removed) before = cell;
        return built;
      }),
    };
    if (service.squad_ref) row.squad = service.squad_ref;
    if (service.entity_ref) row.entityRef = service.entity_ref;
    if (service.artifact_squad_ref) {
      row.artifactSquad = service.artifact_squad_ref;
    }
    return row;
  });
  return {
    asOf: facts.now.toISOString(),
    repository: facts.repository,
    environments,
    mainBranch: settings.mainBranch,
    clusters: buildBoardClusters(facts.clusters, {
      mayReadClusters: facts.mayReadClusters,
      now,
    }),
    squads: buildSquads(rows, facts.squadTitles),
    rows,
  };
}

import {
  BoardCluster,
  CLUSTER_SERVICE_STATES,
  ClusterServiceState,
  summarizeClusterStates,
} from './cluster';
import { Presence } from './release';
import { RepositoryStatus } from './repositoryStatus';
import { ServiceRef } from './serviceRef';

/**
 * How a service stands in one environment, as far as it is known. Where
 * several hold, the first of the list counts.
 *
 * - `problem`: what the config repository says can't be used.
 * - a state of a release in a cluster: the worst of the environment's clusters.
 * - `recorded`: the config repository records a release; no cluster is
 *   configured that could report whether it runs.
 * - `not-released`: the config repository has none.
 *
 * @public
 */
export type CellState =
  | 'problem'
  | ClusterServiceState
  | 'recorded'
  | 'not-released';

/** One service in one environment. @public */
export interface BoardCell {
  state: CellState;
  artifactId?: string;
  /** The application's commit, first 7 digits. */
  commit?: string;
  /** The artifact's branch, where it isn't the main one. */
  branch?: string;
  /** Seconds since 1970. */
  releasedAt?: number;
  /** Name of who released. */
  releasedBy?: string;
  /** Builds between this artifact and the one in the environment before; absent where unknown or where there is nothing before. */
  behind?: number;
  /** Commits that the environment before has and this one lacks; absent where no source history tells them. */
  behindCommits?: number;
  /** Same application commit as in the environment before, but another plan. */
  planDiffers?: boolean;
  rollback?: boolean;
  /** No decision of ours stands behind it, and one was needed. */
  notApprovedHere?: boolean;
  /** In one of the clusters it waits for something that is suspended or fails. */
  blocked?: boolean;
  /**
   * The state in each cluster of the environment, in the order of the board's
   * `clusters`; absent where nothing is released or no cluster is configured.
   */
  clusters?: ClusterServiceState[];
}

/** One service of the board; its cells are in the order of the board's environments. @public */
export interface BoardRow {
  service: ServiceRef;
  squad?: string;
  presence: Presence;
  entityRef?: string;
  /** The squad that the artifact names, where it isn't the catalog's owner. */
  artifactSquad?: string;
  /** Open problems of the service. */
  problems: number;
  cells: BoardCell[];
}

/** A release board. @public */
export interface Board {
  /** When the answer was made, ISO 8601. */
  asOf: string;
  repository: RepositoryStatus;
  /** In the order of promotion. */
  environments: string[];
  mainBranch: string;
  /** The clusters that carry an environment, in the configured order. */
  clusters: BoardCluster[];
  /** The squads of the rows, with their titles. */
  squads: { ref: string; title: string; inCatalog: boolean }[];
  /** What `mine` stands for: the squads of the reader, as entity refs. */
  mine: string[];
  /**
   * What a {@link ChangeSignal} names when services of these squads change;
   * absent on a board of all squads.
   */
  marks?: string[];
  rows: BoardRow[];
}

/**
 * A board as it travels: columns instead of rows, each repeated string once.
 * An index of -1 means absent. {@link encodeBoard} and {@link decodeBoard} are
 * a pair.
 *
 * @public
 */
export interface EncodedBoard extends Omit<Board, 'rows'> {
  strings: string[];
  rows: {
    name: string[];
    /** Indices into `strings`. */
    namespace: number[];
    squad: number[];
    artifactSquad: number[];
    /** An entity ref; empty when absent; `=` for `component:default/<name>`. */
    entity: string[];
    /** One character a row: `b`, `r` or `c`. */
    presence: string;
    problems: number[];
  };
  cells: EncodedCells[];
}

/** One environment's cells, in columns. @public */
export interface EncodedCells {
  /** One character a row: `p`, `r`, `-` or `c` for the worst of the clusters. */
  state: string;
  /**
   * For each cluster of the environment one character a row: a digit of the
   * state's place in the list from worst to best, or `-` when absent.
   */
  clusters: string[];
  /** Empty when absent; `=` when the same as in the environment before. */
  artifact: string[];
  /** Empty when it can be read off the artifact id; `-` when absent. */
  commit: string[];
  branch: number[];
  /** Seconds since 1970; -1 when absent. */
  releasedAt: number[];
  by: number[];
  behind: number[];
  behindCommits: number[];
  /** One hex digit a row: 1 plan differs, 2 rollback, 4 not approved here, 8 blocked. */
  flags: string;
}

const PRESENCE: Record<Presence, string> = {
  both: 'b',
  'repository-only': 'r',
  'catalog-only': 'c',
};
const STATE = { problem: 'p', recorded: 'r', 'not-released': '-' } as const;
const OF_CLUSTERS = 'c';

function invert<T extends string>(map: Record<T, string>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [value, key]),
  ) as Record<string, T>;
}
const PRESENCE_OF = invert(PRESENCE);
const STATE_OF = invert<keyof typeof STATE>(STATE);

/** By convention an artifact id is `<branch>-<commit>-<plan>`, with ten digits each. */
function commitOfArtifactId(id: string): string | undefined {
  return /-([0-9a-f]{7})[0-9a-f]{3}-[0-9a-f]{10}$/.exec(id)?.[1];
}

function isOwnState(state: CellState): state is keyof typeof STATE {
  return Object.hasOwn(STATE, state);
}

function encodeClusterState(state: ClusterServiceState | undefined): string {
  return state ? String(CLUSTER_SERVICE_STATES.indexOf(state)) : '-';
}

function countClusters(
  board: Pick<Board, 'clusters'>,
  environment: string,
): number {
  return board.clusters.filter(one => one.environment === environment).length;
}

function encodeCells(
  rows: BoardRow[],
  environment: number,
  clusters: number,
  index: (text?: string) => number,
): EncodedCells {
  const cells = rows.map(row => row.cells[environment]);
  return {
    state: cells
      .map(({ state }) => (isOwnState(state) ? STATE[state] : OF_CLUSTERS))
      .join(''),
    clusters: Array.from({ length: clusters }, (_, cluster) =>
      cells.map(cell => encodeClusterState(cell.clusters?.[cluster])).join(''),
    ),
    artifact: cells.map((cell, i) => {
      const before = rows[i].cells[environment - 1]?.artifactId;
      return cell.artifactId && cell.artifactId === before
        ? '='
        : cell.artifactId ?? '';
    }),
    commit: cells.map(cell => {
      const derived = cell.artifactId && commitOfArtifactId(cell.artifactId);
      return derived === cell.commit ? '' : cell.commit ?? '-';
    }),
    branch: cells.map(cell => index(cell.branch)),
    releasedAt: cells.map(cell => cell.releasedAt ?? -1),
    by: cells.map(cell => index(cell.releasedBy)),
    behind: cells.map(cell => cell.behind ?? -1),
    behindCommits: cells.map(cell => cell.behindCommits ?? -1),
    flags: cells
      .map(
        cell =>
          (cell.planDiffers ? 1 : 0) +
          (cell.rollback ? 2 : 0) +
          (cell.notApprovedHere ? 4 : 0) +
          (cell.blocked ? 8 : 0),
      )
      .map(flags => flags.toString(16))
      .join(''),
  };
}

/**
 * Packs a board for the way, with or without what is its reader's. Nothing but
 * `asOf` hangs on the moment, so that the same content is packed the same.
 *
 * @public
 */
export function encodeBoard<T extends Omit<Board, 'mine'>>(
  board: T,
): Omit<T, 'rows'> & Pick<EncodedBoard, 'strings' | 'rows' | 'cells'> {
  const { rows, ...rest } = board;
  const indices = new Map<string, number>();
  const index = (text?: string) => {
    if (text === undefined) return -1;
    const known = indices.get(text);
    if (known !== undefined) return known;
    indices.set(text, indices.size);
    return indices.size - 1;
  };
  const encodedRows = {
    name: rows.map(row => row.service.name),
    namespace: rows.map(row => index(row.service.namespace)),
    squad: rows.map(row => index(row.squad)),
    artifactSquad: rows.map(row => index(row.artifactSquad)),
    entity: rows.map(row =>
      row.entityRef === `component:default/${row.service.name}`
        ? '='
        : row.entityRef ?? '',
    ),
    presence: rows.map(row => PRESENCE[row.presence]).join(''),
    problems: rows.map(row => row.problems),
  };
  const cells = board.environments.map((name, environment) =>
    encodeCells(rows, environment, countClusters(board, name), index),
  );
  return { ...rest, strings: [...indices.keys()], rows: encodedRows, cells };
}

function decodeCell(
  cells: EncodedCells,
  row: number,
  strings: string[],
  now: number,
  before?: BoardCell,
): BoardCell {
  const packed = cells.artifact[row];
  const artifactId = packed === '=' ? before?.artifactId : packed || undefined;
  const commit = cells.commit[row];
  const flags = parseInt(cells.flags[row], 16);
  const clusters = cells.clusters.flatMap(column =>
    column[row] === '-' ? [] : [CLUSTER_SERVICE_STATES[Number(column[row])]],
  );
  const cell: BoardCell = {
    state: STATE_OF[cells.state[row]] ?? summarizeClusterStates(clusters),
  };
  if (clusters.length) cell.clusters = clusters;
  if (artifactId !== undefined) cell.artifactId = artifactId;
  if (commit !== '-') {
    const known = commit || (artifactId && commitOfArtifactId(artifactId));
    if (known) cell.commit = known;
  }
  if (cells.branch[row] >= 0) cell.branch = strings[cells.branch[row]];
  const at = cells.releasedAt[row];
  if (at >= 0) cell.releasedAt = Math.min(at, now);
  if (cells.by[row] >= 0) cell.releasedBy = strings[cells.by[row]];
  if (cells.behind[row] >= 0) cell.behind = cells.behind[row];
  if (cells.behindCommits[row] >= 0) {
    cell.behindCommits = cells.behindCommits[row];
  }
  if (flags & 1) cell.planDiffers = true;
  if (flags & 2) cell.rollback = true;
  if (flags & 4) cell.notApprovedHere = true;
  if (flags & 8) cell.blocked = true;
  return cell;
}

/**
 * Unpacks what {@link encodeBoard} packed. A release dated after `asOf` (a
 * clock that is ahead) is shown as if made at `asOf`.
 *
 * @public
 */
export function decodeBoard(encoded: EncodedBoard): Board {
  const { strings, rows: columns, cells, ...rest } = encoded;
  const now = Math.floor(Date.parse(encoded.asOf) / 1000);
  const at = (i: number) => (i < 0 ? undefined : strings[i]);
  const rows = columns.name.map((name, i) => {
    const row: BoardRow = {
      service: { namespace: at(columns.namespace[i]) ?? '', name },
      presence: PRESENCE_OF[columns.presence[i]],
      problems: columns.problems[i],
      cells: [],
    };
    for (const column of cells) {
      const before = row.cells[row.cells.length - 1];
      row.cells.push(decodeCell(column, i, strings, now, before));
    }
    const squad = at(columns.squad[i]);
    const artifactSquad = at(columns.artifactSquad[i]);
    const entity = columns.entity[i];
    if (squad !== undefined) row.squad = squad;
    if (artifactSquad !== undefined) row.artifactSquad = artifactSquad;
    if (entity) {
      row.entityRef = entity === '=' ? `component:default/${name}` : entity;
    }
    return row;
  });
  return { ...rest, rows };
}

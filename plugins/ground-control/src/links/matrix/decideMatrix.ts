import {
  LinkCell,
  LinkCluster,
  LinkMatrix,
} from '@ground-control/backstage-plugin-ground-control-common';
import { LinksState } from '../linksState';
import { isTold, isUnwell, sortWorstFirst } from '../map/decideCells';

/** With more clusters than this they are shown by provider, unless asked otherwise. */
const MANY = 30;
/** With more rows than this a cell has one line. */
const FULL = 12;

/** A row or a column: a cluster, or all clusters of a provider. */
export interface MatrixNode {
  name: string;
  clusters: string[];
  /** It stands for the clusters of a provider. */
  group: boolean;
}

/** What is between two nodes: a link, or the worst of several. */
export interface MatrixSpot {
  cell: LinkCell;
  /** How many links it stands for, those whose state may be told. */
  links: number;
  /** How many of them are down, high or elevated. */
  bad: number;
  /** Calls that cross them; absent where nobody's are looked for. */
  calls?: CallCount;
  group: boolean;
}

/** How many calls cross a link. */
export interface CallCount {
  /** By what is made of them, or by an entry of the gateway. */
  used: number;
  /** By relations of the catalog alone. */
  declared: number;
}

/** The matrix as it is drawn. */
export interface MatrixLayout {
  rows: MatrixNode[];
  columns: MatrixNode[];
  /** Null where a cluster meets itself. */
  spots: (MatrixSpot | null)[][];
  size: 'full' | 'compact';
  /** The providers, where they are rows. */
  providers: MatrixNode[];
}

/** Whether a link is down, high or elevated. */
export function isBad({ state }: Pick<LinkCell, 'state'>): boolean {
  return state === 'down' || state === 'high' || state === 'elevated';
}

/** What tells a pair of clusters. */
export function keyOfPair(from: string, to: string): string {
  return `${from} ${to}`;
}

function groupByProvider(clusters: LinkCluster[]): MatrixNode[] {
  const groups = new Map<string, string[]>();
  for (const { name, provider } of clusters) {
    const key = provider ?? '';
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups].map(([name, names]) => ({
    name,
    clusters: names,
    group: true,
  }));
}

const single = (name: string): MatrixNode => ({
  name,
  clusters: [name],
  group: false,
});

function notLinked(from: string, to: string): LinkCell {
  return {
    from,
    to,
    state: 'not-linked',
    code: 'not-linked',
    since: null,
    valueMs: null,
    approximate: false,
    enough: false,
    needed: 0,
    baselineMs: null,
    loss: null,
    lossAtLeast: false,
    samples: 0,
    sampledAt: null,
    lastSuccessAt: null,
    source: null,
    probe: null,
  };
}

/** What the rows are: as asked, else by provider where there are very many clusters. */
export function decideAxis(
  asked: LinksState['axis'],
  clusters: number,
): 'clusters' | 'providers' {
  return asked ?? (clusters > MANY ? 'providers' : 'clusters');
}

/** Lays the links out as rows (from) and columns (to), in the given order of clusters. */
export function decideMatrix(
  matrix: Pick<LinkMatrix, 'clusters' | 'cells'>,
  state: Pick<LinksState, 'axis' | 'onlyBad' | 'open'>,
  callsOf?: ReadonlyMap<string, CallCount>,
): MatrixLayout {
  const { clusters } = matrix;
  const axis = decideAxis(state.axis, clusters.length);
  const providers = axis === 'providers' ? groupByProvider(clusters) : [];
  const nodes =
    axis === 'providers'
      ? providers.flatMap(group =>
          state.open.includes(group.name) || group.clusters.length === 1
            ? group.clusters.map(single)
            : [group],
        )
      : clusters.map(({ name }) => single(name));
  const cells = new Map(
    matrix.cells.map(cell => [keyOfPair(cell.from, cell.to), cell]),
  );

  const spotOf = (row: MatrixNode, column: MatrixNode): MatrixSpot | null => {
    const pairs = row.clusters.flatMap(from =>
      column.clusters.filter(to => to !== from).map(to => ({ from, to })),
    );
    if (!pairs.length) return null;
    const found = pairs.map(
      ({ from, to }) => cells.get(keyOfPair(from, to)) ?? notLinked(from, to),
    );
    const [worst] = found.length > 1 ? sortWorstFirst(found) : found;
    const spot: MatrixSpot = {
      cell: worst,
      links: found.filter(isTold).length,
      bad: found.filter(isBad).length,
      group: row.group || column.group,
    };
    if (callsOf) {
      spot.calls = { used: 0, declared: 0 };
      for (const { from, to } of pairs) {
        const calls = callsOf.get(keyOfPair(from, to));
        spot.calls.used += calls?.used ?? 0;
        spot.calls.declared += calls?.declared ?? 0;
      }
    }
    return spot;
  };

  const all = nodes.map(row => nodes.map(column => spotOf(row, column)));
  const unwell = (spot: MatrixSpot | null) => spot && isUnwell(spot.cell);
  const kept = (isKept: (i: number, j: number) => unknown) =>
    nodes.flatMap((_, i) =>
      !state.onlyBad || nodes.some((__, j) => isKept(i, j)) ? [i] : [],
    );
  const rows = kept((i, j) => unwell(all[i][j]));
  const columns = kept((i, j) => unwell(all[j][i]));
  return {
    rows: rows.map(i => nodes[i]),
    columns: columns.map(i => nodes[i]),
    spots: rows.map(i => columns.map(j => all[i][j])),
    size: nodes.length > FULL ? 'compact' : 'full',
    providers,
  };
}

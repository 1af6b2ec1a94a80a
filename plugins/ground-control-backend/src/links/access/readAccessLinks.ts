import {
  AccessLink,
  AccessWish,
  LinkCell,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { pairKey } from '../../latency/book/pairKey';
import { readMatrix } from '../../latency/reading/readMatrix';
import { LinkedPairs, LinkReadContext } from '../../latency/reading/types';
import { CALLS_OVER } from '../calls/readLinkCalls';

/** How links are that the calls of a wish would cross. */
export interface ReadAccessLinks {
  /** From each cluster of the wish, in that order. */
  links: AccessLink[];
  /** All that are known, by pairKey. */
  cells: ReadonlyMap<string, LinkCell>;
  /** Names of all clusters that are known. */
  clusters: string[];
}

/** Where it isn't known whether there is a link, none is claimed to be missing. */
function findLink(
  pair: { from: string; to: string },
  cells: ReadonlyMap<string, LinkCell>,
  linked: LinkedPairs,
): AccessLink {
  const cell = cells.get(pairKey(pair.from, pair.to));
  if (cell) {
    const { state, valueMs, approximate } = cell;
    return { ...pair, state, valueMs, approximate };
  }
  const state = linked.clusters.has(pair.from) ? 'not-linked' : null;
  return { ...pair, state, valueMs: null, approximate: false };
}

/** Reads how the links of a wish are now. */
export async function readAccessLinks(
  knex: Knex,
  options: { wish: Pick<AccessWish, 'cluster' | 'from'>; now: Date } & Pick<
    LinkReadContext,
    'readLinkedPairs'
  >,
): Promise<ReadAccessLinks> {
  const { now, wish } = options;
  const { cluster, from } = wish;
  // The same pairs say how links are and which are missing.
  const linked = await options.readLinkedPairs(knex);
  const context = { knex, now, readLinkedPairs: async () => linked };
  const matrix = await readMatrix(context, CALLS_OVER);
  const cells = new Map(
    matrix.cells.map(cell => [pairKey(cell.from, cell.to), cell]),
  );
  return {
    links: from
      .filter(one => one !== cluster)
      .map(one => findLink({ from: one, to: cluster }, cells, linked)),
    cells,
    clusters: matrix.clusters.map(({ name }) => name),
  };
}

import {
  LinkCluster,
  LinkMatrix,
} from '@ground-control/backstage-plugin-ground-control-common';
import { UnknownFilter } from '../lib/urlState';
import { LinksState } from './linksState';

/** What clusters are picked by, and what says it of a cluster. */
const FIELDS = { provider: 'provider', role: 'environment' } as const;

export type PlaceFilter = Pick<LinksState, keyof typeof FIELDS>;

export const PLACE_FILTERS = Object.keys(FIELDS) as (keyof PlaceFilter)[];

/** What clusters there are to pick from. */
export function listPlaces(
  clusters: LinkCluster[],
  key: keyof PlaceFilter,
): string[] {
  return [...new Set(clusters.flatMap(one => one[FIELDS[key]] ?? []))];
}

/** Links both of whose ends are picked, and what of the filter names no cluster, which counts for nothing. */
export function filterPlaces(
  matrix: LinkMatrix,
  filter: PlaceFilter,
): { matrix: LinkMatrix; known: PlaceFilter; unknown: UnknownFilter[] } {
  const unknown: UnknownFilter[] = [];
  const known: PlaceFilter = { ...filter };
  let { clusters } = matrix;
  for (const key of PLACE_FILTERS) {
    const places = listPlaces(matrix.clusters, key);
    const is = (value: string) => places.includes(value);
    known[key] = filter[key].filter(is);
    filter[key]
      .filter(value => !is(value))
      .forEach(value => unknown.push({ key, value }));
    if (!known[key].length) continue;
    clusters = clusters.filter(one =>
      known[key].includes(one[FIELDS[key]] ?? ''),
    );
  }
  const names = new Set(clusters.map(({ name }) => name));
  const isShown = ({ from, to }: { from: string; to: string }) =>
    names.has(from) && names.has(to);
  return {
    matrix: {
      ...matrix,
      clusters,
      cells: matrix.cells.filter(isShown),
      trust: matrix.trust.filter(isShown),
    },
    known,
    unknown,
  };
}

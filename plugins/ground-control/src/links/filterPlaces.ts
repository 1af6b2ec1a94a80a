import {
  LinkCluster,
  LinkMatrix,
} from '@ground-control/backstage-plugin-ground-control-common';
import { UnknownFilter } from '../lib/urlState';
import { LinksState } from './linksState';

export type PlaceFilter = Pick<LinksState, 'provider' | 'role'>;

export const PLACE_FILTERS = ['provider', 'role'] as const;

/** What a filter knows a cluster by; one without is picked by none. */
function placeOf(
  { provider, environment, role }: LinkCluster,
  key: keyof PlaceFilter,
): string | undefined {
  return (key === 'provider' ? provider : environment ?? role) ?? undefined;
}

/** What clusters there are to pick from. */
export function listPlaces(
  clusters: LinkCluster[],
  key: keyof PlaceFilter,
): string[] {
  return [...new Set(clusters.flatMap(one => placeOf(one, key) ?? []))];
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
      known[key].includes(placeOf(one, key) ?? ''),
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

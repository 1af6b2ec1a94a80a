import { useMemo } from 'react';
import { LinkMatrix } from '@ground-control/backstage-plugin-ground-control-common';
import { filterPlaces, PlaceFilter } from './filterPlaces';

/** The links between the clusters that are picked, the same for as long as both stay. */
export function usePlaces(
  all: LinkMatrix | undefined,
  { provider, role }: PlaceFilter,
): Omit<ReturnType<typeof filterPlaces>, 'matrix'> & { matrix?: LinkMatrix } {
  return useMemo(() => {
    const filter = { provider, role };
    return all ? filterPlaces(all, filter) : { known: filter, unknown: [] };
  }, [all, provider, role]);
}

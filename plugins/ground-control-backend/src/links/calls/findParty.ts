import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';

/** Finds what runs under a name in a namespace of a cluster. */
export type PartyFinder<Party> = (
  namespace: string,
  name: string,
  cluster: string,
) => Party | undefined;

/**
 * Services without a namespace of their own run in one that is named as the
 * environment.
 */
export function createPartyFinder<Party extends ServiceRef>(
  parties: readonly Party[],
  environments: ReadonlyMap<string, string>,
): PartyFinder<Party> {
  const byRef = new Map(parties.map(one => [formatServiceRef(one), one]));
  return (namespace, name, cluster) =>
    byRef.get(formatServiceRef({ namespace, name })) ??
    (namespace === environments.get(cluster)
      ? byRef.get(formatServiceRef({ namespace: '', name }))
      : undefined);
}

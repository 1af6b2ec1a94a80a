import {
  CLUSTER_SERVICE_STATES,
  ClusterServiceState,
} from '@ground-control/backstage-plugin-ground-control-common';

/**
 * The names of clusters under the state that they are in, worst first, each
 * group in the given order. For words: “Failed: a. Reconciled: b, c”.
 */
export function groupByState(
  names: readonly string[],
  states: readonly ClusterServiceState[],
): { state: ClusterServiceState; names: string[] }[] {
  return CLUSTER_SERVICE_STATES.map(state => ({
    state,
    names: states.flatMap((each, i) =>
      each === state && names[i] !== undefined ? [names[i]] : [],
    ),
  })).filter(group => group.names.length > 0);
}

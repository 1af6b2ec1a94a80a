import { Problem } from '@ground-control/backstage-plugin-ground-control-common';
import { formatTime } from '../formatTime';
import { ClusterStatusRow } from './buildClusterStatus';

/**
 * What is wrong with how a cluster is configured, as far as it is seen from
 * what all of them report.
 */
export function findClusterProblems(
  row: ClusterStatusRow,
  all: ClusterStatusRow[],
): Problem[] {
  const twins = all.filter(
    other =>
      row.instance !== null &&
      other.instance === row.instance &&
      other.cluster !== row.cluster,
  );
  if (twins.length === 0) {
    return [];
  }
  const names = twins.map(twin => twin.cluster).join(', ');
  return [
    {
      code: 'cluster-configured-twice',
      message: `${row.cluster} and ${names} answer as one and the same cluster: their namespace kube-system has the same uid. Check the address that each of them is configured with.`,
      since: formatTime(row.since),
    },
  ];
}

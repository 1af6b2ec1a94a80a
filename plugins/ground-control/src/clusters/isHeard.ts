import { ClusterConnection } from '@ground-control/backstage-plugin-ground-control-common';

/** Whether what is shown of a cluster is of now; else it is what it last reported. */
export function isHeard({ state }: Pick<ClusterConnection, 'state'>): boolean {
  return state === 'live' || state === 'syncing';
}

import { ClusterDefinition } from '@ground-control/backstage-plugin-ground-control-node';

/** What one place says of a cluster; several make a definition. */
export type ClusterEntry = Pick<ClusterDefinition, 'name'> &
  Partial<ClusterDefinition>;

import { createPermission } from '@backstage/plugin-permission-common';

/**
 * The resource type of a service, whose rules look at its squad.
 *
 * @public
 */
export const RESOURCE_TYPE_SERVICE = 'ground-control-service';

/**
 * To see a service: its releases, history, manifests and problems.
 *
 * @public
 */
export const serviceReadPermission = createPermission({
  name: 'ground-control.service.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_SERVICE,
});

/**
 * To see what belongs to no service: other commits of the config repository,
 * and what went wrong in reading it.
 *
 * @public
 */
export const repositoryReadPermission = createPermission({
  name: 'ground-control.repository.read',
  attributes: { action: 'read' },
});

/**
 * To see what clusters report of themselves: versions, nodes, how far they
 * follow the config repository, and why one isn't heard of. How a service
 * stands in a cluster goes with the right to see the service.
 *
 * @public
 */
export const clusterReadPermission = createPermission({
  name: 'ground-control.cluster.read',
  attributes: { action: 'read' },
});

/**
 * All permissions of Ground Control.
 *
 * @public
 */
export const groundControlPermissions = [
  serviceReadPermission,
  repositoryReadPermission,
  clusterReadPermission,
];

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
 * To ask for a release of a service. Who may decide is no permission: the
 * squad's leads, as the catalog names them.
 *
 * @public
 */
export const requestCreatePermission = createPermission({
  name: 'ground-control.request.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_SERVICE,
});

/**
 * To decide requests at all. It can only take the right from somebody: whether
 * they lead the squad is asked as well.
 *
 * @public
 */
export const requestDecidePermission = createPermission({
  name: 'ground-control.request.decide',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SERVICE,
});

/**
 * To change the policies of services, in the portal. It can only take the right
 * from somebody: whether they lead the squad, or are a platform engineer, is
 * asked as well. For a squad's policies it is asked of each of its services,
 * and for the defaults of all.
 *
 * @public
 */
export const policyUpdatePermission = createPermission({
  name: 'ground-control.policy.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SERVICE,
});

/**
 * To read, export and verify the audit trail of all squads. Entries of a
 * service that may be seen are shown without it.
 *
 * @public
 */
export const auditReadPermission = createPermission({
  name: 'ground-control.audit.read',
  attributes: { action: 'read' },
});

/**
 * To upload an artifact. Only services may: an access token can be held to this
 * permission alone.
 *
 * @public
 */
export const artifactCreatePermission = createPermission({
  name: 'ground-control.artifact.create',
  attributes: { action: 'create' },
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
  requestCreatePermission,
  requestDecidePermission,
  policyUpdatePermission,
  auditReadPermission,
  artifactCreatePermission,
];

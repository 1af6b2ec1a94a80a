import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  auditReadPermission,
  clusterReadPermission,
  policyUpdatePermission,
  repositoryReadPermission,
  requestCreatePermission,
  requestDecidePermission,
  serviceReadPermission,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PortalPermissionPolicy } from './permissionPolicy';

const { ALLOW, DENY } = AuthorizeResult;
const catalogRead = createPermission({
  name: 'catalog.entity.read',
  attributes: { action: 'read' },
});

function user(...ownershipEntityRefs: string[]): PolicyQueryUser {
  return {
    info: { userEntityRef: 'user:default/ana', ownershipEntityRefs },
  } as PolicyQueryUser;
}
const member = user('user:default/ana', 'group:default/squad-ledger');
const visitor = user('user:default/vic');

describe('PortalPermissionPolicy', () => {
  it.each([
    ['a member sees services', member, serviceReadPermission, ALLOW],
    ['a member sees the repository', member, repositoryReadPermission, ALLOW],
    ['a visitor sees no services', visitor, serviceReadPermission, DENY],
    ['a visitor sees no repository', visitor, repositoryReadPermission, DENY],
    ['a member sees clusters', member, clusterReadPermission, ALLOW],
    ['a visitor sees no clusters', visitor, clusterReadPermission, DENY],
    ['a member asks for releases', member, requestCreatePermission, ALLOW],
    ['a visitor asks for nothing', visitor, requestCreatePermission, DENY],
    ['a member may be a lead', member, requestDecidePermission, ALLOW],
    ['a visitor decides nothing', visitor, requestDecidePermission, DENY],
    ['a member may change policies', member, policyUpdatePermission, ALLOW],
    ['a visitor changes none', visitor, policyUpdatePermission, DENY],
    ['a member reads the trail', member, auditReadPermission, ALLOW],
    ['a visitor reads no trail', visitor, auditReadPermission, DENY],
    ['nobody asks for nothing', undefined, requestCreatePermission, DENY],
    ['a visitor sees the catalog', visitor, catalogRead, ALLOW],
    ['nobody sees no services', undefined, serviceReadPermission, DENY],
  ])('%s', async (_, who, permission, result) => {
    expect(
      await new PortalPermissionPolicy().handle({ permission }, who),
    ).toEqual({ result });
  });
});

import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isPermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { groundControlPermissions } from '@ground-control/backstage-plugin-ground-control-common';

/**
 * The portal's own policy: whoever belongs to a Group sees releases, asks for
 * them for any service, and reads the audit trail; a visitor sees the catalog
 * and nothing of Ground Control. Who decides isn't said here: the leads of the
 * service's squad do, and Ground Control asks the catalog who they are.
 */
export class PortalPermissionPolicy implements PermissionPolicy {
  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const isOurs = groundControlPermissions.some(permission =>
      isPermission(request.permission, permission),
    );
    const belongsToGroup = user?.info.ownershipEntityRefs.some(ref =>
      ref.startsWith('group:'),
    );
    return {
      result:
        isOurs && !belongsToGroup
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    };
  }
}

export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'portal-policy',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint },
      async init({ policy }) {
        policy.setPolicy(new PortalPermissionPolicy());
      },
    });
  },
});

import { mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { AccessService, serviceRules } from '../permissions';

/** What the permission framework says of reading. */
export interface TestDecisions {
  services: PolicyDecision;
  clusters: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
}

/** Access as a test decides it, by the real rules. */
export function createTestAccess(read: () => TestDecisions): AccessService {
  return new AccessService({
    permissions: mockServices.permissions.mock({
      authorizeConditional: async () => [
        read().services,
        { result: AuthorizeResult.ALLOW },
        { result: read().clusters },
      ],
    }),
    permissionsRegistry: mockServices.permissionsRegistry.mock({
      getPermissionRuleset: () =>
        ({
          getRuleByName: (name: string) =>
            Object.values(serviceRules).find(rule => rule.name === name),
        } as any),
    }),
  });
}

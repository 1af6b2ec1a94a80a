import {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  ConditionTransformer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import {
  artifactCreatePermission,
  auditReadPermission,
  clusterReadPermission,
  policyUpdatePermission,
  repositoryReadPermission,
  requestCreatePermission,
  requestDecidePermission,
  serviceReadPermission,
} from '@ground-control/backstage-plugin-ground-control-common';
import { serviceResourceRef } from './serviceRules';
import {
  Access,
  PolicyAccess,
  RequestAccess,
  ServiceAccess,
  ServiceFilter,
} from './types';

/** Asks the permission framework what a reader may see. */
export class AccessService {
  private transform?: ConditionTransformer<ServiceFilter>;

  constructor(
    private readonly options: {
      permissions: PermissionsService;
      permissionsRegistry: PermissionsRegistryService;
    },
  ) {}

  /** Reads all that a reader may see, in one question to the framework. */
  async readAccess(credentials: BackstageCredentials): Promise<Access> {
    const [service, repository, cluster] =
      await this.options.permissions.authorizeConditional(
        [
          { permission: serviceReadPermission },
          // The type asks for resource permissions, the framework answers for
          // others as well, and never conditionally. A second question would
          // cost every page view another round trip.
          {
            permission:
              repositoryReadPermission as unknown as ResourcePermission,
          },
          {
            permission: clusterReadPermission as unknown as ResourcePermission,
          },
        ],
        { credentials },
      );
    return {
      services: this.toServiceAccess(service),
      repository: repository.result === AuthorizeResult.ALLOW,
      clusters: cluster.result === AuthorizeResult.ALLOW,
    };
  }

  /**
   * As {@link AccessService.readAccess}, for lists of services: who may see no
   * service at all is told so.
   */
  async readListAccess(credentials: BackstageCredentials): Promise<Access> {
    const access = await this.readAccess(credentials);
    if (access.services.kind === 'none') {
      throw new NotAllowedError(
        `You may not read services: the permission ${serviceReadPermission.name} is missing`,
      );
    }
    return access;
  }

  /**
   * As {@link AccessService.readAccess}, for what clusters report of
   * themselves.
   *
   * @throws NotAllowedError for who may not read clusters
   */
  async readClusterAccess(credentials: BackstageCredentials): Promise<Access> {
    const access = await this.readAccess(credentials);
    if (!access.clusters) {
      throw new NotAllowedError(
        `You may not read clusters: the permission ${clusterReadPermission.name} is missing`,
      );
    }
    return access;
  }

  /** @throws NotAllowedError for who may not upload artifacts */
  async checkUpload(credentials: BackstageCredentials): Promise<void> {
    const [decision] = await this.options.permissions.authorize(
      [{ permission: artifactCreatePermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not upload artifacts: the permission ${artifactCreatePermission.name} is missing`,
      );
    }
  }

  /** Reads what somebody may do with release requests, in one question too. */
  async readRequestAccess(
    credentials: BackstageCredentials,
  ): Promise<RequestAccess> {
    const [services, ask, decide, audit] =
      await this.options.permissions.authorizeConditional(
        [
          { permission: serviceReadPermission },
          { permission: requestCreatePermission },
          { permission: requestDecidePermission },
          { permission: auditReadPermission as unknown as ResourcePermission },
        ],
        { credentials },
      );
    return {
      services: this.toServiceAccess(services),
      ask: this.toServiceAccess(ask),
      decide: this.toServiceAccess(decide),
      audit: audit.result === AuthorizeResult.ALLOW,
    };
  }

  /** Reads what somebody may do with policies, in one question too. */
  async readPolicyAccess(
    credentials: BackstageCredentials,
  ): Promise<PolicyAccess> {
    const [services, repository, update] =
      await this.options.permissions.authorizeConditional(
        [
          { permission: serviceReadPermission },
          {
            permission:
              repositoryReadPermission as unknown as ResourcePermission,
          },
          { permission: policyUpdatePermission },
        ],
        { credentials },
      );
    return {
      services: this.toServiceAccess(services),
      repository: repository.result === AuthorizeResult.ALLOW,
      update: this.toServiceAccess(update),
    };
  }

  private toServiceAccess(decision: PolicyDecision): ServiceAccess {
    if (decision.result === AuthorizeResult.ALLOW) {
      return { kind: 'all' };
    }
    if (decision.result !== AuthorizeResult.CONDITIONAL) {
      return { kind: 'none' };
    }
    // Modules may register rules after us, so the rules are looked up late.
    this.transform ??= createConditionTransformer(
      this.options.permissionsRegistry.getPermissionRuleset(serviceResourceRef),
    );
    return { kind: 'some', criteria: this.transform(decision.conditions) };
  }
}

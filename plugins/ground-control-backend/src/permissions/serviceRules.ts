import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_SERVICE } from '@ground-control/backstage-plugin-ground-control-common';
import { z } from 'zod/v3';
import { ServiceFilter, ServiceResource } from './types';

/** The resource type of a service; its ref is what `formatServiceRef` writes. */
export const serviceResourceRef = createPermissionResourceRef<
  ServiceResource,
  ServiceFilter
>().with({
  pluginId: 'ground-control',
  resourceType: RESOURCE_TYPE_SERVICE,
});

const squadsSchema = z.object({
  squads: z.array(z.string()).describe('Entity refs of Groups'),
});

/** Allows services of given squads. */
export const hasSquad = createPermissionRule<
  typeof serviceResourceRef,
  { squads: string[] }
>({
  name: 'HAS_SQUAD',
  description: 'Allow services that belong to one of the given squads',
  resourceRef: serviceResourceRef,
  // The framework may have a copy of zod of its own: the same at run time, but
  // comparing the types of two copies is too deep for the compiler.
  paramsSchema: squadsSchema as never,
  apply: (resource, { squads }) =>
    resource.squadRef !== undefined &&
    squads.some(squad => squad.toLowerCase() === resource.squadRef),
  toQuery: ({ squads }) => ({
    kind: 'squad' as const,
    squads: squads.map(squad => squad.toLowerCase()),
  }),
});

/** Allows services that the catalog knows. */
export const isInCatalog = createPermissionRule<typeof serviceResourceRef>({
  name: 'IS_IN_CATALOG',
  description: 'Allow services that are Components of the catalog',
  resourceRef: serviceResourceRef,
  apply: resource => resource.inCatalog,
  toQuery: () => ({ kind: 'in-catalog' as const }),
});

export const serviceRules = { hasSquad, isInCatalog };

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: serviceResourceRef,
  rules: serviceRules,
});

/**
 * The conditions that a permission policy can put on reading a service.
 *
 * @public
 */
export const groundControlConditions = conditions;

/**
 * Makes the conditional decision that a permission policy returns.
 *
 * @public
 */
export const createGroundControlConditionalDecision = createConditionalDecision;

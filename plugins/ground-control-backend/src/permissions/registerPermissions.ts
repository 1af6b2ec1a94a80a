import { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  artifactCreatePermission,
  auditReadPermission,
  clusterReadPermission,
  formatServiceRef,
  parseServiceRef,
  policyUpdatePermission,
  repositoryReadPermission,
  requestCreatePermission,
  requestDecidePermission,
  serviceReadPermission,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { serviceResourceRef, serviceRules } from './serviceRules';
import { ServiceResource } from './types';

async function readServiceResources(
  knex: Knex,
  repository: string,
  refs: string[],
): Promise<Array<ServiceResource | undefined>> {
  const services = refs.map(parseServiceRef);
  const names = [...new Set(services.flatMap(ref => (ref ? [ref.name] : [])))];
  const rows = await knex('services')
    .where({ repository })
    .whereIn('service', names)
    .select('namespace', 'service', 'squad_ref', 'in_catalog');
  const found = new Map<string, ServiceResource>();
  for (const row of rows) {
    const service = { namespace: row.namespace, name: row.service };
    found.set(formatServiceRef(service), {
      service,
      squadRef: row.squad_ref ?? undefined,
      inCatalog: Boolean(row.in_catalog),
    });
  }
  return services.map(ref => ref && found.get(formatServiceRef(ref)));
}

/** Tells the permission framework of Ground Control's permissions and rules. */
export function registerPermissions(options: {
  permissionsRegistry: PermissionsRegistryService;
  knex: Knex;
  repository: string;
}): void {
  const { permissionsRegistry, knex, repository } = options;
  permissionsRegistry.addPermissions([
    repositoryReadPermission,
    clusterReadPermission,
    auditReadPermission,
    artifactCreatePermission,
  ]);
  permissionsRegistry.addResourceType({
    resourceRef: serviceResourceRef,
    permissions: [
      serviceReadPermission,
      requestCreatePermission,
      requestDecidePermission,
      policyUpdatePermission,
    ],
    rules: Object.values(serviceRules),
    getResources: refs => readServiceResources(knex, repository, refs),
  });
}

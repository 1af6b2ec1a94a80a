import { NotFoundError } from '@backstage/errors';
import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { queryServices } from './queryServices';
import { ReadContext, ServiceRow } from './types';

/**
 * Reads one service.
 *
 * @throws NotFoundError in the same words when there is no such service and
 * when the reader may not see it
 */
export async function readVisibleService(
  context: ReadContext,
  service: ServiceRef,
): Promise<ServiceRow> {
  const row = await queryServices(context, { service }).first(
    'namespace',
    'service',
    'squad_ref',
    'squad_source',
    'artifact_squad_ref',
    'entity_ref',
    'in_repository',
    'in_catalog',
  );
  if (!row) {
    throw new NotFoundError(
      `There is no service ${JSON.stringify(
        formatServiceRef(service).slice(0, 300),
      )}, or you may not see it`,
    );
  }
  return row;
}

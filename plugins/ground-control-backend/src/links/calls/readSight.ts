import { formatServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext } from '../../releases';
import { queryServices } from '../../releases/queryServices';
import { CallSight } from './buildLinkCalls';
import { FoundCall } from './types';

const MOST_NAMES = 1_000;

/** Reads what of some calls a reader may see. */
export async function readSight(
  context: ReadContext,
  calls: FoundCall[],
): Promise<CallSight> {
  if (context.services.kind === 'all') {
    return { all: true, services: new Set(), squads: new Set() };
  }
  const names = new Set(
    calls.flatMap(({ callerParty, calleeParty }) =>
      [callerParty, calleeParty].flatMap(party => (party ? [party.name] : [])),
    ),
  );
  const services = queryServices(context, {}).select(
    'services.namespace',
    'services.service',
  );
  if (names.size <= MOST_NAMES) {
    services.whereIn('services.service', [...names]);
  }
  const squads = queryServices(context, {})
    .whereNotNull('services.squad_ref')
    .distinct('services.squad_ref');
  const [serviceRows, squadRows] = await Promise.all([services, squads]);
  return {
    all: false,
    services: new Set(
      serviceRows.map((row: { namespace: string; service: string }) =>
        formatServiceRef({ namespace: row.namespace, name: row.service }),
      ),
    ),
    squads: new Set(squadRows.map(row => row.squad_ref)),
  };
}

import {
  formatServiceRef,
  RequestReach,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { RelatedService } from '../../links/calls/findRelated';
import { KnownRelated } from '../../links/calls/readRelated';
import { ReadContext } from '../../releases';
import { queryServices } from '../../releases/queryServices';
import { Place, readPods } from './readPods';

/** More are counted, not named. */
const MOST_CALLERS = 50;
/** More names than that, and it is less work to read all services. */
const MOST_NAMES = 1_000;

/** Those of some services that the reader may see. */
async function keepVisible(
  context: ReadContext,
  services: RelatedService[],
): Promise<ServiceRef[]> {
  const toRef = ({ namespace, name }: ServiceRef) => ({ namespace, name });
  if (context.services.kind === 'all' || services.length === 0) {
    return services.map(toRef);
  }
  const query = queryServices(context, {}).select(
    'services.namespace',
    'services.service',
  );
  const names = new Set(services.map(({ name }) => name));
  if (names.size <= MOST_NAMES) query.whereIn('services.service', [...names]);
  const rows: Array<{ namespace: string; service: string }> = await query;
  const seen = new Set(
    rows.map(({ namespace, service }) =>
      formatServiceRef({ namespace, name: service }),
    ),
  );
  return services
    .filter(one => one.known && seen.has(formatServiceRef(one)))
    .map(toRef);
}

/** Reads who may notice a release, as one reader may see it. */
export async function readReach(
  context: ReadContext,
  place: Place,
  { callers, isInCatalog, trafficMissing }: KnownRelated,
): Promise<RequestReach> {
  const [visible, pods] = await Promise.all([
    keepVisible(context, callers),
    readPods(context, place),
  ]);
  const declared = callers.filter(one => one.declared).length;
  const observed = callers.filter(one => one.observed).length;
  return {
    callers: visible.slice(0, MOST_CALLERS),
    totalCallers: callers.length,
    hiddenCallers: callers.length - visible.length,
    declared: isInCatalog ? declared : null,
    // What was counted counts, also where not all was.
    observed: trafficMissing === null || observed > 0 ? observed : null,
    ...(trafficMissing !== null && { observedMissing: trafficMissing }),
    pods,
  };
}

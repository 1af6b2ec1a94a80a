import {
  formatServiceRef,
  RequestRelation,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { RelatedServices } from '../../links/calls/findRelated';

/** Two values each go into one statement. */
const MOST_RELATED = 400;

/**
 * Finds how others stand to a service.
 *
 * @param related - absent where it isn't asked; none stands to it then
 */
export function createRelationFinder(
  related?: RelatedServices,
): (other: ServiceRef) => RequestRelation[] {
  const [callers, callees] = [related?.callers, related?.callees].map(
    services => new Set(services?.map(formatServiceRef)),
  );
  return other => {
    const ref = formatServiceRef(other);
    const relations: RequestRelation[] = [];
    if (callers.has(ref)) relations.push('caller');
    if (callees.has(ref)) relations.push('callee');
    return relations;
  };
}

/** Itself, its callers and its callees that we know, as values of a query. */
export function listNear(
  service: ServiceRef,
  related?: RelatedServices,
): Array<[namespace: string, name: string]> {
  const around = [...(related?.callers ?? []), ...(related?.callees ?? [])];
  return [service, ...around.filter(({ known }) => known)]
    .slice(0, MOST_RELATED)
    .map(({ namespace, name }) => [namespace, name]);
}

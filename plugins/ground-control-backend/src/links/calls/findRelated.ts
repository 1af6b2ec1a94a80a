import {
  formatServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PartyFinder } from './findParty';
import { DeclaredCall, TrafficCall } from './types';

/** A service that calls another, or is called by it, and what says so. */
export interface RelatedService extends ServiceRef {
  /** By relations of the catalog. */
  declared: boolean;
  /** The mesh counted calls lately. */
  observed: boolean;
  /** It is a service that we know, and not only a name in the mesh. */
  known: boolean;
}

/** Those around one service, each by name. */
export interface RelatedServices {
  callers: RelatedService[];
  callees: RelatedService[];
}

class RelatedBook {
  private readonly related = new Map<string, RelatedService>();

  add({ namespace, name }: ServiceRef, part: Partial<RelatedService>): void {
    const key = formatServiceRef({ namespace, name });
    this.related.set(key, {
      namespace,
      name,
      declared: false,
      observed: false,
      known: true,
      ...this.related.get(key),
      ...part,
    });
  }

  get all(): RelatedService[] {
    return [...this.related]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, one]) => one);
  }
}

/**
 * Finds who calls a service and whom it calls in an environment. Relations of
 * the catalog are of every environment; counted calls are those of its clusters.
 */
export function findRelated(
  service: ServiceRef,
  facts: {
    declared: DeclaredCall[];
    traffic: TrafficCall[];
    find: PartyFinder<ServiceRef>;
    isInEnvironment(cluster: string): boolean;
  },
): RelatedServices {
  const own = formatServiceRef(service);
  const callers = new RelatedBook();
  const callees = new RelatedBook();
  const add = (
    caller: ServiceRef,
    callee: ServiceRef,
    part: (of: ServiceRef) => Partial<RelatedService>,
  ) => {
    const [from, to] = [caller, callee].map(formatServiceRef);
    if (from === to) return;
    if (to === own) callers.add(caller, part(caller));
    if (from === own) callees.add(callee, part(callee));
  };
  for (const { caller, callee } of facts.declared) {
    add(caller, callee, () => ({ declared: true }));
  }
  for (const call of facts.traffic) {
    const caller = facts.find(call.namespace, call.workload, call.from);
    const callee = facts.find(call.serviceNamespace, call.service, call.to);
    const isCaller = caller && formatServiceRef(caller) === own;
    if (!facts.isInEnvironment(isCaller ? call.from : call.to)) continue;
    add(
      caller ?? { namespace: call.namespace, name: call.workload },
      callee ?? { namespace: call.serviceNamespace, name: call.service },
      of => ({ observed: true, known: of === caller || of === callee }),
    );
  }
  return { callers: callers.all, callees: callees.all };
}

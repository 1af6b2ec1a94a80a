import { DecisionRow, RequestRow } from '../types';
import { Audience } from './types';

/** Who is asked: the parts of a request's audience, each looked up when needed. */
export interface AudienceSources {
  /** Entity refs of those who may decide it now. */
  listDeciders(request: RequestRow): Promise<string[]>;
  /** Entity refs of the squad's leads. */
  listLeads(request: RequestRow): Promise<string[]>;
  readDecisions(number: number): Promise<DecisionRow[]>;
  /** Entity ref of who else is told of a block that was gone over there. */
  toldOfOverrides?(environment: string): string | undefined;
}

/** Finds the entity refs of an audience, each once. */
export async function resolveAudience(
  request: RequestRow,
  to: Audience[],
  sources: AudienceSources,
): Promise<string[]> {
  const refs = new Set<string>();
  for (const audience of to) {
    if (audience === 'requester') refs.add(request.requested_by);
    if (audience === 'squad' && request.squad_ref) refs.add(request.squad_ref);
    if (audience === 'configured') {
      const ref = sources.toldOfOverrides?.(request.environment);
      if (ref) refs.add(ref);
    }
    if (audience === 'decided') {
      for (const one of await sources.readDecisions(request.number)) {
        if (one.decision !== 'reject') refs.add(one.decided_by);
      }
    }
    if (audience === 'leads') {
      const decided = (await sources.readDecisions(request.number)).map(
        ({ decided_by }) => decided_by,
      );
      for (const lead of await sources.listLeads(request)) {
        if (!decided.includes(lead)) refs.add(lead);
      }
    }
    if (audience === 'deciders') {
      // A requester never decides, whatever they lead, and nobody does twice.
      const except = [
        request.requested_by,
        ...(await sources.readDecisions(request.number)).map(
          ({ decided_by }) => decided_by,
        ),
      ];
      for (const decider of await sources.listDeciders(request)) {
        if (!except.includes(decider)) refs.add(decider);
      }
    }
  }
  // What acts by itself has nobody who reads.
  return [...refs].filter(ref => !ref.startsWith('system:'));
}

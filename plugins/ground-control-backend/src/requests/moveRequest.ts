import { Knex } from 'knex';
import { appendAudit } from '../audit/appendAudit';
import { addStep, cleanMessage } from './addStep';
import { auditAccess } from './auditAccess';
import { lockRequests } from './store/lockRequests';
import { TRANSITIONS } from './transitions';
import { RequestEvent, RequestRow } from './types';

/**
 * The one door for changes of a request's state: looks the event up in the
 * table of transitions, and writes the state, a step of the timeline and an
 * entry of the audit trail together.
 *
 * A transaction that moves several requests calls lockRequests for all of them
 * first. Whoever calls tells the hub once the transaction has been committed.
 *
 * @returns the request as it is now, or undefined where there is none, or its
 * state doesn't take the event; nothing is written then
 */
export async function moveRequest(
  tx: Knex.Transaction,
  { number, event }: { number: number; event: RequestEvent },
): Promise<RequestRow | undefined> {
  const [row] = await lockRequests(tx, [number]);
  const state = row && TRANSITIONS[row.state][event.type];
  if (!state) return undefined;

  const changes: Partial<RequestRow> = {
    ...event.changes,
    state,
    since: event.at,
    code: event.code,
    message: cleanMessage(event.message),
  };
  await tx('release_requests').where({ number }).update(changes);
  await addStep(tx, {
    number,
    at: event.at,
    state,
    code: event.code,
    message: event.message,
    by: event.actor,
    byName: event.actorName,
  });
  const moved = { ...row, ...changes };
  await appendAudit(tx, {
    at: event.at,
    actor: event.actor,
    // Resuming leads to a state that has another way in.
    action: `request.${event.type === 'resume' ? 'resumed' : state}`,
    environment: row.environment,
    service: { namespace: row.namespace, name: row.service },
    number,
    ...(moved.revision && { revision: moved.revision }),
    details: {
      code: event.code,
      ...auditAccess(row),
      ...(event.message && { message: event.message }),
      ...event.details,
    },
  });
  return moved;
}

import { RequestState } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { cleanText } from '../lib/cleanText';

/** Longer ones are for a log. */
const LONGEST_MESSAGE = 2_000;

/** A step in a request's life, as it is added. */
export interface NewStep {
  number: number;
  /** Milliseconds since 1970. */
  at: number;
  /** The state that it moved to; absent for a step within one. */
  state?: RequestState;
  code: string;
  /** For people. */
  message?: string;
  /** Entity ref of a person, or `system:` and what acted. */
  by?: string;
  byName?: string;
  cluster?: string;
}

/** Makes what a column holds of a message, which may quote anybody's words. */
export function cleanMessage(message: string | undefined): string | null {
  return (message && cleanText(message, LONGEST_MESSAGE)) || null;
}

/**
 * Adds a step to a request's timeline. A change of state is added by
 * moveRequest, in the same transaction.
 */
export async function addStep(
  tx: Knex.Transaction,
  step: NewStep,
): Promise<void> {
  await tx('release_request_steps').insert({
    number: step.number,
    at: step.at,
    state: step.state ?? null,
    code: step.code,
    message: cleanMessage(step.message),
    by: step.by ?? null,
    by_name: step.byName ?? null,
    cluster: step.cluster ?? null,
  });
}

import { DecisionRow, RequestRow } from '../types';

const NUMBERS = [
  'number',
  'ordinal',
  'requested_at',
  'since',
  'approvals_needed',
  'attempts',
] as const;
const NUMBERS_OR_NULL = [
  'replaces_position',
  'replaces_released_at',
  'expires_at',
  'pause_auto_release_hours',
  'superseded_by',
  'next_attempt_at',
  'position',
  'committed_at',
  'deadline_at',
] as const;

/** A row as the databases give it: bigint columns as texts, booleans as numbers. */
type RawRow = Record<keyof RequestRow, unknown>;

/** Reads a row of `release_requests` as any database gives it. */
export function parseRequestRow(raw: RawRow): RequestRow {
  const row: Record<string, unknown> = {
    ...raw,
    platform_needed: Boolean(raw.platform_needed),
    override: Boolean(raw.override),
  };
  for (const column of NUMBERS) row[column] = Number(raw[column]);
  for (const column of NUMBERS_OR_NULL) {
    row[column] = raw[column] === null ? null : Number(raw[column]);
  }
  return row as unknown as RequestRow;
}

/** Reads a row of `release_request_decisions` as any database gives it. */
export function parseDecisionRow(
  raw: Record<keyof DecisionRow, unknown>,
): DecisionRow {
  return {
    ...(raw as DecisionRow),
    decided_at: Number(raw.decided_at),
  };
}

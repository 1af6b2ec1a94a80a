import { BoardRow } from '@ground-control/backstage-plugin-ground-control-common';
import { hasState, Scope, stateMask } from './stateMask';
import { countBehind } from './countBehind';

/** What is remarkable of a service, the worst first. */
export const ATTENTIONS = [
  'problem',
  'failed',
  'blocked',
  'drifted',
  'suspended',
  'unknown',
  'presence',
  'stale',
  'behind',
  'none',
] as const;

export type Attention = (typeof ATTENTIONS)[number];

const OF_CLUSTERS = ['drifted', 'suspended', 'unknown'] as const;

/** Whether a service is behind the environment before, in one of the columns. */
export function isBehind(row: BoardRow, scope: Scope): boolean {
  return scope.columns.some(
    column => countBehind(row.cells[column] ?? {}).count > 0,
  );
}

/** Whether a release waits for something that is suspended or fails, in one of the columns. */
export function isBlocked(row: BoardRow, scope: Scope): boolean {
  return scope.columns.some(column => row.cells[column]?.blocked);
}

/** Whether something of a service can't be used as it is. */
export function hasProblem(row: BoardRow, scope: Scope): boolean {
  return row.problems > 0 || hasState(stateMask(row, scope), 'problem');
}

/**
 * The worst that holds of a service in the given part of the board: something
 * can't be used; what a cluster reports; it is in the catalog or the config
 * repository alone; a cluster of it isn't heard of; it is behind the
 * environment before.
 */
export function attentionOf(row: BoardRow, scope: Scope): Attention {
  const mask = stateMask(row, scope);
  if (row.problems > 0 || hasState(mask, 'problem')) return 'problem';
  if (hasState(mask, 'failed')) return 'failed';
  if (isBlocked(row, scope)) return 'blocked';
  const worst = OF_CLUSTERS.find(state => hasState(mask, state));
  if (worst) return worst;
  if (row.presence !== 'both') return 'presence';
  if (hasState(mask, 'stale')) return 'stale';
  return isBehind(row, scope) ? 'behind' : 'none';
}

const FINE: ReadonlySet<Attention> = new Set(['stale', 'behind', 'none']);

/**
 * Whether somebody who looks after the service should look. Being behind is how
 * promotion works; and a cluster that isn't heard of makes all its services
 * stale at once, which the banner says and no squad can mend.
 */
export function needsAttention(attention: Attention): boolean {
  return !FINE.has(attention);
}

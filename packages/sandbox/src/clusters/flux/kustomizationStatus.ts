import { formatDuration } from '../lib/durations.ts';
import { kubeTime, withTransitions } from '../lib/conditions.ts';
import type { Condition } from '../lib/conditions.ts';
import type { KubeObject } from '../types.ts';

export interface InventoryEntry {
  id: string;
  v: string;
}

/** How a reconciliation ended. */
export interface Outcome {
  ready: boolean;
  reason: string;
  message: string;
}

type Status = Record<string, unknown>;

const HISTORY = 5;

/** While the controller works on a revision. */
export function progressingStatus(
  object: KubeObject,
  revision: string,
  message: string,
  now: number,
): Status {
  const before = object.status ?? {};
  const reason =
    isReady(object) === false ? 'ProgressingWithRetry' : 'Progressing';
  const condition = (type: string, status: 'True' | 'Unknown'): Condition => ({
    type,
    status,
    reason,
    message,
    observedGeneration: object.metadata.generation,
  });
  const wanted = [
    condition('Reconciling', 'True'),
    condition('Ready', 'Unknown'),
  ];
  if (message.startsWith('Running health checks')) {
    wanted.push(condition('Healthy', 'Unknown'));
  } else {
    wanted.push(...conditionsOf(before).filter(c => c.type === 'Healthy'));
  }
  return {
    ...before,
    conditions: withTransitions(wanted, before.conditions, now),
    lastAttemptedRevision: revision,
  };
}

function conditionsOf(status: Status): Condition[] {
  return Array.isArray(status.conditions) ? status.conditions : [];
}

export function isReady(object: KubeObject): boolean | undefined {
  const ready = conditionsOf(object.status ?? {}).find(c => c.type === 'Ready');
  return ready && ready.status !== 'Unknown'
    ? ready.status === 'True'
    : undefined;
}

interface HistoryEntry {
  digest: string;
  firstReconciled: string;
  lastReconciled: string;
  lastReconciledDuration: string;
  lastReconciledStatus: string;
  totalReconciliations: number;
  metadata: { revision: string };
}

function withHistory(before: unknown, entry: HistoryEntry): HistoryEntry[] {
  const entries = Array.isArray(before) ? (before as HistoryEntry[]) : [];
  const known = entries.find(
    ({ digest, lastReconciledStatus }) =>
      digest === entry.digest &&
      lastReconciledStatus === entry.lastReconciledStatus,
  );
  const newest = known
    ? {
        ...entry,
        firstReconciled: known.firstReconciled,
        totalReconciliations: known.totalReconciliations + 1,
      }
    : entry;
  return [newest, ...entries.filter(other => other !== known)].slice(
    0,
    HISTORY,
  );
}

/** When the controller is done with a revision, well or not. */
export function finishedStatus(options: {
  object: KubeObject;
  revision: string;
  outcome: Outcome;
  /** Absent when nothing could be applied. */
  inventory?: InventoryEntry[];
  digest: string;
  /** False where health isn't waited for. */
  checked: boolean;
  duration: number;
  now: number;
}): Status {
  const { object, revision, outcome, inventory, now } = options;
  const before = object.status ?? {};
  const { generation } = object.metadata;
  const condition = (type: string, message: string): Condition => ({
    type,
    status: outcome.ready ? 'True' : 'False',
    reason: outcome.reason,
    message,
    observedGeneration: generation,
  });
  const wanted = [condition('Ready', outcome.message)];
  if (outcome.ready && options.checked) {
    wanted.push({
      ...condition(
        'Healthy',
        `Health check passed in ${formatDuration(options.duration)}`,
      ),
      reason: 'Succeeded',
    });
  } else if (outcome.reason === 'HealthCheckFailed') {
    wanted.push(condition('Healthy', outcome.message));
  }
  const requestedAt =
    object.metadata.annotations?.['reconcile.fluxcd.io/requestedAt'];
  return {
    ...before,
    observedGeneration: generation,
    conditions: withTransitions(wanted, before.conditions, now),
    lastAttemptedRevision: revision,
    ...(outcome.ready ? { lastAppliedRevision: revision } : {}),
    ...(requestedAt ? { lastHandledReconcileAt: requestedAt } : {}),
    ...(inventory ? { inventory: { entries: inventory } } : {}),
    history: withHistory(before.history, {
      digest: `sha256:${options.digest}`,
      firstReconciled: kubeTime(now),
      lastReconciled: kubeTime(now),
      lastReconciledDuration: formatDuration(options.duration),
      lastReconciledStatus: outcome.reason,
      totalReconciliations: 1,
      metadata: { revision },
    }),
  };
}

/** When there is nothing to work on yet, such as a dependency's turn. */
export function waitingStatus(
  object: KubeObject,
  outcome: Omit<Outcome, 'ready'>,
  now: number,
): Status {
  const before = object.status ?? {};
  return {
    ...before,
    observedGeneration: object.metadata.generation,
    conditions: withTransitions(
      [
        {
          type: 'Ready',
          status: 'False',
          ...outcome,
          observedGeneration: object.metadata.generation,
        },
      ],
      before.conditions,
      now,
    ),
  };
}

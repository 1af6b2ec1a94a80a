import { ClusterRecovery } from '@ground-control/backstage-plugin-ground-control-common';

/** The moments of a recovery, in order. */
export const RECOVERY_STEPS = ['api', 'flux', 'revision', 'ready'] as const;

export type RecoveryStep = (typeof RECOVERY_STEPS)[number];

/** The time in which a cluster should have recovered. */
const GOAL_SECONDS = 3_600;

/** A step as a part of the bar, and in figures. */
export interface RecoveryPart {
  step: RecoveryStep;
  /**
   * - `done`: its moment has come.
   * - `running`: it is what is waited for.
   * - `waiting`: its turn comes later.
   * - `unseen`: a later moment has come, or it never will, and nobody saw
   *   this one.
   */
  state: 'done' | 'running' | 'waiting' | 'unseen';
  /** ISO 8601. */
  at?: string;
  /** Since the moment before that is known; while running, until now. */
  seconds: number;
  /** Where the part begins, from 0 to 1. */
  start: number;
  /** How long the part is, from 0 to 1. */
  width: number;
}

/** A recovery as a bar and in figures. */
export interface RecoveryLayout {
  parts: RecoveryPart[];
  done: boolean;
  totalSeconds: number;
  /** Of the hour that is the goal; above 1 when it took longer. */
  shareOfGoal: number;
  /** Where in the bar the hour is over, from 0 to 1; absent while it isn't. */
  goalAt?: number;
}

/**
 * Lays a recovery out over the time that it took, or has taken until `now`
 * (milliseconds since 1970). Moments that lie before an earlier one, because
 * clocks differ, count as that one.
 *
 * @param endedAt - when the cluster was thrown away again, ISO 8601
 */
export function layoutRecovery(
  recovery: ClusterRecovery,
  now: number,
  endedAt?: string,
): RecoveryLayout {
  const moments: Record<RecoveryStep, string | undefined> = {
    api: recovery.apiReachableAt,
    flux: recovery.fluxReadyAt,
    revision: recovery.firstRevisionAt,
    ready: recovery.allReadyAt,
  };
  const begin = Date.parse(recovery.startedAt);
  const last = RECOVERY_STEPS.reduce(
    (index, step, i) => (moments[step] ? i : index),
    -1,
  );
  const done = last === RECOVERY_STEPS.length - 1;
  const times = RECOVERY_STEPS.map(step =>
    moments[step] ? Math.max(begin, Date.parse(moments[step]!)) : begin,
  );
  const until = endedAt ? Date.parse(endedAt) : now;
  const end = done ? Math.max(...times) : Math.max(until, ...times);
  const total = Math.max(end - begin, 1);

  let before = begin;
  const parts = RECOVERY_STEPS.map((step, i): RecoveryPart => {
    const at = moments[step];
    const stateOf = () => {
      if (at) return 'done';
      if (i < last || endedAt) return 'unseen';
      return i === last + 1 ? 'running' : 'waiting';
    };
    const state = stateOf();
    const from = before;
    if (state === 'done') before = Math.max(before, times[i]);
    if (state === 'running') before = end;
    const part: RecoveryPart = {
      step,
      state,
      seconds: (before - from) / 1000,
      start: (from - begin) / total,
      width: (before - from) / total,
    };
    if (at) part.at = at;
    return part;
  });
  const totalSeconds = (end - begin) / 1000;
  const layout: RecoveryLayout = {
    parts,
    done,
    totalSeconds,
    shareOfGoal: totalSeconds / GOAL_SECONDS,
  };
  if (totalSeconds > GOAL_SECONDS) layout.goalAt = GOAL_SECONDS / totalSeconds;
  return layout;
}

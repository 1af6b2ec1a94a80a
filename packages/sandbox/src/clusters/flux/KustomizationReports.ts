import type { ClusterContext } from '../ClusterContext.ts';
import { formatDuration } from '../lib/durations.ts';
import { revisionOf } from '../repository/Snapshot.ts';
import type { Snapshot } from '../repository/Snapshot.ts';
import type { KubeObject } from '../types.ts';
import { EMPTY_BUILD } from './buildPath.ts';
import type { Build } from './buildPath.ts';
import type { Events } from './Events.ts';
import {
  finishedStatus,
  progressingStatus,
  waitingStatus,
} from './kustomizationStatus.ts';
import type { Outcome } from './kustomizationStatus.ts';

/** How a reconciliation ended. */
export interface Ending {
  snapshot: Snapshot;
  build: Build | undefined;
  outcome: Outcome;
  startedAt: number;
  now: number;
  /** Its workloads were waited for. */
  checked: boolean;
}

/** What kustomize-controller writes of its work: statuses and events. */
export class KustomizationReports {
  private readonly context: ClusterContext;
  private readonly events: Events;

  constructor(context: ClusterContext, events: Events) {
    this.context = context;
    this.events = events;
  }

  progress(
    object: KubeObject,
    snapshot: Snapshot,
    what: string,
    { timeout }: { timeout: number },
  ): void {
    const revision = revisionOf(snapshot);
    const message = `${what} for revision ${revision} with a timeout of ${formatDuration(
      timeout,
    )}`;
    this.write(
      object,
      progressingStatus(object, revision, message, Date.now()),
    );
  }

  waiting(
    object: KubeObject,
    outcome: { reason: string; message: string },
  ): void {
    this.write(object, waitingStatus(object, outcome, Date.now()));
  }

  finished(object: KubeObject, ending: Ending): void {
    const { snapshot, build, outcome, startedAt, now, checked } = ending;
    this.write(
      object,
      finishedStatus({
        object,
        revision: revisionOf(snapshot),
        outcome,
        inventory: build?.inventory,
        digest: build?.digest ?? EMPTY_BUILD.digest,
        checked,
        duration: now - startedAt,
        now,
      }),
    );
  }

  /** Tells what was created, configured and deleted. */
  changed(object: KubeObject, snapshot: Snapshot, changes: string[]): void {
    this.events.emit({
      object,
      severity: 'info',
      reason: 'Progressing',
      message: changes.join('\n'),
      revision: revisionOf(snapshot),
      alert: true,
    });
  }

  succeeded(
    object: KubeObject,
    options: {
      snapshot: Snapshot;
      durationMs: number;
      interval: number;
      alert: boolean;
    },
  ): void {
    this.events.emit({
      object,
      severity: 'info',
      reason: 'ReconciliationSucceeded',
      message: `Reconciliation finished in ${formatDuration(
        options.durationMs,
      )}, next run in ${formatDuration(options.interval)}`,
      revision: revisionOf(options.snapshot),
      alert: options.alert,
      series: 'succeeded',
    });
  }

  failed(object: KubeObject, snapshot: Snapshot, outcome: Outcome): void {
    this.events.emit({
      object,
      severity: 'error',
      reason: outcome.reason,
      message: outcome.message,
      revision: revisionOf(snapshot),
      alert: true,
    });
  }

  private write(object: KubeObject, status: Record<string, unknown>): void {
    this.context.write(() => this.context.store.setStatus(object, status));
  }
}

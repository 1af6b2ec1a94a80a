import { getObject, within } from '../ClusterContext.ts';
import type { ClusterContext } from '../ClusterContext.ts';
import { formatDuration } from '../lib/durations.ts';
import { revisionOf } from '../repository/Snapshot.ts';
import type { Snapshot } from '../repository/Snapshot.ts';
import type { KubeObject } from '../types.ts';
import { isWorkload } from '../workloads/Workloads.ts';
import type { Workloads } from '../workloads/Workloads.ts';
import { Applier } from './Applier.ts';
import { buildPath, EMPTY_BUILD } from './buildPath.ts';
import type { Build, BuiltObject } from './buildPath.ts';
import type { Events } from './Events.ts';
import { KustomizationReports } from './KustomizationReports.ts';
import type { Ending } from './KustomizationReports.ts';
import {
  INFRASTRUCTURE_KEY,
  KUSTOMIZE_API,
  REQUESTED_AT,
  ROOT_KEY,
  keyOf,
  readSpec,
} from './kustomization.ts';
import type { KustomizationSpec } from './kustomization.ts';
import type { Outcome } from './kustomizationStatus.ts';
import type { Source } from './Source.ts';
import { waitsFor } from './waitsFor.ts';

/** Ancestors come first, or everything that depends on them would wait. */
const ANCESTOR_STAGGER_MS = 120;

/** What is remembered of a Kustomization between its reconciliations. */
interface Kept {
  key: string;
  namespace: string;
  name: string;
  applied: Build | undefined;
  running: boolean;
  again: boolean;
  /** A change by somebody else to what it applied. */
  touched: boolean;
  /** When the next reconciliation is due, and how to call it off. */
  dueAt: number;
  cancel: () => void;
  /** Set while its workloads are waited for. */
  waiting: Waiting | undefined;
  /** How it ended last. */
  failed: boolean;
}

interface Waiting {
  snapshot: Snapshot;
  build: Build;
  startedAt: number;
  changed: boolean;
  cancelTimeout: () => void;
}

/** kustomize-controller: applies paths of the source and reports on them. */
export class Kustomizer {
  private readonly context: ClusterContext;
  private readonly source: Source;
  private readonly workloads: Workloads;
  private readonly reports: KustomizationReports;
  private readonly applier: Applier;
  private readonly kept = new Map<string, Kept>();
  /** Over how long those begin that are new, in milliseconds. */
  newcomers = 0;

  constructor(
    context: ClusterContext,
    source: Source,
    workloads: Workloads,
    events: Events,
  ) {
    this.context = context;
    this.source = source;
    this.workloads = workloads;
    this.reports = new KustomizationReports(context, events);
    this.applier = new Applier(context);
  }

  /** A Kustomization was written, by whomever. */
  noticed(object: KubeObject, before: KubeObject | undefined): void {
    const key = keyOf(object);
    const known = this.kept.get(key);
    if (!known) {
      this.keep(object);
      this.soon(
        key,
        within(this.context, this.context.timings.apply) +
          this.context.random.next() * this.newcomers,
      );
      return;
    }
    const requested = (o?: KubeObject) =>
      o?.metadata.annotations?.[REQUESTED_AT];
    if (
      requested(object) !== requested(before) ||
      object.metadata.generation !== before?.metadata.generation
    ) {
      this.soon(key, 50);
    }
  }

  /** The source has another revision: everything moves. */
  moved(): void {
    for (const key of this.kept.keys()) {
      this.soon(key, this.staggerOf(key));
    }
  }

  /** A Kustomization was deleted, by whomever: what it applied goes with it. */
  gone(key: string): void {
    const kept = this.kept.get(key);
    this.kept.delete(key);
    kept?.cancel();
    kept?.waiting?.cancelTimeout();
    kept?.applied?.objects.forEach(built => this.applier.prune(built));
  }

  /** Something that it applied isn't as it was applied any more. */
  touched(key: string, latest = this.context.timings.drift): void {
    const kept = this.kept.get(key);
    if (kept) {
      kept.touched = true;
      this.soon(key, latest);
    }
  }

  /**
   * What it applied has its form again, also while it is suspended: somebody
   * took their change back. True where anything had another.
   */
  restore(key: string): boolean {
    const applied = this.kept.get(key)?.applied;
    return (
      applied !== undefined &&
      this.applier.applyBuild(applied, applied, false).length > 0
    );
  }

  /** A rollout is over; perhaps it was waited for. */
  rolledOut(key: string): void {
    const kept = this.kept.get(key);
    const waiting = kept?.waiting;
    if (kept && waiting && this.unhealthy(waiting.build).length === 0) {
      waiting.cancelTimeout();
      kept.waiting = undefined;
      this.succeed(kept, waiting, true);
    }
  }

  /** Reconciles after so many milliseconds, or sooner where it would anyway. */
  soon(key: string, milliseconds: number): void {
    const kept = this.kept.get(key);
    const at = Date.now() + milliseconds;
    if (kept && at < kept.dueAt) {
      kept.cancel();
      kept.dueAt = at;
      kept.cancel = this.context.schedule.after(milliseconds, () => {
        kept.dueAt = Infinity;
        this.start(kept);
      });
    }
  }

  /**
   * Brings a Kustomization, and those that it applies, to the state that they
   * have when nothing happens: as if Flux had worked here for long.
   */
  settle(object: KubeObject, snapshot: Snapshot): void {
    const kept = this.keep(object);
    const spec = readSpec(object, this.context.timings);
    const build = this.build(kept, spec, snapshot) ?? EMPTY_BUILD;
    const children: KubeObject[] = [];
    let failure: Outcome | undefined = build.error
      ? { ready: false, reason: 'BuildFailed', message: build.error }
      : undefined;
    try {
      for (const { object: wanted } of failure ? [] : build.objects) {
        const written = wanted && this.applier.apply(wanted);
        if (written?.kind === 'Kustomization') {
          children.push(written);
        } else if (written && isWorkload(written.kind)) {
          this.workloads.sync(written, true);
        }
      }
    } catch (error) {
      failure = refused(error as Error);
    }
    kept.applied = failure ? undefined : build;
    const isUnhealthy = this.unhealthy(build).length > 0;
    this.finish(kept, {
      snapshot,
      build,
      outcome: failure ?? appliedOutcome(snapshot),
      startedAt: snapshot.at - within(this.context, this.context.timings.apply),
      now: snapshot.at,
      checked: spec.wait && !isUnhealthy,
      // Spread over the interval, as they are in a cluster that is old.
      next: spec.interval * this.context.random.next(),
    });
    children.forEach(child => this.settle(child, snapshot));
  }

  private keep(object: KubeObject): Kept {
    const key = keyOf(object);
    const known = this.kept.get(key);
    if (known) {
      return known;
    }
    const kept: Kept = {
      key,
      namespace: object.metadata.namespace ?? '',
      name: object.metadata.name,
      applied: undefined,
      running: false,
      again: false,
      touched: false,
      dueAt: Infinity,
      cancel: () => {},
      waiting: undefined,
      failed: false,
    };
    this.kept.set(key, kept);
    return kept;
  }

  private staggerOf(key: string): number {
    if (key === ROOT_KEY || key === INFRASTRUCTURE_KEY) {
      return this.context.random.next() * ANCESTOR_STAGGER_MS;
    }
    return within(this.context, this.context.timings.stagger);
  }

  private objectOf({ namespace, name }: Kept): KubeObject | undefined {
    return getObject(
      this.context,
      KUSTOMIZE_API,
      'Kustomization',
      namespace,
      name,
    );
  }

  private start(kept: Kept): void {
    if (kept.running) {
      kept.again = true;
      return;
    }
    const object = this.objectOf(kept);
    if (!object) {
      return;
    }
    const { timings } = this.context;
    const spec = readSpec(object, timings);
    const { snapshot } = this.source;
    if (spec.suspended) {
      return;
    }
    if (!snapshot) {
      this.reports.waiting(object, {
        reason: 'ArtifactFailed',
        message: 'Source artifact not found, retrying in 30s',
      });
      this.soon(kept.key, timings.dependency);
      return;
    }
    const why = waitsFor(this.context, spec, snapshot);
    if (why) {
      this.reports.waiting(object, {
        reason: 'DependencyNotReady',
        message: why,
      });
      this.soon(kept.key, timings.dependency);
      return;
    }
    kept.running = true;
    kept.again = false;
    const startedAt = Date.now();
    this.reports.progress(object, snapshot, 'Detecting drift', spec);
    this.context.schedule.after(within(this.context, timings.apply), () =>
      this.applyPath(kept, snapshot, startedAt),
    );
  }

  private build(
    kept: Kept,
    spec: KustomizationSpec,
    snapshot: Snapshot,
  ): Build | undefined {
    return buildPath(snapshot, spec.path, kept.namespace, kept.name);
  }

  private applyPath(kept: Kept, snapshot: Snapshot, startedAt: number): void {
    const object = this.objectOf(kept);
    if (!object || this.kept.get(kept.key) !== kept) {
      return;
    }
    const spec = readSpec(object, this.context.timings);
    const built = this.build(kept, spec, snapshot);
    // What is above services may be empty; a service's path may not be missing.
    const build =
      built ?? (spec.path.includes('/releases/') ? undefined : EMPTY_BUILD);
    if (!build || build.error) {
      this.fail(kept, snapshot, startedAt, {
        ready: false,
        reason: build ? 'BuildFailed' : 'ArtifactFailed',
        message: build?.error ?? `kustomization path not found: ${spec.path}`,
      });
      return;
    }
    let changes: string[];
    try {
      changes = this.applyBuild(kept, build, spec.prune);
    } catch (error) {
      this.fail(kept, snapshot, startedAt, refused(error as Error));
      return;
    }
    const changed = changes.length > 0;
    if (changed) {
      this.reports.changed(object, snapshot, changes);
    }
    const ending = { snapshot, build, startedAt, changed };
    if (!spec.wait || this.unhealthy(build).length === 0) {
      this.succeed(kept, ending, spec.wait);
      return;
    }
    this.reports.progress(object, snapshot, 'Running health checks', spec);
    const cancelTimeout = this.context.schedule.after(spec.timeout, () => {
      kept.waiting = undefined;
      this.timeOut(kept, ending, spec);
    });
    kept.waiting = { ...ending, cancelTimeout };
  }

  private applyBuild(kept: Kept, build: Build, prune: boolean): string[] {
    const { applied, touched } = kept;
    if (applied?.digest === build.digest && !touched) {
      return [];
    }
    // Nothing counts as applied before all of it is.
    const changes = this.applier.applyBuild(applied, build, prune);
    kept.touched = false;
    kept.applied = build;
    return changes;
  }

  /** The workloads of a build that aren't as they should be. */
  private unhealthy({ objects }: Build): BuiltObject[] {
    return objects.filter(
      ({ object }) =>
        object && isWorkload(object.kind) && !this.workloads.isReady(object),
    );
  }

  private timeOut(
    kept: Kept,
    { snapshot, build, startedAt }: Omit<Waiting, 'cancelTimeout'>,
    { timeout }: KustomizationSpec,
  ): void {
    const late = this.unhealthy(build).map(({ label, object }) => {
      const status =
        object && this.workloads.isLate(object) ? 'Failed' : 'InProgress';
      return `${label} status: '${status}'`;
    });
    this.fail(
      kept,
      snapshot,
      startedAt,
      {
        ready: false,
        reason: 'HealthCheckFailed',
        message: `health check failed after ${formatDuration(
          timeout,
        )}: timeout waiting for: [${late.join(', ')}]`,
      },
      build,
    );
  }

  private succeed(
    kept: Kept,
    { snapshot, build, startedAt, changed }: Omit<Waiting, 'cancelTimeout'>,
    checked: boolean,
  ): void {
    const object = this.objectOf(kept);
    if (!object) {
      kept.running = false;
      return;
    }
    const { failed } = kept;
    kept.failed = false;
    const { interval } = readSpec(object, this.context.timings);
    const now = Date.now();
    this.finish(kept, {
      snapshot,
      build,
      outcome: appliedOutcome(snapshot),
      startedAt,
      now,
      checked,
      // Not all at once, five minutes after a commit.
      next: interval * (0.95 + this.context.random.next() / 10),
    });
    this.reports.succeeded(object, {
      snapshot,
      durationMs: now - startedAt,
      interval,
      alert: changed || failed,
    });
  }

  private fail(
    kept: Kept,
    snapshot: Snapshot,
    startedAt: number,
    outcome: Outcome,
    build?: Build,
  ): void {
    const object = this.objectOf(kept);
    if (!object) {
      kept.running = false;
      return;
    }
    kept.failed = true;
    this.finish(kept, {
      snapshot,
      build,
      outcome,
      startedAt,
      now: Date.now(),
      checked: false,
      next: this.context.timings.retry,
    });
    this.reports.failed(object, snapshot, outcome);
  }

  private finish(kept: Kept, ending: Ending & { next: number }): void {
    this.reports.finished(this.objectOf(kept)!, ending);
    kept.running = false;
    const isBehind = this.source.snapshot !== ending.snapshot;
    this.soon(kept.key, kept.again || isBehind ? 50 : ending.next);
  }
}

/** What the API server said to an object that can't be. */
function refused({ message }: Error): Outcome {
  return { ready: false, reason: 'ReconciliationFailed', message };
}

function appliedOutcome(snapshot: Snapshot): Outcome {
  return {
    ready: true,
    reason: 'ReconciliationSucceeded',
    message: `Applied revision: ${revisionOf(snapshot)}`,
  };
}

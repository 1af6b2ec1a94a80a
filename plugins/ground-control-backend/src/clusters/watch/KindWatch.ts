import {
  classifyError,
  KubeFault,
  KubeGate,
  KubeMetrics,
  ObjectName,
} from '../kube';
import { ClusterListener, KindReading, WatchedKind } from '../types';
import { ClusterSession, Interrupted } from './ClusterSession';
import { Attempt, decideRetry, NO_STREAK, Streak } from './decideRetry';
import { Discovery } from './Discovery';
import { HeldObjects } from './HeldObjects';
import { KindHealth } from './KindHealth';
import { listPages, tooManyObjects } from './listPages';
import { objectKey } from './objectKey';
import { Pause } from './Pause';
import { readWatchEvent } from './readWatchEvent';
import { kindName, resourcePath } from './resourcePath';
import { describeLeftOut } from './describeLeftOut';
import { WatchTimings } from './timings';

export interface KindWatchOptions {
  cluster: string;
  kind: WatchedKind;
  gate: KubeGate;
  session: ClusterSession;
  discovery: Discovery;
  listener: Pick<ClusterListener, 'onObject' | 'onListed'>;
  timings: WatchTimings;
  metrics: KubeMetrics;
  /** Waits for its turn: few lists of a cluster are read at a time. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** An object changed. */
  onEvent: () => void;
  onChange: () => void;
}

/**
 * Follows one kind of one cluster: finds its version, lists it, and watches
 * from there, for ever. How a kind is doing is told by `reading`; what to do
 * after each end is decided by {@link decideRetry}.
 */
export class KindWatch {
  readonly #options: KindWatchOptions;
  readonly #held: HeldObjects;
  readonly #health = new KindHealth();
  readonly #pause = new Pause();
  readonly #leftOut = new Map<string, ObjectName>();
  #attempt = new AbortController();
  #streak: Streak = NO_STREAK;
  #heardAt?: number;
  #openedAt?: number;
  #version?: string;
  #resourceVersion?: string;
  #epoch?: number;
  /** Whether the present pause is one that nobody asked for. */
  #mayLook = true;

  constructor(options: KindWatchOptions) {
    this.#options = options;
    const { kind, listener, timings } = options;
    this.#held = new HeldObjects({
      ...timings,
      observe: object => kind.observe(object),
      onObject: (key, value) => listener.onObject(kind.id, key, value),
    });
  }

  get kind(): WatchedKind {
    return this.#options.kind;
  }

  get objects(): ReadonlyMap<string, unknown> {
    return this.#held.objects;
  }

  get fault(): KubeFault | undefined {
    return this.#isSteady ? undefined : this.#health.fault;
  }

  get reading(): KindReading {
    const reason =
      this.fault?.message ?? describeLeftOut([...this.#leftOut.values()]);
    return {
      id: this.kind.id,
      kind: kindName(this.kind),
      state: this.#isSteady ? 'live' : this.#health.state,
      objects: this.#held.objects.size,
      ...(reason === undefined ? {} : { reason }),
      ...(this.#heardAt === undefined ? {} : { observedAt: this.#heardAt }),
    };
  }

  /** The version in which the cluster serves it, where that is known. */
  get version(): string | undefined {
    return this.#version;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { session, metrics, cluster } = this.#options;
    const stop = () => this.interrupt();
    signal.addEventListener('abort', stop);
    while (!signal.aborted) {
      await session.ready(signal);
      if (signal.aborted) break;
      this.#attempt = new AbortController();
      const attempt = await this.#try(this.#attempt.signal);
      if (attempt === 'interrupted') continue;
      const why = attempt.kind === 'fault' ? attempt.fault.kind : attempt.kind;
      metrics.restarted({ cluster, kind: this.kind.id, why });
      await this.#pause.wait(this.#settle(attempt), signal);
    }
    signal.removeEventListener('abort', stop);
    this.#held.forgetPending();
  }

  /** Ends what goes on; it begins again when the cluster is ready. */
  interrupt(): void {
    this.#attempt.abort(new Interrupted());
    this.#openedAt = undefined;
    // What was gathered under another epoch is of another cluster.
    if (this.#options.session.epoch !== this.#epoch) this.#held.forgetPending();
    this.#health.interrupted();
  }

  /** Tries at once what waits for a fault to end, or for the kind to appear. */
  look(): void {
    if (this.#mayLook) this.#pause.end();
  }

  async #try(signal: AbortSignal): Promise<Attempt | 'interrupted'> {
    const { session } = this.#options;
    const { epoch } = session;
    this.#openedAt = undefined;
    try {
      if (this.#epoch !== epoch) this.#forgetPlace();
      this.#epoch = epoch;
      if (this.#resourceVersion === undefined) {
        if (!(await this.#list(signal, epoch))) return { kind: 'absent' };
      } else {
        await session.confirm(epoch);
      }
      signal.throwIfAborted();
      await this.#watch(signal);
      return { kind: 'closed', livedMs: this.#livedMs() };
    } catch (error) {
      if (signal.aborted || error instanceof Interrupted) {
        return 'interrupted';
      }
      const fault = classifyError(error);
      const livedMs = this.#livedMs();
      return fault.kind === 'gone'
        ? { kind: 'gone', livedMs }
        : { kind: 'fault', fault, livedMs };
    }
  }

  /** @returns whether the cluster has the kind */
  async #list(signal: AbortSignal, epoch: number): Promise<boolean> {
    const { discovery, session, inTurn } = this.#options;
    this.#version ??= await discovery.findVersion(this.kind);
    const version = this.#version;
    if (version === undefined) {
      await session.confirm(epoch);
      return false;
    }
    await inTurn(async () => {
      signal.throwIfAborted();
      const stage = this.#held.beginList();
      const leftOut = new Map<string, ObjectName>();
      const resourceVersion = await listPages({
        ...this.#options,
        version,
        signal,
        onPage: () => session.heard(),
        add: (key, item) => stage.add(key, item),
        leaveOut: name => {
          leftOut.set(nameKey(name), name);
          stage.keep(nameKey(name));
        },
      });
      await session.confirm(epoch);
      signal.throwIfAborted();
      this.#leftOut.clear();
      for (const [key, name] of leftOut) this.#leftOut.set(key, name);
      stage.commit();
      this.#resourceVersion = resourceVersion;
    });
    this.#heardAt = Date.now();
    this.#options.listener.onListed(this.kind.id);
    this.#noteRead();
    return true;
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { gate, timings } = this.#options;
    const [from, to] = timings.watchSeconds;
    const path = resourcePath(this.kind, this.#version!, {
      query: {
        watch: 'true',
        allowWatchBookmarks: 'true',
        resourceVersion: this.#resourceVersion,
        timeoutSeconds: Math.round(from + Math.random() * (to - from)),
      },
    });
    await gate.watch(path, {
      what: `watch ${kindName(this.kind)}`,
      signal,
      onOpen: () => {
        this.#openedAt = performance.now();
        this.#heard();
        this.#noteRead();
      },
      onHeard: () => this.#heard(),
      onEvent: event => this.#take(event),
      onTooLarge: name => this.#takeTooLarge(name),
    });
  }

  #take(raw: unknown) {
    const event = readWatchEvent(raw, `watch ${kindName(this.kind)}`);
    if (event.version !== undefined) this.#resourceVersion = event.version;
    if (event.type === 'BOOKMARK') return;
    const key = objectKey(event.object);
    if (key === undefined) return;
    if (this.#held.mostObjects > this.#options.timings.maxObjects) {
      throw tooManyObjects(this.#options.timings);
    }
    if (this.#leftOut.delete(key)) this.#options.onChange();
    this.#held.change(key, event.type === 'DELETED' ? undefined : event.object);
    this.#options.onEvent();
  }

  #takeTooLarge(name: ObjectName) {
    const key = nameKey(name);
    if (name.type === 'DELETED') {
      this.#leftOut.delete(key);
      this.#held.change(key, undefined);
    } else {
      this.#leftOut.set(key, name);
    }
    this.#options.onEvent();
    this.#options.onChange();
  }

  #heard() {
    this.#heardAt = Date.now();
    this.#options.session.heard();
  }

  /** @returns how long to wait */
  #settle(attempt: Attempt): number {
    const { timings } = this.#options;
    const { streak, delayMs, relist } = decideRetry({
      attempt,
      streak: this.#streak,
      timings,
      chance: Math.random(),
    });
    this.#streak = streak;
    this.#openedAt = undefined;
    if (relist) this.#forgetPlace();
    this.#mayLook =
      attempt.kind === 'absent' ||
      (attempt.kind === 'fault' && attempt.fault.kind !== 'throttled');
    const wait = this.#note(attempt) ?? delayMs;
    this.#options.onChange();
    return wait;
  }

  /** @returns how long to wait, where that isn't as usual */
  #note(attempt: Attempt): number | undefined {
    switch (attempt.kind) {
      case 'absent':
        return this.#noteAbsent();
      case 'gone':
        this.#health.gone(this.#streak.relists);
        return undefined;
      case 'fault': {
        const { fault } = attempt;
        if (fault.kind === 'not-found') this.#forgetPlace();
        this.#health.failed(fault, this.#streak.faults);
        return fault.kind === 'forbidden' ? this.#absentMs : undefined;
      }
      default:
        return undefined;
    }
  }

  #noteAbsent(): number {
    const { timings, listener } = this.#options;
    const absence = this.#health.absent();
    if (absence === 'missed') return timings.absentConfirmMs;
    this.#leftOut.clear();
    this.#held.beginList().commit();
    if (absence === 'news') listener.onListed(this.kind.id);
    return this.#absentMs;
  }

  /** Without a kind that is needed, nothing of the cluster can be told. */
  get #absentMs(): number {
    const { timings } = this.#options;
    return this.kind.needed ? timings.neededAbsentMs : timings.absentMs;
  }

  #noteRead() {
    if (this.#health.read(this.#streak.relists)) this.#options.onChange();
  }

  /** A watch that holds has made good what went wrong before it. */
  get #isSteady(): boolean {
    return this.#livedMs() >= this.#options.timings.steadyMs;
  }

  #livedMs(): number {
    return this.#openedAt === undefined
      ? 0
      : performance.now() - this.#openedAt;
  }

  #forgetPlace() {
    this.#resourceVersion = undefined;
    this.#version = undefined;
  }
}

function nameKey(name: ObjectName): string {
  return `${name.namespace ?? ''}/${name.name ?? ''}`;
}

import { LoggerService } from '@backstage/backend-plugin-api';
import { ClusterDefinition } from '@ground-control/backstage-plugin-ground-control-node';
import limiter from 'p-limit';
import { isDeepStrictEqual } from 'node:util';
import { KubeFault, KubeGate, KubeMetrics } from '../kube';
import {
  ClusterListener,
  ClusterReading,
  ClusterWatching,
  ObservedObjects,
  WatchedKind,
} from '../types';
import { ClusterSession } from './ClusterSession';
import { decideConnection } from './decideConnection';
import { Discovery } from './Discovery';
import { KindWatch } from './KindWatch';
import { kindName, resourcePath } from './resourcePath';
import { DEFAULT_TIMINGS, WatchTimings } from './timings';

export interface ClusterWatchingOptions {
  definition: ClusterDefinition;
  kinds: readonly WatchedKind[];
  listener: ClusterListener;
  logger: LoggerService;
  metrics: KubeMetrics;
  timings?: Partial<WatchTimings>;
}

/** The kind whose objects name the cluster. */
const IDENTITY_KIND = 'configMaps';

/**
 * Watches one cluster: a {@link ClusterSession} for the cluster as a whole, a
 * {@link KindWatch} for each kind, and one reading of all.
 */
export class DefaultClusterWatching implements ClusterWatching {
  readonly #options: ClusterWatchingOptions;
  readonly #gate: KubeGate;
  readonly #session: ClusterSession;
  readonly #discovery: Discovery;
  readonly #kinds: KindWatch[];
  readonly #timings: WatchTimings;
  readonly #stop = new AbortController();
  #running?: Promise<unknown>;
  #told?: NodeJS.Immediate;
  #reading: ClusterReading;
  #lastEventAt?: number;
  #lookedAt = -Infinity;

  constructor(options: ClusterWatchingOptions) {
    this.#options = options;
    const { definition, metrics, kinds, listener } = options;
    const timings = { ...DEFAULT_TIMINGS, ...options.timings };
    this.#timings = timings;
    const { limits } = timings;
    this.#gate = new KubeGate({ definition, metrics, limits });
    this.#discovery = new Discovery(this.#gate, this.#stop.signal);
    this.#session = new ClusterSession({
      gate: this.#gate,
      expectedIdentity: definition.identity ?? definition.name,
      timings,
      onChange: () => this.#changed(),
      onInterrupt: () => this.#kinds.forEach(kind => kind.interrupt()),
      onReturn: () => this.#kinds.forEach(kind => kind.look()),
    });
    const inTurn = limiter(timings.parallelLists);
    this.#kinds = kinds.map(
      kind =>
        new KindWatch({
          cluster: definition.name,
          kind,
          gate: this.#gate,
          session: this.#session,
          discovery: this.#discovery,
          timings,
          metrics,
          inTurn,
          listener: {
            onObject: (id, key, value) => {
              listener.onObject(id, key, value);
              if (id === IDENTITY_KIND) this.#session.identityChanged();
            },
            onListed: id => listener.onListed(id),
          },
          onEvent: () => {
            this.#lastEventAt = Date.now();
          },
          onChange: () => this.#changed(),
        }),
    );
    this.#reading = { state: 'starting', since: Date.now(), kinds: [] };
    this.#reading = this.#read();
  }

  get reading(): ClusterReading {
    return this.#reading;
  }

  objects<T>(kind: string): ObservedObjects<T> {
    const found = this.#kinds.find(watch => watch.kind.id === kind);
    return (found?.objects ?? new Map()) as ObservedObjects<T>;
  }

  /**
   * @throws KubeFault, also while the cluster isn't read as a whole
   */
  async list<T>(
    kind: WatchedKind<T>,
    options: { namespace?: string; labelSelector?: string; limit: number },
  ): Promise<T[]> {
    const { fault, mistaken } = this.#session;
    if (fault) throw fault;
    if (mistaken) {
      throw new KubeFault('malformed', 'It answers as another cluster');
    }
    const version = await this.#discovery.findVersion(kind);
    if (version === undefined) return [];
    const { namespace, labelSelector, limit } = options;
    const values: T[] = [];
    await this.#gate.list(
      resourcePath({ ...kind, labelSelector }, version, {
        namespace,
        query: { limit },
      }),
      {
        what: `list ${kindName(kind)}`,
        signal: this.#stop.signal,
        onItem: item => {
          const value = kind.observe(item);
          // A server may send more than it was asked for.
          if (value !== undefined && values.length < limit) values.push(value);
        },
        onTooLarge: () => {},
      },
    );
    return values;
  }

  start(): void {
    if (this.#running) return;
    this.#session.start();
    this.#running = Promise.all(
      this.#kinds.map(kind => kind.run(this.#stop.signal)),
    );
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    clearImmediate(this.#told);
    await Promise.all([this.#session.stop(), this.#running]);
    this.#gate.close();
  }

  look(): void {
    const now = performance.now();
    if (now - this.#lookedAt < this.#timings.retryMs) return;
    this.#lookedAt = now;
    this.#session.look();
    for (const kind of this.#kinds) kind.look();
  }

  /** Many things change at once; they are told once. */
  #changed() {
    if (this.#stop.signal.aborted) return;
    this.#told ??= setImmediate(() => {
      this.#told = undefined;
      const before = this.#reading;
      const reading = this.#read();
      if (isDeepStrictEqual(before, reading)) return;
      this.#reading = reading;
      this.#log(before, reading);
      this.#options.listener.onReading(reading);
    });
  }

  #read(): ClusterReading {
    const session = this.#session;
    const { fault, mistaken, observedAt, instance } = session;
    const { identity, kubernetesVersion } = session;
    const now = Date.now();
    const kinds = this.#kinds.map(watch => ({
      ...watch.reading,
      needed: watch.kind.needed,
      fault: watch.fault,
    }));
    const { state, reason } = decideConnection({
      hasAnswered: observedAt !== undefined,
      fault,
      lastFault: session.lastFault,
      mistaken,
      kinds,
      silentMs: observedAt === undefined ? undefined : now - observedAt,
      staleAfterMs: this.#timings.staleAfterMs,
    });
    const isRead = fault === undefined && mistaken === undefined;
    return {
      state,
      ...(reason === undefined ? {} : { reason }),
      since: state === this.#reading.state ? this.#reading.since : now,
      ...(observedAt === undefined ? {} : { observedAt }),
      ...(this.#lastEventAt === undefined
        ? {}
        : { lastEventAt: this.#lastEventAt }),
      ...(kubernetesVersion === undefined ? {} : { kubernetesVersion }),
      ...(instance === undefined ? {} : { instance }),
      ...(identity === undefined ? {} : { identity }),
      kinds: kinds.map(({ needed, fault: ignored, ...kind }) => {
        if (!isRead && kind.state !== 'absent') {
          return { ...kind, state: 'failing', ...(reason && { reason }) };
        }
        // An open watch is as fresh as the last answer to anything.
        return kind.state === 'live' ? { ...kind, observedAt } : kind;
      }),
    };
  }

  #log(before: ClusterReading, reading: ClusterReading) {
    const { logger, definition } = this.#options;
    const { state, reason } = reading;
    if (state === before.state && reason === before.reason) return;
    const line = `Cluster ${definition.name} is ${state}${
      reason ? `: ${reason}` : ''
    }`;
    if (state === 'live' || state === 'syncing') logger.info(line);
    else logger.warn(line);
  }
}

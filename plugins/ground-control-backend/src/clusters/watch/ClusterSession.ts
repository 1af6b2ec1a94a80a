import { z } from 'zod';
import { Loop, RoundResult } from '../../lib/Loop';
import { classifyError, KubeFault, KubeGate } from '../kube';
import { Coalesced } from './Coalesced';
import { Latch } from './Latch';
import { readIdentity } from './readIdentity';
import { WatchTimings } from './timings';

const namespaceSchema = z.object({
  metadata: z.object({ name: z.literal('kube-system'), uid: z.string() }),
});
const versionSchema = z.object({ gitVersion: z.string().max(64) });

/** Faults of the whole cluster that count at once; others may be a blip. */
const SURE_FAULTS: ReadonlySet<KubeFault['kind']> = new Set([
  'timed-out',
  'unauthorized',
  'untrusted',
  'malformed',
]);

/** Thrown in work that was for another state of the cluster; it begins anew. */
export class Interrupted extends Error {}

export interface ClusterSessionOptions {
  gate: KubeGate;
  expectedIdentity: string;
  timings: WatchTimings;
  /** What is known of the cluster as a whole changed. */
  onChange: () => void;
  /** Work under the epoch before is of no use. */
  onInterrupt: () => void;
  /** It is there again after a fault. */
  onReturn: () => void;
}

/**
 * Whether a cluster is there, and is the one that it should be: asked every
 * few seconds with one small question that goes through to its store, the
 * namespace kube-system. Its uid tells one cluster from another.
 *
 * Kinds are followed while {@link ClusterSession.ready} lets them. Nothing of
 * a list is believed before {@link ClusterSession.confirm}: a cluster that
 * begins to answer as another is noticed before anything of it is told.
 */
export class ClusterSession {
  readonly #options: ClusterSessionOptions;
  readonly #latch = new Latch();
  readonly #loop: Loop;
  readonly #question: Coalesced<void>;
  readonly #stop = new AbortController();
  #epoch = 1;
  #faults = 0;
  #fault?: KubeFault;
  #instance?: string;
  #identity?: string;
  #identityDue = true;
  #version?: string;
  #versionDue = -Infinity;
  #observedAt?: number;
  /** It asked us to wait until then. */
  #quietUntil = -Infinity;
  #lastFault?: KubeFault;

  constructor(options: ClusterSessionOptions) {
    this.#options = options;
    const { askIntervalMs, askMaxBackoffMs } = options.timings;
    this.#question = new Coalesced(() => this.#ask());
    this.#loop = new Loop({
      work: () => this.#round(),
      intervalMs: askIntervalMs,
      maxBackoffMs: askMaxBackoffMs,
      onError: () => {},
    });
  }

  /** Grows whenever what was read before can't be gone on from. */
  get epoch(): number {
    return this.#epoch;
  }

  get fault(): KubeFault | undefined {
    return this.#fault;
  }

  /** The answer to the last question when it was a fault, even one that doesn't count. */
  get lastFault(): KubeFault | undefined {
    return this.#lastFault;
  }

  get instance(): string | undefined {
    return this.#instance;
  }

  get identity(): string | undefined {
    return this.#identity;
  }

  get kubernetesVersion(): string | undefined {
    return this.#version;
  }

  get observedAt(): number | undefined {
    return this.#observedAt;
  }

  get mistaken(): { expected: string; reported: string } | undefined {
    const { expectedIdentity: expected } = this.#options;
    return this.#identity === undefined || this.#identity === expected
      ? undefined
      : { expected, reported: this.#identity };
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    this.#latch.close();
    await this.#loop.stop();
  }

  /** Asks at once. */
  look(): void {
    this.#loop.wake();
  }

  /** Something came from the cluster. */
  heard(): void {
    this.#observedAt = Date.now();
  }

  /** What it calls itself may have changed. */
  identityChanged(): void {
    this.#identityDue = true;
    this.#loop.wake();
  }

  /** Waits until the cluster can be read; returns early when aborted. */
  ready(signal: AbortSignal): Promise<void> {
    return this.#latch.wait(signal);
  }

  /**
   * Makes sure that it is still the same cluster as when the epoch was read.
   *
   * @throws Interrupted when it isn't; KubeFault when it doesn't answer
   */
  async confirm(epoch: number): Promise<void> {
    await this.#question.run();
    if (this.#epoch !== epoch || !this.#latch.isOpen) throw new Interrupted();
  }

  async #round(): Promise<RoundResult> {
    try {
      await this.#question.run();
      return 'done';
    } catch {
      return 'failed';
    }
  }

  async #ask(): Promise<void> {
    const quietMs = this.#quietUntil - performance.now();
    if (quietMs > 0) {
      throw new KubeFault('throttled', 'It asks us to wait (429)', {
        retryAfterMs: quietMs,
      });
    }
    try {
      const instance = await this.#askInstance();
      this.heard();
      const isOther =
        instance !== undefined &&
        this.#instance !== undefined &&
        instance !== this.#instance;
      await this.#askVersion(isOther);
      const identity = await this.#askIdentity(isOther);
      this.#settle(instance, identity, isOther);
    } catch (error) {
      if (this.#stop.signal.aborted) throw new Interrupted();
      throw this.#noteFault(classifyError(error));
    }
  }

  /** @returns the uid; undefined when it answers, but not that to us */
  async #askInstance(): Promise<string | undefined> {
    try {
      const answer = await this.#get('/api/v1/namespaces/kube-system');
      const parsed = namespaceSchema.safeParse(answer);
      if (parsed.success) return parsed.data.metadata.uid;
      throw new KubeFault(
        'malformed',
        'It does not answer as an API server does; check its address',
      );
    } catch (error) {
      const { kind, retryAfterMs } = classifyError(error);
      if (kind === 'forbidden') return undefined;
      if (kind === 'throttled') {
        this.#quietUntil = performance.now() + (retryAfterMs ?? 0);
        this.heard();
      }
      if (kind === 'not-found') {
        throw new KubeFault(
          'malformed',
          'It has no namespace kube-system, as every cluster has; check its address',
        );
      }
      throw error;
    }
  }

  async #askVersion(isOther: boolean): Promise<void> {
    const { versionIntervalMs, versionRetryMs } = this.#options.timings;
    const now = performance.now();
    if (!isOther && now < this.#versionDue) return;
    this.#versionDue = now + versionRetryMs;
    // As often as the version, in case that nobody watches the ConfigMap.
    this.#identityDue = true;
    try {
      const answer = versionSchema.safeParse(await this.#get('/version'));
      if (answer.success) {
        this.#version = answer.data.gitVersion.replace(/[^\w.+-]/g, '');
        this.#versionDue = now + versionIntervalMs;
      }
    } catch {
      // Nice to know; whether the cluster is there was answered before.
    }
  }

  async #askIdentity(isOther: boolean): Promise<string | undefined> {
    const isKnown = !isOther && !this.#identityDue && !this.mistaken;
    if (isKnown && !this.#fault) return this.#identity;
    const { gate, expectedIdentity: expected } = this.#options;
    this.#identityDue = false;
    try {
      const { signal } = this.#stop;
      return await readIdentity(gate, { expected, signal });
    } catch (error) {
      this.#identityDue = true;
      if (classifyError(error).kind === 'throttled') return this.#identity;
      throw error;
    }
  }

  #settle(
    instance: string | undefined,
    identity: string | undefined,
    isOther: boolean,
  ) {
    const wasMistaken = this.mistaken !== undefined;
    const wasFailing = this.#fault !== undefined;
    this.#faults = 0;
    this.#fault = undefined;
    this.#lastFault = undefined;
    this.#instance = instance ?? this.#instance;
    this.#identity = identity;
    const isMistaken = this.mistaken !== undefined;
    if (isOther || isMistaken !== wasMistaken) {
      this.#epoch += 1;
      this.#interrupt();
    }
    if (!isMistaken) {
      const isReturn = wasFailing || wasMistaken;
      this.#latch.open();
      if (isReturn) this.#options.onReturn();
    }
    this.#options.onChange();
  }

  #noteFault(fault: KubeFault): KubeFault {
    this.#lastFault = fault;
    // It is there; what is open may well go on.
    if (fault.kind === 'throttled') return fault;
    this.#faults += 1;
    const isFirst = this.#observedAt === undefined;
    if (isFirst || this.#faults > 1 || SURE_FAULTS.has(fault.kind)) {
      this.#fault = fault;
      if (this.#latch.isOpen) this.#interrupt();
      this.#options.onChange();
    }
    return fault;
  }

  /** Streams may hang where the cluster does: they are resumed when it is back. */
  #interrupt() {
    this.#latch.close();
    this.#options.onInterrupt();
  }

  #get(path: string): Promise<unknown> {
    return this.#options.gate.get(path, {
      what: 'ask whether it is there',
      signal: this.#stop.signal,
      timeoutMs: this.#options.timings.askTimeoutMs,
    });
  }
}

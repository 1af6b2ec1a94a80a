import type { Socket } from 'node:net';
import type { Phase, PhaseTimes, Target } from '../types.ts';
import { ProbeFailure } from './lib/ProbeFailure.ts';
import type { ProbeTools } from './types.ts';

/**
 * One probe while it runs: its clock, its deadline and what it has open. Times
 * are taken in the socket's own events, so that work between the phases (a
 * TLS context, a request's text) isn't measured.
 */
export class Attempt {
  readonly target: Target;
  readonly tools: ProbeTools;
  readonly phases: PhaseTimes = {};
  /** When phases began and ended. */
  readonly moments: number[] = [];
  /** Rejects at the deadline, or when the probe is stopped. */
  readonly expired: Promise<never>;
  phase: Phase = 'connect';
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;
  readonly #stop: () => void;
  readonly #sockets = new Set<Socket>();
  #since = this.#startedAt;
  #closed = false;

  constructor(target: Target, tools: ProbeTools) {
    this.target = target;
    this.tools = tools;
    const { promise, reject } = Promise.withResolvers<never>();
    this.expired = promise;
    const { deadlineMs } = target;
    // A process that stood still finds its timers due before it has looked at
    // its sockets: an answer that waits there is taken first.
    this.#timer = setTimeout(
      () => setImmediate(() => reject(ProbeFailure.deadline(this))),
      deadlineMs,
    );
    this.#stop = () =>
      reject(new ProbeFailure('error', 'The probe was stopped.'));
    tools.signal.addEventListener('abort', this.#stop);
  }

  get closed(): boolean {
    return this.#closed;
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  get remainingMs(): number {
    return this.target.deadlineMs - this.elapsedMs;
  }

  /** The clock of a phase starts now. */
  begin(phase: Phase): void {
    this.phase = phase;
    this.#since = performance.now();
    this.moments.push(this.#since);
  }

  /** And ends now. */
  end(): void {
    const now = performance.now();
    this.phases[this.phase] = now - this.#since;
    this.moments.push(now);
  }

  /** Everything but DNS. */
  get durationMs(): number {
    const { connect = 0, tls = 0, answer = 0 } = this.phases;
    return connect + tls + answer;
  }

  /** The socket ends with the probe. */
  own(socket: Socket): void {
    if (this.#closed) socket.destroy();
    else this.#sockets.add(socket);
  }

  /** The connection is kept for the next probe. */
  release(): void {
    this.#sockets.clear();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.tools.signal.removeEventListener('abort', this.#stop);
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }
}

import { Agent, type ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Target } from '../../types.ts';
import type { Attempt } from '../Attempt.ts';
import { openSocket } from './openSocket.ts';

type Callback = (error: Error | null, stream: Duplex) => void;

/** Opens connections as any probe does, with the clock of the one that asks. */
class ProbeAgent extends Agent {
  attempt?: Attempt;

  override createConnection(_: ClientRequestArgs, callback?: Callback) {
    openSocket(this.attempt!, ['http/1.1']).then(
      socket => callback!(null, socket),
      error => callback!(error, undefined as never),
    );
    return undefined;
  }
}

/**
 * The connections of targets that keep theirs, one a target. A target that
 * changed is another one: its last probe must not close what the new one opened.
 */
export class KeptConnections {
  readonly #agents = new Map<Target, ProbeAgent>();

  /** A target's probes never overlap, so the agent has one asker at a time. */
  agentFor(attempt: Attempt): Agent {
    const { target } = attempt;
    let agent = this.#agents.get(target);
    if (!agent) {
      agent = new ProbeAgent({ keepAlive: true, maxSockets: 1 });
      this.#agents.set(target, agent);
    }
    agent.attempt = attempt;
    return agent;
  }

  /** The next probe of the target opens a new one. */
  drop(target: Target): void {
    this.#agents.get(target)?.destroy();
    this.#agents.delete(target);
  }

  close(): void {
    for (const target of [...this.#agents.keys()]) this.drop(target);
  }
}

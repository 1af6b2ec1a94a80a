import type { Target } from '../types.ts';
import type { Attempt } from './Attempt.ts';
import type { KeptConnections } from './lib/KeptConnections.ts';
import type { Resolver } from './lib/Resolver.ts';
import type { TlsContexts } from './lib/TlsContexts.ts';

/** What all probes share. */
export interface ProbeTools {
  resolver: Resolver;
  contexts: TlsContexts;
  kept: KeptConnections;
  /** Stops all probes. */
  signal: AbortSignal;
}

/** A way to probe; one file a kind, and a line in `kinds/index.ts`. */
export interface ProbeKind {
  kind: Target['kind'];
  /**
   * Goes through the phases and resolves when all is well; throws a
   * ProbeFailure, or what the socket said.
   */
  probe(attempt: Attempt): Promise<void>;
}

import { KeptConnections } from '../kinds/lib/KeptConnections.ts';
import { Resolver } from '../kinds/lib/Resolver.ts';
import { TlsContexts } from '../kinds/lib/TlsContexts.ts';
import type { ProbeTools } from '../kinds/types.ts';

/** What a probe needs besides its target. */
export function makeTools(stop = new AbortController()): ProbeTools {
  return {
    resolver: new Resolver(),
    contexts: new TlsContexts(),
    kept: new KeptConnections(),
    signal: stop.signal,
  };
}

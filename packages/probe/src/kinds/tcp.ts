import { openSocket } from './lib/openSocket.ts';
import type { ProbeKind } from './types.ts';

/** A connection, and a TLS handshake where the target has `tls`. */
export const tcp: ProbeKind = {
  kind: 'tcp',
  async probe(attempt) {
    await openSocket(attempt);
  },
};

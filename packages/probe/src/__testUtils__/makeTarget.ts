import type { Target } from '../types.ts';

/** A target of HTTP on this machine. */
export function makeTarget(changes: Partial<Target> = {}): Target {
  return {
    name: 'b',
    provider: 'gcp',
    kind: 'http',
    host: '127.0.0.1',
    port: 80,
    path: '/ready',
    expectStatus: [],
    freshConnections: true,
    intervalMs: 5_000,
    // Long enough for a busy machine: only what is silent reaches it.
    deadlineMs: 20_000,
    origin: 'config',
    ...changes,
  };
}

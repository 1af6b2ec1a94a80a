import { ClusterConnectionState } from '@ground-control/backstage-plugin-ground-control-common';
import {
  deriveConnectionState,
  HeardConnection,
} from './deriveConnectionState';

const NOW = Date.parse('2026-03-02T12:00:00Z');
const FRESH = NOW - 5_000;
const OLD = NOW - 30_001;

const heard = (
  connection: ClusterConnectionState,
  more: Partial<HeardConnection> = {},
): HeardConnection => ({
  connection,
  since: NOW - 3_600_000,
  observedAt: FRESH,
  ...more,
});

describe('deriveConnectionState', () => {
  it.each<[string, HeardConnection, ClusterConnectionState]>([
    ['live and heard of', heard('live'), 'live'],
    [
      'live, to the last millisecond',
      heard('live', { observedAt: NOW - 30_000 }),
      'live',
    ],
    ['live and silent', heard('live', { observedAt: OLD }), 'stale'],
    ['syncing and silent', heard('syncing', { observedAt: OLD }), 'stale'],
    [
      'live, heard of by a clock that is ahead',
      heard('live', { observedAt: NOW + 60_000 }),
      'live',
    ],
    [
      'syncing, never heard of, for a moment',
      heard('syncing', { observedAt: undefined, since: FRESH }),
      'syncing',
    ],
    [
      'syncing, never heard of, for long',
      heard('syncing', { observedAt: undefined, since: OLD }),
      'stale',
    ],
    [
      'a known fault, for long',
      heard('unreachable', { observedAt: OLD }),
      'unreachable',
    ],
    ['not begun', heard('starting', { observedAt: undefined }), 'starting'],
  ])('%s', (_, cluster, expected) => {
    expect(deriveConnectionState(cluster, NOW)).toBe(expected);
  });
});

import { ClusterConnectionState } from '@ground-control/backstage-plugin-ground-control-common';

/**
 * A watcher hears of its cluster every 5 s at least, and says so in the
 * database: after this long nobody watches, whatever the row says.
 */
export const STALE_AFTER_MS = 30_000;

/** A connection as its watcher left it; times are milliseconds since 1970. */
export interface HeardConnection {
  connection: ClusterConnectionState;
  since: number;
  observedAt?: number;
}

/**
 * What the watcher's last word on a connection means now: a watcher that died
 * can't say that it did.
 */
export function deriveConnectionState(
  { connection, since, observedAt }: HeardConnection,
  now: number,
): ClusterConnectionState {
  if (connection !== 'live' && connection !== 'syncing') return connection;
  return now - (observedAt ?? since) > STALE_AFTER_MS ? 'stale' : connection;
}

/** A connection as it stands in the database. */
export interface ConnectionRow {
  connection: ClusterConnectionState;
  since: number | string;
  observed_at: number | string | null;
}

/** Reads a connection out of its row. */
export function parseConnection(row: ConnectionRow): HeardConnection {
  return {
    connection: row.connection,
    since: Number(row.since),
    ...(row.observed_at !== null && { observedAt: Number(row.observed_at) }),
  };
}

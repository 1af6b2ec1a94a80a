import { ClusterConnectionState } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { deriveConnectionState } from '../../../releases/clusters/deriveClusterState';
import { readLinkWatch } from '../../store';
import { HeardCluster } from '../decide/types';

interface ConnectionRow {
  cluster: string;
  environment: string | null;
  connection: ClusterConnectionState;
  since: number | string;
  observed_at: number | string | null;
}

const NOT_HEARD: HeardCluster = {
  links: false,
  services: false,
  ingresses: false,
};

/** Which of the configured clusters are heard of, and of what they tell. */
export async function readHeard(
  knex: Knex,
  now: Date,
): Promise<{
  heard: Map<string, HeardCluster>;
  /** By cluster; a service without a namespace of its own runs in one so named. */
  environments: Map<string, string>;
}> {
  const [rows, watched] = await Promise.all([
    knex<ConnectionRow>('clusters').select(
      'cluster',
      'environment',
      'connection',
      'since',
      'observed_at',
    ),
    readLinkWatch(knex),
  ]);
  const watches = new Map(watched.map(watch => [watch.cluster, watch]));
  const heardOf = (row: ConnectionRow): HeardCluster => {
    const watch = watches.get(row.cluster);
    const state = deriveConnectionState(
      {
        connection: row.connection,
        since: Number(row.since),
        ...(row.observed_at !== null && {
          observedAt: Number(row.observed_at),
        }),
        mayNotRead: false,
      },
      now.getTime(),
    );
    return watch && (state === 'live' || state === 'syncing')
      ? {
          links: watch.linksKnown,
          services: watch.servicesKnown,
          ingresses: watch.ingressesKnown,
        }
      : NOT_HEARD;
  };
  return {
    heard: new Map(rows.map(row => [row.cluster, heardOf(row)])),
    environments: new Map(
      rows.flatMap(({ cluster, environment }) =>
        environment === null ? [] : [[cluster, environment]],
      ),
    ),
  };
}

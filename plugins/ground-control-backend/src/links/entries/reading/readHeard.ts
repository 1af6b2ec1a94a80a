import { Knex } from 'knex';
import {
  ConnectionRow,
  deriveConnectionState,
  parseConnection,
} from '../../../clusters/deriveConnectionState';
import { readLinkWatch } from '../../store';
import { HeardCluster } from '../decide/types';

interface ClusterRow extends ConnectionRow {
  cluster: string;
  environment: string | null;
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
    knex<ClusterRow>('clusters').select(
      'cluster',
      'environment',
      'connection',
      'since',
      'observed_at',
    ),
    readLinkWatch(knex),
  ]);
  const watches = new Map(watched.map(watch => [watch.cluster, watch]));
  const heardOf = (row: ClusterRow): HeardCluster => {
    const watch = watches.get(row.cluster);
    const state = deriveConnectionState(parseConnection(row), now.getTime());
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

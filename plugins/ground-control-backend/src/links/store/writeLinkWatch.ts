import { Knex } from 'knex';
import { TableShape, writeRows } from '../../database/writeRows';
import { LinkWatch } from './types';
import { Row } from './tables';

const SAID = [
  'links_known',
  'services_known',
  'ingresses_known',
  'observed_at',
];

const shape: TableShape<Row> = {
  table: 'link_watch',
  columns: ['cluster', ...SAID],
  key: ['cluster'],
  merge: SAID,
};

/** Writes which kinds of a cluster can be read. */
export async function writeLinkWatch(tx: Knex, one: LinkWatch): Promise<void> {
  const row: Row = {
    cluster: one.cluster,
    links_known: one.linksKnown,
    services_known: one.servicesKnown,
    ingresses_known: one.ingressesKnown,
    observed_at: one.observedAt,
  };
  await writeRows(tx, shape, [row]);
}

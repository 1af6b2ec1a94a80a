import { Knex } from 'knex';
import { ReadFile } from '../types';

/** The entries, in the order of the file; undefined while it was never read. */
export async function readEntries(
  knex: Knex,
  repository: string,
): Promise<ReadFile | undefined> {
  const [file, rows] = await Promise.all([
    knex('gateway_files').where({ repository }).first(),
    knex('gateway_entries').where({ repository }).orderBy('ordinal').select(),
  ]);
  return (
    file && {
      path: file.path,
      revision: file.revision,
      isReadable: Boolean(file.readable),
      problems: JSON.parse(file.problems),
      entries: rows.map(row => ({
        kind: row.kind,
        id: row.id,
        name: row.name,
        namespace: row.namespace,
        cluster: row.cluster,
        dnsName: row.dns_name,
        port: row.port,
        squad: row.squad,
        line: row.line,
      })),
    }
  );
}

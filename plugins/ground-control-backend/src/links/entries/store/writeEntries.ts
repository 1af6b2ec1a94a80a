import { Knex } from 'knex';
import { TableShape, writeRows } from '../../../database/writeRows';
import { toGatewayRepository } from '../repository/gatewayRepository';
import { ReadFile } from '../types';

interface EntryRow {
  repository: string;
  id: string;
  kind: string;
  name: string;
  namespace: string;
  cluster: string;
  dns_name: string | null;
  port: number | null;
  squad: string;
  line: number;
  ordinal: number;
}

const shape: TableShape<EntryRow> = {
  table: 'gateway_entries',
  columns: [
    'repository',
    'id',
    'kind',
    'name',
    'namespace',
    'cluster',
    'dns_name',
    'port',
    'squad',
    'line',
    'ordinal',
  ],
  key: ['repository', 'id'],
  merge: [],
};

/** Makes the entries of a repository those of the file as it was read. */
export async function writeEntries(
  tx: Knex,
  repository: string,
  file: ReadFile,
  now: number,
): Promise<void> {
  await tx('gateway_files')
    .insert({
      repository,
      path: file.path,
      revision: file.revision,
      readable: file.isReadable,
      problems: JSON.stringify(file.problems),
      read_at: now,
    })
    .onConflict('repository')
    .merge();
  await tx('gateway_entries').where({ repository }).delete();
  const rows = file.entries.map(({ dnsName, ...entry }, ordinal) => ({
    repository,
    ...entry,
    dns_name: dnsName,
    ordinal,
  }));
  await writeRows(tx, shape, rows);
}

/** The file is at this commit what it was at the one before. */
export async function moveRevision(
  tx: Knex,
  repository: string,
  revision: string,
): Promise<void> {
  await tx('gateway_files').where({ repository }).update({ revision });
}

/** Nothing is known of entries any more, nor of a repository of their own. */
export async function forgetEntries(
  knex: Knex,
  repository: string,
): Promise<void> {
  await knex.transaction(async tx => {
    await tx('gateway_entries').where({ repository }).delete();
    await tx('gateway_files').where({ repository }).delete();
    await tx('repositories')
      .where({ repository: toGatewayRepository(repository) })
      .delete();
  });
}

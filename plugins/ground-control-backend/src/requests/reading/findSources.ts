import { OPEN_REQUEST_STATES } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { readCurrentRelease } from '../resolve/readCurrentRelease';
import { RequestRow } from '../types';
import { FileSource } from './readDiff';

async function readTree(
  knex: Knex,
  row: RequestRow,
  position: number,
): Promise<FileSource> {
  const found = await knex('releases')
    .where({
      repository: row.repository,
      environment: row.environment,
      namespace: row.namespace,
      service: row.service,
      position,
    })
    .first('tree');
  if (!found) {
    return {
      kind: 'missing',
      why: `The release at position ${position} isn't in the history any more.`,
    };
  }
  return found.tree ? { kind: 'tree', tree: found.tree } : { kind: 'none' };
}

/**
 * Where the two sides of a request's difference are found: while it is open,
 * what is released now; afterwards, what it replaced, and what it became.
 */
export async function findSources(
  knex: Knex,
  row: RequestRow,
): Promise<{ from: FileSource; to: FileSource }> {
  const service = { namespace: row.namespace, name: row.service };
  let from: FileSource = { kind: 'none' };
  if (OPEN_REQUEST_STATES.includes(row.state)) {
    const current = await readCurrentRelease(knex, { ...row, service });
    if (current?.tree) from = { kind: 'tree', tree: current.tree };
  } else if (row.replaces_position !== null) {
    from = await readTree(knex, row, row.replaces_position);
  }
  if (row.position !== null) {
    return { from, to: await readTree(knex, row, row.position) };
  }
  const to: FileSource =
    row.intent === 'rollback'
      ? { kind: 'tree', tree: row.digest }
      : {
          kind: 'artifact',
          service,
          environment: row.environment,
          artifactId: row.artifact_id,
          digest: row.digest,
        };
  return { from, to };
}

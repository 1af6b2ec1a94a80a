import { OPEN_REQUEST_STATES } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { readCurrentRelease } from '../resolve/readCurrentRelease';
import { ReleaseRow } from '../types';
import { FileSource } from './readDiff';

/** By its commit: after a rewritten history a position is another release's. */
async function readTree(
  knex: Knex,
  row: ReleaseRow,
  revision: string,
): Promise<FileSource> {
  const found = await knex('releases as r')
    .join('commits as c', {
      'c.repository': 'r.repository',
      'c.position': 'r.position',
    })
    .where({
      'r.repository': row.repository,
      'r.environment': row.environment,
      'r.namespace': row.namespace,
      'r.service': row.service,
      'c.revision': revision,
    })
    .first('r.tree');
  if (!found) {
    return {
      kind: 'missing',
      why: `The release of commit ${revision.slice(
        0,
        10,
      )} isn't in the history any more.`,
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
  row: ReleaseRow,
): Promise<{ from: FileSource; to: FileSource }> {
  const service = { namespace: row.namespace, name: row.service };
  let from: FileSource = { kind: 'none' };
  if (OPEN_REQUEST_STATES.includes(row.state)) {
    const current = await readCurrentRelease(knex, { ...row, service });
    if (current?.tree) from = { kind: 'tree', tree: current.tree };
  } else if (row.replaces_revision !== null) {
    from = await readTree(knex, row, row.replaces_revision);
  }
  if (row.revision !== null) {
    return { from, to: await readTree(knex, row, row.revision) };
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

import { Knex } from 'knex';
import { sayTime } from '../../lib/sayTime';
import { formatPlaceColumns, readLastEdits } from '../store/readLastEdits';
import { parseRequestRow } from '../store/parseRequestRow';
import { RequestRow } from '../types';
import { WRITER_CODES } from '../writing/waitsForWriter';

/** Of one round. */
const MOST = 200;

/** Pending requests whose time is over. */
export async function findExpired(
  knex: Knex,
  repository: string,
  now: number,
): Promise<RequestRow[]> {
  const rows = await knex('release_requests')
    .where({ repository, state: 'pending' })
    .where('expires_at', '<=', now)
    .orderBy('number')
    .limit(MOST);
  return rows.map(parseRequestRow);
}

/** Requests that are held for longer than an approval counts, whatever holds them. */
export async function findHeldTooLong(
  knex: Knex,
  repository: string,
  since: number,
): Promise<RequestRow[]> {
  const rows = await knex('release_requests')
    .where({ repository, state: 'held' })
    .where('since', '<=', since)
    .orderBy('number')
    .limit(MOST);
  return rows.map(parseRequestRow);
}

/** Held requests that may be looked at again; what the writer holds is its own to try. */
export async function findHeld(
  knex: Knex,
  repository: string,
  now: number,
): Promise<RequestRow[]> {
  const rows = await knex('release_requests')
    .where({ repository, state: 'held' })
    .whereNotIn('code', [...WRITER_CODES])
    .where(due =>
      due.whereNull('next_attempt_at').orWhere('next_attempt_at', '<=', now),
    )
    .orderBy('number')
    .limit(MOST);
  return rows.map(parseRequestRow);
}

/**
 * Pending requests whose environment has another release by now than the one
 * that they would have replaced, and which one that is. It is the revision
 * that counts: after a rewritten history the same position is another commit.
 */
export async function findMoved(
  knex: Knex,
  repository: string,
): Promise<Array<{ number: number; message: string }>> {
  const rows = await knex('release_requests as r')
    .leftJoin('service_environments as e', join =>
      join
        .on('e.repository', 'r.repository')
        .andOn('e.environment', 'r.environment')
        .andOn('e.namespace', 'r.namespace')
        .andOn('e.service', 'r.service')
        .andOnVal('e.removed', false),
    )
    .leftJoin('commits as c', join =>
      join.on('c.repository', 'e.repository').andOn('c.position', 'e.position'),
    )
    .where({
      'r.repository': repository,
      'r.kind': 'release',
      'r.state': 'pending',
    })
    .whereRaw(`coalesce(c.revision, '') <> coalesce(r.replaces_revision, '')`)
    .select(
      'r.number',
      'r.environment',
      'e.artifact_id',
      'e.released_at',
      'e.position',
    )
    .orderBy('r.number')
    .limit(MOST);
  return rows.map(row => ({
    number: Number(row.number),
    message:
      row.position === null
        ? `${row.environment} changed: the service was removed from it.`
        : `${row.environment} changed: ${
            row.artifact_id ?? 'a release that can’t be read'
          } was released there on ${sayTime(row.released_at)}.`,
  }));
}

/**
 * Pending requests whose service somebody edited by hand since they were asked
 * for: they would replace something else than what was looked at.
 */
export async function findEdited(
  knex: Knex,
  repository: string,
): Promise<Array<{ number: number; message: string }>> {
  const rows = await knex('release_requests')
    .where({ repository, kind: 'release', state: 'pending' })
    .orderBy('number')
    .select(
      'number',
      'environment',
      'namespace',
      'service',
      'replaces_edit_revision',
    );
  const services = [...new Set(rows.map(({ service }) => service))];
  const edits = await readLastEdits(knex, repository, services);
  return rows.flatMap(row => {
    const edit = edits.get(formatPlaceColumns(row)) ?? null;
    if (edit === row.replaces_edit_revision) return [];
    return {
      number: Number(row.number),
      message: `${row.environment} changed: ${
        edit === null
          ? 'the branch was rewritten, and an edit by hand is gone'
          : `somebody edited ${row.service} there by commit ${edit.slice(
              0,
              10,
            )}`
      }. Ask again.`,
    };
  });
}

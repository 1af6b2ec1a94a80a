import { TouchRow } from './buildActivity';
import { queryTouches, TOUCH_TABLES } from './queryTouches';
import { ReadContext } from './types';

/** Reads what some commits did to services that the reader may see. */
export async function readTouches(
  context: ReadContext,
  positions: number[],
): Promise<Map<number, TouchRow[]>> {
  const read = TOUCH_TABLES.map(
    table => queryRows(context, table, positions) as Promise<TouchRow[]>,
  );
  const touches = new Map<number, TouchRow[]>();
  for (const row of (await Promise.all(read)).flat()) {
    const known = touches.get(row.position);
    if (known) known.push(row);
    else touches.set(row.position, [row]);
  }
  return touches;
}

function queryRows(
  context: ReadContext,
  table: (typeof TOUCH_TABLES)[number],
  positions: number[],
) {
  const query = queryTouches(context, table)
    .whereIn(`${table}.position`, positions)
    .where(`${table}.repository`, context.repository)
    .leftJoin('unapproved_releases', {
      'unapproved_releases.repository': `${table}.repository`,
      'unapproved_releases.position': `${table}.position`,
      'unapproved_releases.environment': `${table}.environment`,
      'unapproved_releases.namespace': `${table}.namespace`,
      'unapproved_releases.service': `${table}.service`,
    })
    .leftJoin('squads', 'squads.squad_ref', 'services.squad_ref')
    .orderBy([
      { column: `${table}.service` },
      { column: `${table}.environment` },
    ])
    .select(
      `${table}.position`,
      `${table}.environment`,
      `${table}.namespace`,
      `${table}.service`,
      'services.squad_ref',
      'services.in_catalog',
      'squads.squad_ref as squad_in_catalog',
      'unapproved_releases.reason as not_approved_reason',
    );
  if (table === 'releases') {
    query.select('releases.intent', 'releases.artifact_id');
  }
  return query;
}

/** How many touches each commit has, whoever may see them. */
export async function countTouches(
  context: ReadContext,
  positions: number[],
): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  for (const table of TOUCH_TABLES) {
    const rows = await context
      .knex(table)
      .where('repository', context.repository)
      .whereIn('position', positions)
      .groupBy('position')
      .select('position', context.knex.raw('count(*) as touches'));
    for (const { position, touches } of rows) {
      counts.set(position, (counts.get(position) ?? 0) + Number(touches));
    }
  }
  return counts;
}

/** Whether anything of the catalog is known: what isn't in it, lacks nothing else. */
export async function isCatalogRead({ knex }: ReadContext): Promise<boolean> {
  const found = await Promise.all([
    knex('catalog_components').first('entity_ref'),
    knex('squads').first('squad_ref'),
  ]);
  return found.some(row => row !== undefined);
}

import {
  formatServiceRef,
  OtherRelease,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { RelatedServices } from '../../links/calls/findRelated';
import { applyServiceAccess } from '../../permissions';
import { ReadContext, ReleasesSettings } from '../../releases';
import {
  buildRelease,
  queryReleases,
  ReleaseRow as WrittenRow,
} from '../../releases/buildRelease';
import { joinServices } from '../../releases/queryServices';
import { ReleaseRow } from '../types';
import { createRelationFinder, listNear } from './findRelations';

const RECENT_MS = 3_600_000;
const MOST = 10;

interface Options {
  settings: ReleasesSettings;
  row: ReleaseRow;
  /** Of an open request; nobody decides others any more. */
  related?: RelatedServices;
  now: Date;
}

function queryOthers(
  context: ReadContext,
  { row, now }: Options,
): Knex.QueryBuilder {
  const query = queryReleases(context.knex)
    .where({
      'releases.repository': context.repository,
      'releases.environment': row.environment,
    })
    .where('releases.released_at', '>', now.getTime() - RECENT_MS)
    .orderBy([
      { column: 'releases.position', order: 'desc' },
      { column: 'releases.service' },
    ])
    .limit(MOST);
  if (row.position !== null) {
    query.whereNot(decided =>
      decided.where({
        'releases.namespace': row.namespace,
        'releases.service': row.service,
        'releases.position': row.position,
      }),
    );
  }
  joinServices(query, 'releases');
  applyServiceAccess(query, context.services, 'services');
  return query;
}

const serviceOf = ({ namespace, service }: WrittenRow) => ({
  namespace,
  name: service,
});

/**
 * Other releases there in the last hour that the reader may see: those of the
 * service itself, its callers and callees first, which many others must not
 * hide.
 */
export async function readOthers(
  context: ReadContext,
  options: Options,
): Promise<OtherRelease[]> {
  const { related, row: asked, settings } = options;
  const own = { namespace: asked.namespace, name: asked.service };
  const [near, all]: WrittenRow[][] = await Promise.all([
    queryOthers(context, options).whereIn(
      ['releases.namespace', 'releases.service'],
      listNear(own, related),
    ),
    queryOthers(context, options),
  ]);
  const key = (row: WrittenRow) =>
    `${row.position} ${formatServiceRef(serviceOf(row))}`;
  const isNear = new Set(near.map(key));
  const findRelations = createRelationFinder(related);
  return [...near, ...all.filter(row => !isNear.has(key(row)))]
    .slice(0, MOST)
    .map(row => ({
      ...buildRelease(row, { commitUrl: settings.commitUrl }),
      relations: findRelations(serviceOf(row)),
    }));
}

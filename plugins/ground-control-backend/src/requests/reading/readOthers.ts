import {
  formatServiceRef,
  OtherRelease,
  RequestRelation,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { RelatedServices } from '../../links/calls/findRelated';
import { applyServiceAccess } from '../../permissions';
import { ReadContext, ReleasesSettings } from '../../releases';
import {
  buildRelease,
  queryReleases,
  ReleaseRow,
} from '../../releases/buildRelease';
import { joinServices } from '../../releases/queryServices';

const RECENT_MS = 3_600_000;
const MOST = 10;
/** Two values each go into one statement. */
const MOST_RELATED = 400;

interface Options {
  settings: ReleasesSettings;
  service: ServiceRef;
  environment: string;
  /** Of an open request; nobody decides others any more. */
  related?: RelatedServices;
  now: Date;
}

function queryOthers(
  context: ReadContext,
  { service, environment, now }: Options,
): Knex.QueryBuilder {
  const query = queryReleases(context.knex)
    .where({
      'releases.repository': context.repository,
      'releases.environment': environment,
    })
    .where('releases.released_at', '>', now.getTime() - RECENT_MS)
    .whereNot(own =>
      own.where({
        'releases.namespace': service.namespace,
        'releases.service': service.name,
      }),
    )
    .orderBy([
      { column: 'releases.position', order: 'desc' },
      { column: 'releases.service' },
    ])
    .limit(MOST);
  joinServices(query, 'releases');
  applyServiceAccess(query, context.services, 'services');
  return query;
}

const refOf = ({ namespace, service }: ReleaseRow) =>
  formatServiceRef({ namespace, name: service });

/**
 * Releases of other services there in the last hour that the reader may see:
 * those of callers and callees first, which many others must not hide.
 */
export async function readOthers(
  context: ReadContext,
  options: Options,
): Promise<OtherRelease[]> {
  const { related, settings } = options;
  const [callers, callees] = [related?.callers, related?.callees].map(
    services => new Set(services?.map(formatServiceRef)),
  );
  const refs = [...(related?.callers ?? []), ...(related?.callees ?? [])]
    .filter(({ known }) => known)
    .map(({ namespace, name }) => [namespace, name]);
  const [near, all]: ReleaseRow[][] = await Promise.all([
    refs.length > 0
      ? queryOthers(context, options).whereIn(
          ['releases.namespace', 'releases.service'],
          refs.slice(0, MOST_RELATED),
        )
      : [],
    queryOthers(context, options),
  ]);
  const key = (row: ReleaseRow) => `${row.position} ${refOf(row)}`;
  const isNear = new Set(near.map(key));
  return [...near, ...all.filter(row => !isNear.has(key(row)))]
    .slice(0, MOST)
    .map(row => {
      const relations: RequestRelation[] = [];
      if (callers.has(refOf(row))) relations.push('caller');
      if (callees.has(refOf(row))) relations.push('callee');
      const release = buildRelease(row, { commitUrl: settings.commitUrl });
      return { ...release, relations };
    });
}

import { NotFoundError } from '@backstage/errors';
import {
  ClusterDetail,
  ClusterList,
} from '@ground-control/backstage-plugin-ground-control-common';
import { quote } from '../../lib/cleanText';
import { ReadContext } from '../types';
import { buildClusterStatus, ClusterStatusRow } from './buildClusterStatus';
import { countServices } from './countServices';
import { findClusterProblems } from './findClusterProblems';
import { parseCluster, parseKinds } from './parseCluster';
import { queryClusterStatuses } from './queryClusters';
import { readAttention } from './readAttention';
import { readLastRecoveries, readRecoveries } from './readRecoveries';

interface Options {
  environments: string[];
  now: Date;
}

async function readStatusRows(context: ReadContext) {
  return (await queryClusterStatuses(context)) as ClusterStatusRow[];
}

function parse(row: ClusterStatusRow, options: Options) {
  return { ...parseCluster(row, options.environments), row };
}

/**
 * Reads all clusters, in the configured order. That the reader may read
 * clusters was decided before; the counts hold the services that they may see.
 */
export async function readClusters(
  context: ReadContext,
  options: Options,
): Promise<ClusterList> {
  const now = options.now.getTime();
  const [rows, recoveries] = await Promise.all([
    readStatusRows(context),
    readLastRecoveries(context.knex),
  ]);
  const clusters = rows.map(row => parse(row, options));
  const countOf = await countServices(context, clusters, now);
  return {
    asOf: options.now.toISOString(),
    items: clusters.map(cluster =>
      buildClusterStatus(cluster, {
        services: countOf(cluster),
        recovery: recoveries.get(cluster.name),
        mayReadAll: context.services.kind === 'all',
        now,
      }),
    ),
  };
}

/**
 * Reads one cluster with what isn't well in it; that the reader may read
 * clusters was decided before.
 *
 * @throws NotFoundError when no cluster of the name is configured
 */
export async function readCluster(
  context: ReadContext,
  options: Options & { name: string },
): Promise<ClusterDetail> {
  const { name } = options;
  const now = options.now.getTime();
  const rows = await readStatusRows(context);
  const row = rows.find(one => one.cluster === name);
  if (!row) {
    throw new NotFoundError(`There is no cluster ${quote(name)}`);
  }
  const cluster = parse(row, options);
  const [countOf, attention, recoveries] = await Promise.all([
    countServices(context, [cluster], now),
    readAttention(context, cluster, now),
    readRecoveries(context.knex, name),
  ]);
  return {
    asOf: options.now.toISOString(),
    ...buildClusterStatus(cluster, {
      services: countOf(cluster),
      recovery: recoveries[0],
      mayReadAll: context.services.kind === 'all',
      now,
    }),
    kinds: parseKinds(row.kinds),
    attention,
    recoveries,
    problems: findClusterProblems(row, rows),
  };
}

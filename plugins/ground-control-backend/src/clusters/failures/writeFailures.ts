import { Knex } from 'knex';
import { TableShape, writeRows } from '../../database/writeRows';
import { Standing } from '../decide/types';
import { parseServiceKey, serviceKey } from '../serviceKey';
import { ClusterScope } from '../store/types';
import { decideFailures, EndedFailure } from './decideFailures';
import { readRevisions } from './readRevisions';

/** Each service is a condition of its own. */
const SERVICES_OF_A_STATEMENT = 100;

interface FailureRow extends ClusterScope {
  namespace: string;
  service: string;
  revision: string;
  reason: string;
  since: number;
  until: number | null;
  recovered: boolean;
}

const KEY: (keyof FailureRow)[] = [
  'repository',
  'environment',
  'namespace',
  'service',
  'revision',
  'cluster',
];

const shape: TableShape<FailureRow> = {
  table: 'release_failures',
  columns: [...KEY, 'reason', 'since', 'until', 'recovered'],
  key: KEY,
  // One that fails again has failed since the first time.
  merge: ['reason', 'until', 'recovered'],
};

async function readOpen(tx: Knex, scope: ClusterScope) {
  const rows = await tx('release_failures')
    .where(scope)
    .whereNull('until')
    .select('namespace', 'service', 'revision');
  return new Map<string, string>(
    rows.map(row => [serviceKey(row.namespace, row.service), row.revision]),
  );
}

async function endFailures(
  tx: Knex,
  scope: ClusterScope,
  ended: EndedFailure[],
  now: number,
) {
  for (const recovered of [true, false]) {
    const services = ended
      .filter(one => one.recovered === recovered)
      .map(({ key }) => parseServiceKey(key));
    for (let i = 0; i < services.length; i += SERVICES_OF_A_STATEMENT) {
      const some = services.slice(i, i + SERVICES_OF_A_STATEMENT);
      await tx('release_failures')
        .where(scope)
        .whereNull('until')
        .whereIn(
          ['namespace', 'service'],
          some.map(({ namespace, name }) => [namespace, name]),
        )
        .update({ until: now, recovered });
    }
  }
}

/**
 * Writes which releases fail in a cluster, and which do no longer; in the
 * transaction that writes how they stand, so that neither is without the other.
 */
export async function writeFailures(
  tx: Knex,
  scope: ClusterScope,
  changes: ReadonlyArray<[string, Standing | undefined]>,
  now: number,
): Promise<void> {
  const open = await readOpen(tx, scope);
  const concerned = changes.filter(
    ([key, standing]) => standing?.state === 'failed' || open.has(key),
  );
  if (concerned.length === 0) return;
  const revisions = await readRevisions(
    tx,
    scope.repository,
    concerned.flatMap(([, standing]) => standing?.releasePosition ?? []),
  );
  const { ended, begun } = decideFailures({
    changes: concerned,
    open,
    revisions,
    now,
  });
  await endFailures(tx, scope, ended, now);
  await writeRows(
    tx,
    shape,
    begun.map(({ key, revision, reason, since }) => {
      const { namespace, name: service } = parseServiceKey(key);
      return {
        ...scope,
        namespace,
        service,
        revision,
        reason,
        since,
        until: null,
        recovered: false,
      };
    }),
  );
}

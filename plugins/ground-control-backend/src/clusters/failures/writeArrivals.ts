import { Knex } from 'knex';
import { TableShape, writeRows } from '../../database/writeRows';
import { Standing } from '../decide/types';
import { parseServiceKey } from '../serviceKey';
import { ClusterScope } from '../store/types';
import { readRevisions } from './readRevisions';

interface ArrivalRow {
  repository: string;
  environment: string;
  namespace: string;
  service: string;
  /** The commit of the release. */
  revision: string;
  /** Milliseconds since 1970. */
  since: number;
}

const KEY: (keyof ArrivalRow)[] = [
  'repository',
  'environment',
  'namespace',
  'service',
  'revision',
];

const shape: TableShape<ArrivalRow> = {
  table: 'release_arrivals',
  columns: [...KEY, 'since'],
  key: KEY,
  // It has run since the first time, in the cluster that told it first.
  merge: [],
};

/** Writes which releases are seen to run; as {@link writeFailures}. */
export async function writeArrivals(
  tx: Knex,
  { repository, environment }: ClusterScope,
  changes: ReadonlyArray<[string, Standing | undefined]>,
): Promise<void> {
  // Clusters of an environment write the same rows at the same time: in one
  // order, so that none waits for another that waits for it.
  const arrived = changes
    .flatMap(([key, standing]) =>
      standing?.state === 'reconciled' ? [{ key, standing }] : [],
    )
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  if (arrived.length === 0) return;
  const revisions = await readRevisions(
    tx,
    repository,
    arrived.map(({ standing }) => standing.releasePosition),
  );
  const rows = arrived.flatMap(({ key, standing }) => {
    const revision = revisions.get(standing.releasePosition);
    const { namespace, name: service } = parseServiceKey(key);
    const { since } = standing;
    return revision
      ? [{ repository, environment, namespace, service, revision, since }]
      : [];
  });
  await writeRows(tx, shape, rows);
}

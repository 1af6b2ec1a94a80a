import { Knex } from 'knex';
import { ServiceUnavailableError } from '@backstage/errors';
import { ArtifactStore } from '@ground-control/backstage-plugin-ground-control-node';
import { formatProblemRow } from '../gitops/ingest/problems';

interface Where {
  repository: string;
  store: ArtifactStore;
}

function formatRow({ repository, store }: Where, error?: unknown) {
  // Other errors may repeat a statement of the database: they are for the log.
  const why =
    error instanceof ServiceUnavailableError
      ? error.message
      : `Looking into the artifact store ${store.label} failed; this backend's log says why`;
  const found = {
    code: 'artifact-store-unreadable',
    message: `${why}. Until it can be read again, newer builds are unknown, and how far an environment is behind may be too little.`,
  };
  const at = { repository, position: 0, committedAt: Date.now() };
  return { ...formatProblemRow(found, at), position: null };
}

/** Makes a problem of a store that can't be read; what goes on keeps its beginning. */
export async function openStoreFault(
  tx: Knex.Transaction,
  where: Where,
  error: unknown,
): Promise<boolean> {
  await tx('problems')
    .insert(formatRow(where, error))
    .onConflict(['repository', 'problem_key'])
    .merge(['message']);
  return true;
}

/** @returns whether there was one */
export async function closeStoreFault(
  tx: Knex.Transaction,
  where: Where,
): Promise<boolean> {
  const { repository, problem_key } = formatRow(where);
  const deleted = await tx('problems')
    .where({ repository, problem_key })
    .delete();
  return deleted > 0;
}

import { ServiceRef } from '@ground-control/backstage-plugin-ground-control-common';
import type { Transact } from '../gitops/ingest/RepositoryIngest';
import { BEHIND_CHUNK, updateBehind } from '../gitops/store/updateBehind';
import { StoredChanges, writeStored } from './writeStored';

/** Where a look into the store is written to, and who is told. */
export interface ApplyOptions {
  repository: string;
  /** In the order of promotion. */
  environments: string[];
  transact: Transact;
  onWritten: (services: ServiceRef[]) => Promise<void>;
}

/** Writes what was found in the store, and what follows from it, in one transaction. */
export async function applyStored(
  { repository, environments, transact, onWritten }: ApplyOptions,
  changes: StoredChanges,
): Promise<void> {
  const services = await transact(async tx => {
    const touched = await writeStored(tx, repository, changes);
    for (let at = 0; at < touched.length; at += BEHIND_CHUNK) {
      await updateBehind(
        tx,
        repository,
        environments,
        touched.slice(at, at + BEHIND_CHUNK),
      );
    }
    return touched;
  });
  if (services.length > 0) await onWritten(services);
}

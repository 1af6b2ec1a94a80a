import { RepositoryStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { Access } from '../permissions';

/** Why a repository isn't read, and how far, is for those who may read it. */
export function showRepositoryStatus(
  status: RepositoryStatus,
  { repository }: Pick<Access, 'repository'>,
): RepositoryStatus {
  if (repository) return status;
  const { reason, progress, ...others } = status;
  return others;
}

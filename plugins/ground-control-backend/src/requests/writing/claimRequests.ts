import { Knex } from 'knex';
import { ReleaseRow } from '../types';
import { claimDue, ClaimOptions } from './claimDue';

/** Claims requests for releases; those for one service and environment are about the same. */
export function claimRequests(
  knex: Knex,
  options: ClaimOptions,
): Promise<ReleaseRow[]> {
  const place = ['service', 'namespace', 'environment'] as const;
  return claimDue<ReleaseRow>(knex, 'release', place, options);
}

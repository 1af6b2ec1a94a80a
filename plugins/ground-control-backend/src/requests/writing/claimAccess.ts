import { Knex } from 'knex';
import { AccessRow } from '../types';
import { claimDue, ClaimOptions } from './claimDue';

/** Claims requests for access; those for one entry are about the same. */
export function claimAccess(
  knex: Knex,
  options: ClaimOptions,
): Promise<AccessRow[]> {
  return claimDue<AccessRow>(knex, 'access', ['subject'], options);
}

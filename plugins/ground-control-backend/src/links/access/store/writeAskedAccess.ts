import { Knex } from 'knex';
import { insertAsked } from '../../../requests/ask/insertAsked';
import { lockAsking } from '../../../requests/ask/lockAsking';
import { readAsked } from '../../../requests/ask/readAsked';
import { AskedForm } from '../../../requests/ask/types';
import { lockRequests } from '../../../requests/store/lockRequests';
import { AskedAccessRow } from '../../../requests/store/readAskedAccess';
import { AccessRow, RequestRow } from '../../../requests/types';
import { findSupersededAccess } from './findSupersededAccess';

/**
 * Writes a request for access: the same again gives what was written then, and
 * older open requests about the same entry make room.
 */
export async function writeAskedAccess(
  tx: Knex.Transaction,
  form: AskedForm,
  asked: {
    row: Omit<AccessRow, 'number'>;
    access: Omit<AskedAccessRow, 'number'>;
  },
): Promise<RequestRow> {
  await lockAsking(tx, form.repository);
  const [before] = await readAsked(tx, form);
  if (before) return before;
  const superseded = await findSupersededAccess(tx, asked.row);
  // All of them before the trail is appended to; see lockRequests.
  await lockRequests(tx, superseded);
  const row = await insertAsked(tx, asked.row, superseded);
  await tx('access_requests').insert({ ...asked.access, number: row.number });
  return row;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Knex } from 'knex';
import {
  movePolicyChange,
  PolicyChangeRow,
  readPolicyChange,
} from './policyChangeRow';

/** Any replica may write it. */
const LOOK_MS = 50;

/**
 * Waits for what comes of a change. One that nobody began in time is taken
 * back, so that it isn't made behind the back of who was told otherwise.
 *
 * @returns the change at its end, or still `writing` where only the branch can
 * tell
 */
export async function waitForPolicyChange(
  knex: Knex,
  number: number,
  timeoutMs: number,
): Promise<PolicyChangeRow> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const row = await readPolicyChange(knex, number);
    if (!row) throw new Error(`The change ${number} of policies is gone`);
    const isOpen = row.state === 'waiting' || row.state === 'writing';
    // A push that wasn't answered is looked into later than anybody waits.
    const isUnsure = row.state === 'writing' && row.code !== undefined;
    if (!isOpen || isUnsure) return row;
    if (Date.now() > deadline) {
      const withdrawn = await movePolicyChange(knex, number, ['waiting'], {
        state: 'withdrawn',
      });
      if (withdrawn) return { ...row, state: 'withdrawn' };
      if (row.state === 'writing') return row;
    }
    await sleep(LOOK_MS);
  }
}

import { Knex } from 'knex';
import { RequestLook } from '../DefaultRequestJudge';
import { moveRequest } from '../moveRequest';
import { lockRequests } from '../store/lockRequests';
import { readDecisions } from '../store/readDecisions';
import { bindToDecisions } from './findJudgementChanges';

/**
 * Writes down that a pending request isn't what it was judged on: it ends where
 * that outdates it, and else shows what is so now.
 *
 * @returns whether anything was written
 */
export async function outdateRequest(
  tx: Knex.Transaction,
  options: { number: number; look: RequestLook; at: number },
): Promise<boolean> {
  const { number, look, at } = options;
  const [row] = await lockRequests(tx, [number]);
  if (row?.state !== 'pending') return false;
  // Somebody may have approved it in part since it was looked at.
  const all = await readDecisions(tx, [number]);
  const changes =
    row.evidence === look.evidence
      ? look.changes
      : bindToDecisions(look.changes, all.get(number) ?? []);
  const change = changes.find(({ outdates }) => outdates);
  if (change) {
    const moved = await moveRequest(tx, {
      number,
      event: {
        type: 'outdate',
        at,
        code: change.code,
        message: change.message,
        actor: 'system:policies',
      },
    });
    return moved !== undefined;
  }
  await tx('release_requests')
    .where({ number })
    .update({
      verdicts: JSON.stringify(look.verdicts),
      evidence: look.evidence,
      approvals_needed: look.requirement.approvals,
      platform_needed: look.requirement.platform,
      requirement_reason: look.requirement.reason,
    });
  return true;
}

import type { RequestLook } from '../DefaultRequestJudge';
import { RequestRow } from '../types';

/**
 * A request as it was judged last.
 *
 * @param unknown - why it can't be looked at now, where that is so
 */
export function asJudged(row: RequestRow, unknown?: string): RequestLook {
  return {
    verdicts: JSON.parse(row.verdicts),
    requirement: {
      approvals: row.approvals_needed,
      platform: row.platform_needed,
      reason: row.requirement_reason,
    },
    evidence: row.evidence,
    changes: [],
    ...(unknown !== undefined && { unknown }),
  };
}

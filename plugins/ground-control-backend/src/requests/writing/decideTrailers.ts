import {
  AUDIT_HEAD_TRAILER,
  formatAuditHead,
} from '../../audit/auditHeadTrailer';
import { AuditHead } from '../../audit/types';
import { formatRequestId } from '../reading/requestId';
import { DecisionRow, RequestRow } from '../types';

const KEYS: Partial<Record<DecisionRow['decision'], string>> = {
  approve: 'Approved-by',
  override: 'Overridden-by',
};

/**
 * What a commit tells beside the layout's own trailers: which request it is of,
 * who decided, and the head of the audit trail, which whoever changes the trail
 * later can't take back out of everybody's clone.
 */
export function decideTrailers(
  row: Pick<RequestRow, 'number'>,
  decisions: DecisionRow[],
  head: AuditHead,
): Array<[key: string, value: string]> {
  return [
    ['Release-request', formatRequestId(row.number)],
    ...decisions.flatMap(decision => {
      const key = KEYS[decision.decision];
      return key ? [[key, formatDecider(decision)] as [string, string]] : [];
    }),
    [AUDIT_HEAD_TRAILER, formatAuditHead(head)],
  ];
}

function formatDecider(decision: DecisionRow): string {
  const { decided_by: ref, decided_by_name: name } = decision;
  const plain = (text: string) => text.replace(/[<>]/g, '');
  const who = plain(name ?? ref);
  // An address that nobody gave isn't invented; the entity is named instead.
  if (decision.decided_by_email) {
    return `${who} <${plain(decision.decided_by_email)}>`;
  }
  return name === null ? ref : `${who} (${ref})`;
}

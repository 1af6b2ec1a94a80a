import { isComplete } from './isComplete';
import { ServiceFacts, Verdict } from './types';

/**
 * What doesn't mend by waiting, of workloads that aren't complete. A pod that
 * finds no node isn't among it: nodes come, and the progress deadline tells
 * when they don't.
 */
export function findTrouble({
  workloads,
  podTrouble,
}: Pick<ServiceFacts, 'workloads' | 'podTrouble'>):
  | Pick<Verdict, 'reason' | 'message'>
  | undefined {
  const waiting = workloads.filter(one => !isComplete(one));
  if (waiting.length === 0) return undefined;
  const refused = waiting.find(one => one.podsRefused)?.podsRefused;
  if (refused) {
    const isQuota = /exceeded quota/i.test(refused);
    const reason = isQuota ? 'quota' : 'replicas-not-ready';
    return { reason, message: refused };
  }
  return podTrouble && podTrouble.reason !== 'scheduling'
    ? { reason: podTrouble.reason, message: podTrouble.message }
    : undefined;
}

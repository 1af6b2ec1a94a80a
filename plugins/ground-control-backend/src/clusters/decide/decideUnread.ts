import { ServiceFacts, Verdict } from './types';

/** What is so whatever else runs. */
const SURE: ReadonlySet<Verdict['state']> = new Set([
  'failed',
  'drifted',
  'suspended',
]);

/**
 * What can't be read may be in any state: a service that has some of it isn't
 * well because the rest is. What is wrong with the rest is wrong all the same.
 */
export function decideUnread(
  { unread }: ServiceFacts,
  verdict: Verdict,
): Verdict {
  if (unread.length === 0 || SURE.has(verdict.state)) return verdict;
  const isForbidden = unread.some(one => one.state === 'forbidden');
  const kinds = unread.map(one => one.kind).join(', ');
  return {
    state: 'unknown',
    reason: isForbidden ? 'may-not-read' : 'other',
    message: `${kinds} can't be read in the cluster${
      isForbidden ? ' (403)' : ''
    }, so what runs isn't known`,
    recheckAt: verdict.recheckAt,
  };
}

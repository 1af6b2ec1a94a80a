import { LinkCall } from '@ground-control/backstage-plugin-ground-control-common';
import { sayTime } from '../../lib/sayTime';
import { wordOf } from '../../links/wordOf';

/** A verdict has room for so many, and of the others for how many they are. */
const MOST_CLAUSES = 5;

/** A link, and what is called over it. */
export interface CrossedLink {
  /** Any of the calls: all say the same of the link. */
  link: LinkCall;
  /** `aws-prod-1 → gcp-prod-1`. */
  name: string;
  callees: string[];
}

/** Puts calls together that cross the same link, in the order of the calls. */
export function groupByLink(calls: LinkCall[]): CrossedLink[] {
  const links = new Map<string, CrossedLink>();
  for (const call of calls) {
    const name = `${call.from} → ${call.to}`;
    const known = links.get(name) ?? { link: call, name, callees: [] };
    links.set(name, known);
    if (!known.callees.includes(call.calleeName)) {
      known.callees.push(call.calleeName);
    }
  }
  return [...links.values()];
}

/** Several sentences in one. */
export function joinClauses(clauses: string[]): string {
  const shown = clauses.slice(0, MOST_CLAUSES).join('; ');
  const left = clauses.length - MOST_CLAUSES;
  return left > 0 ? `${shown}; and ${left} more` : shown;
}

/** Since when, as the end of a part of a sentence; nothing where that isn't known. */
export function saySince({ since }: LinkCall): string {
  return since === null ? '' : ` since ${sayTime(Date.parse(since))}`;
}

/** Such as `down since 2 Mar 2026, 08:01 UTC` or `high (slow)`. */
export function sayState(link: LinkCall): string {
  const { state } = link;
  const word = wordOf(link);
  return `${state === word ? state : `${state} (${word})`}${saySince(link)}`;
}

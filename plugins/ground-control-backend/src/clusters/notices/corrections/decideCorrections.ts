import { isDeepStrictEqual } from 'node:util';
import { subjectKey } from '../subjects';
import {
  Corrected,
  CorrectionNotice,
  CorrectionStep,
  CorrectionTimes,
} from './types';

export interface CorrectionFacts {
  /** What was noted before. */
  notices: CorrectionNotice[];
  corrected: Corrected[];
  now: number;
}

/**
 * What fights Flux, such as an autoscaler, is corrected every few minutes: that
 * is told once, until it has ceased for so long.
 */
export const QUIET_MS = 24 * 60 * 60_000;

/** Those that weren't seen before; a time that stays is an old one. */
function findFresh(
  times: CorrectionTimes,
  seen: CorrectionTimes = {},
): CorrectionTimes {
  return Object.fromEntries(
    Object.entries(times).filter(([cluster, at]) => seen[cluster] !== at),
  );
}

/** The last one is a day ago, or nobody is told of it. */
function isQuiet(notice: CorrectionNotice | undefined, now: number): boolean {
  return notice?.lastAt === undefined || now - notice.lastAt >= QUIET_MS;
}

function decideCorrected(
  before: CorrectionNotice | undefined,
  { times, squadRef, ...subject }: Corrected,
  now: number,
): CorrectionStep {
  const fresh = findFresh(times, before?.seen);
  const isFresh = Object.keys(fresh).length > 0;
  // One that nobody could be told of yet may be told later.
  const toldAt = isQuiet(before, now) && isFresh ? undefined : before?.toldAt;
  const notice: CorrectionNotice = {
    ...subject,
    seen: { ...before?.seen, ...times },
    ...((isFresh || before?.lastAt !== undefined) && {
      lastAt: isFresh ? now : before?.lastAt,
    }),
    ...(toldAt !== undefined && { toldAt }),
  };
  return squadRef === undefined || toldAt !== undefined || isQuiet(notice, now)
    ? { before, after: notice }
    : {
        before,
        after: { ...notice, toldAt: now },
        tell: { squadRef, times: isFresh ? fresh : times },
      };
}

/**
 * Decides what squads are told of drift that Flux corrected: the first time, and
 * again only after a day without any.
 *
 * @returns only what differs from what was noted
 */
export function decideCorrections(facts: CorrectionFacts): CorrectionStep[] {
  const notices = new Map(facts.notices.map(one => [subjectKey(one), one]));
  const steps = facts.corrected.map(one =>
    decideCorrected(notices.get(subjectKey(one)), one, facts.now),
  );
  for (const one of facts.corrected) notices.delete(subjectKey(one));
  // A release that came since has no correction of its own yet: that the one
  // before it had is remembered for as long as it keeps others from being told.
  for (const before of notices.values()) {
    if (isQuiet(before, facts.now)) steps.push({ before });
  }
  return steps.filter(({ before, after }) => !isDeepStrictEqual(before, after));
}

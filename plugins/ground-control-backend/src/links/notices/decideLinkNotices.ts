import { LinkState } from '@ground-control/backstage-plugin-ground-control-common';
import { isDeepStrictEqual } from 'node:util';
import { pairKey, parsePairKey } from '../../latency/book/pairKey';
import { LinkNotice, NoticeLink, SquadStep, ToldState } from './types';

export interface LinkNoticeFacts {
  /** What was noted before. */
  notices: LinkNotice[];
  /** All links, by their key; one that isn't there isn't linked. */
  links: ReadonlyMap<string, NoticeLink>;
  /** Calls of a squad that cross a link, by entity ref and by the link's key. */
  calls: ReadonlyMap<string, ReadonlyMap<string, number>>;
  now: number;
  /** So long it is waited for others, to tell of all in one. */
  gatherMs: Record<ToldState, number>;
  /** What is over for less isn't told: it may flap. */
  holdMs: number;
}

/** What is over nearly as long is told with what is over for long enough. */
const WITH_OTHERS_MS = 60_000;

/** Neither well nor unwell: nothing begins or ends by them. */
const UNKNOWN: ReadonlySet<LinkState> = new Set<LinkState>([
  'stale',
  'never-sampled',
  'hidden',
]);

const isTold = (state: LinkState | undefined): state is ToldState =>
  state === 'down' || state === 'high';

function isDue({ toldState, state }: LinkNotice): boolean {
  return toldState === undefined || (toldState === 'high' && state === 'down');
}

function goOn(
  before: LinkNotice | undefined,
  found: Pick<LinkNotice, 'squadRef' | 'from' | 'to' | 'state' | 'code'> & {
    since: number | null;
    calls: number | undefined;
  },
  now: number,
): LinkNotice {
  const { overSince, dueSince, ...kept } = before ?? {};
  const notice: LinkNotice = {
    ...kept,
    ...found,
    // Of an episode that was interrupted, the beginning.
    since: before?.since ?? found.since ?? now,
    calls: found.calls ?? before?.calls ?? 0,
  };
  return isDue(notice) ? { ...notice, dueSince: dueSince ?? now } : notice;
}

/** As a notice stands now; undefined when nothing of it stays. */
function decideNotice(
  names: Pick<LinkNotice, 'squadRef' | 'from' | 'to'>,
  before: LinkNotice | undefined,
  facts: LinkNoticeFacts,
): LinkNotice | undefined {
  const key = pairKey(names.from, names.to);
  const link = facts.links.get(key);
  const calls = facts.calls.get(names.squadRef)?.get(key);
  if (link && isTold(link.state)) {
    // Whom it concerned is told of its end, whether or not it calls still.
    const { state, code, since } = link;
    const isConcerned = calls !== undefined || before?.toldState !== undefined;
    return isConcerned
      ? goOn(before, { ...names, state, code, since, calls }, facts.now)
      : undefined;
  }
  if (before?.toldState === undefined) return undefined;
  const { overSince, dueSince, ...kept } = before;
  if (link && UNKNOWN.has(link.state)) return kept;
  return { ...kept, overSince: overSince ?? facts.now };
}

function decideTelling(
  notices: LinkNotice[],
  { now, gatherMs, holdMs }: LinkNoticeFacts,
): SquadStep['tell'] {
  const due = notices.filter(({ dueSince }) => dueSince !== undefined);
  const isOverFor = (ms: number) =>
    notices.filter(
      ({ overSince }) => overSince !== undefined && now - overSince >= ms,
    );
  const isTime =
    due.some(({ dueSince, state }) => now - dueSince! >= gatherMs[state]) ||
    isOverFor(holdMs).length > 0;
  return isTime
    ? { begun: due, over: isOverFor(Math.max(0, holdMs - WITH_OTHERS_MS)) }
    : undefined;
}

/**
 * Decides what squads are told of links that their calls cross: once when one
 * is down or high, once more when what was high is down, and once when it has
 * been neither for long enough. What comes at the same time is told in one.
 *
 * @returns only what differs from what was noted
 */
export function decideLinkNotices(facts: LinkNoticeFacts): SquadStep[] {
  const before = new Map<string, Map<string, LinkNotice>>();
  for (const notice of facts.notices) {
    const known = before.get(notice.squadRef) ?? new Map();
    before.set(
      notice.squadRef,
      known.set(pairKey(notice.from, notice.to), notice),
    );
  }
  const steps: SquadStep[] = [];
  for (const squadRef of new Set([...before.keys(), ...facts.calls.keys()])) {
    const known = before.get(squadRef) ?? new Map<string, LinkNotice>();
    const crossed = facts.calls.get(squadRef)?.keys() ?? [];
    const all: LinkNotice[] = [];
    for (const key of new Set([...known.keys(), ...crossed])) {
      const { from, to } = parsePairKey(key);
      const notice = decideNotice(
        { squadRef, from, to },
        known.get(key),
        facts,
      );
      if (notice) all.push(notice);
    }
    const tell = decideTelling(all, facts);
    const over = new Set(tell?.over);
    const after = all
      .filter(notice => !over.has(notice))
      .map(({ dueSince, ...notice }) =>
        dueSince === undefined || tell
          ? {
              ...notice,
              ...(dueSince !== undefined && { toldState: notice.state }),
            }
          : { ...notice, dueSince },
      );
    const noted = [...known.values()];
    if (tell || !isDeepStrictEqual(noted, after)) {
      steps.push({ squadRef, before: noted, after, ...(tell && { tell }) });
    }
  }
  return steps;
}

import { ClusterServiceState } from '@ground-control/backstage-plugin-ground-control-common';
import { isDeepStrictEqual } from 'node:util';
import { subjectKey } from './subjects';
import {
  Notice,
  NoticeKind,
  NoticeStep,
  NoticeSubject,
  Tell,
  Unwell,
} from './types';

export interface NoticeFacts {
  /** What was noted before. */
  notices: Notice[];
  /** All that isn't reconciled, of the clusters that are heard of. */
  unwell: Unwell[];
  /** Clusters that aren't heard of: nothing begins or ends in them. */
  unheard: ReadonlySet<string>;
  now: number;
  /** What passes sooner isn't told. */
  flapMs: number;
  /** How long a release may wait, or roll out. */
  stuckMs: number;
}

/**
 * On the way to somewhere, or held on it: it doesn't say yet how it ends. Whoever
 * suspends what fails has mended nothing.
 */
const UNDECIDED: ReadonlySet<ClusterServiceState> = new Set([
  'suspended',
  'pending',
  'rolling-out',
  'unknown',
  'stale',
]);
const MAY_BE_STUCK: ReadonlySet<ClusterServiceState> = new Set([
  'pending',
  'rolling-out',
]);

const noticeKey = (notice: NoticeSubject & { kind: NoticeKind }) =>
  `${notice.kind} ${subjectKey(notice)}`;

function kindOf(one: Unwell, facts: NoticeFacts): NoticeKind | undefined {
  if (one.state === 'failed' || one.state === 'drifted') return one.state;
  const isLong = facts.now - one.since >= facts.stuckMs;
  return MAY_BE_STUCK.has(one.state) && isLong ? 'stuck' : undefined;
}

interface Group {
  kind: NoticeKind;
  all: Unwell[];
}

function group(facts: NoticeFacts): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const one of facts.unwell) {
    const kind = kindOf(one, facts);
    if (!kind) continue;
    const key = noticeKey({ ...one, kind });
    const known = groups.get(key);
    if (known) known.all.push(one);
    else groups.set(key, { kind, all: [one] });
  }
  return groups;
}

/** Of a newer release, only where it is that one that isn't well. */
function describeWhy(all: Unwell[], tell: Tell, release?: string): string {
  return all
    .filter(one => tell !== 'newer' || one.release === release)
    .map(({ cluster, why }) => (why ? `${cluster}: ${why}` : cluster))
    .join('\n');
}

/**
 * What is told of a trouble that goes on, and what is remembered of its
 * release. What was told before releases were remembered counts as told of the
 * one that isn't well now. A cluster that wasn't judged on the current release
 * yet says nothing of a newer one.
 */
function decideTelling(
  before: Notice | undefined,
  found: Group | undefined,
  { since, squadRef }: Pick<Notice, 'since' | 'squadRef'>,
  { now, flapMs }: NoticeFacts,
): Pick<Notice, 'toldAt' | 'release' | 'newerSince'> & { tell?: Tell } {
  const all = found?.all ?? [];
  const newest = all.find(one => one.isCurrent)?.release;
  const release = newest ?? all[0]?.release;
  const isDue = (from: number) =>
    found !== undefined && squadRef !== undefined && now - from >= flapMs;
  if (before?.toldAt === undefined) {
    return isDue(since) ? { tell: 'begun', toldAt: now, release } : {};
  }
  const told = { toldAt: before.toldAt, release: before.release ?? release };
  if (newest === undefined || newest === told.release) return told;
  const newerSince = before.newerSince ?? now;
  return isDue(newerSince)
    ? { tell: 'newer', toldAt: now, release: newest }
    : { ...told, newerSince };
}

function decideGoing(
  before: Notice | undefined,
  found: Group | undefined,
  clusters: string[],
  facts: NoticeFacts,
): NoticeStep {
  const [first] = found?.all ?? [];
  const subject = before ?? first;
  const since =
    before?.since ?? Math.min(...found!.all.map(one => one.since), facts.now);
  const squadRef = first?.squadRef ?? before?.squadRef;
  const { tell, toldAt, release, newerSince } = decideTelling(
    before,
    found,
    { since, squadRef },
    facts,
  );
  const after: Notice = {
    environment: subject.environment,
    namespace: subject.namespace,
    service: subject.service,
    kind: before?.kind ?? found!.kind,
    since,
    clusters,
    ...(squadRef && { squadRef }),
    ...(toldAt !== undefined && { toldAt }),
    ...(release !== undefined && { release }),
    ...(newerSince !== undefined && { newerSince }),
  };
  return {
    before,
    after,
    ...(tell && { tell, why: describeWhy(found!.all, tell, release) }),
  };
}

function decideGone(before: Notice, { now, flapMs }: NoticeFacts): NoticeStep {
  if (before.toldAt === undefined) return { before };
  const overSince = before.overSince ?? now;
  return now - overSince >= flapMs
    ? { before, tell: 'over' }
    : { before, after: { ...before, overSince } };
}

/**
 * Decides what squads are told: each trouble once when it has lasted, once more
 * of each further release that isn't well either, and once when it has been
 * over for as long. Nothing is over while a cluster that had it isn't heard of,
 * or is on the way to something else.
 *
 * @returns only what differs from what was noted
 */
export function decideNotices(facts: NoticeFacts): NoticeStep[] {
  const groups = group(facts);
  const notices = new Map(facts.notices.map(one => [noticeKey(one), one]));
  const undecided = new Set(
    facts.unwell
      .filter(one => UNDECIDED.has(one.state))
      .map(one => `${subjectKey(one)} ${one.cluster}`),
  );
  const steps: NoticeStep[] = [];
  for (const key of new Set([...notices.keys(), ...groups.keys()])) {
    const before = notices.get(key);
    const found = groups.get(key);
    const clusters = new Set(found?.all.map(one => one.cluster));
    for (const cluster of before?.clusters ?? []) {
      const isOpen =
        facts.unheard.has(cluster) ||
        undecided.has(`${subjectKey(before!)} ${cluster}`);
      if (isOpen) clusters.add(cluster);
    }
    // One that wasn't told doesn't outlive what it is about.
    const goesOn = found || (before?.toldAt !== undefined && clusters.size > 0);
    const step = goesOn
      ? decideGoing(before, found, [...clusters].sort(), facts)
      : decideGone(before!, facts);
    if (!isDeepStrictEqual(step.before, step.after)) steps.push(step);
  }
  return steps;
}

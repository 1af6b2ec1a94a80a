import {
  RollbackCandidate,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import {
  Cursor,
  formatCursor,
  ReadContext,
  ReleasesSettings,
} from '../../releases';
import { buildRelease, ReleaseRow } from '../../releases/buildRelease';
import {
  decideHealthySeconds,
  findLonger,
  Place,
  readArrivals,
  readFailures,
  readWatches,
  StayFacts,
} from '../../releases/health';
import {
  findEarlierStates,
  findOtherStays,
  StayRow,
} from './findEarlierStates';
import { findRecommended } from './findRecommended';

const ENDS: Record<string, StayFacts['request']> = {
  committed: 'under-way',
  succeeded: 'succeeded',
  failed: 'failed',
};

/**
 * How the requests of these releases ended, by their commits: after a rewritten
 * history a position is another release's.
 */
async function readEnds(knex: Knex, place: Place, revisions: string[]) {
  const rows = await knex('release_requests')
    .where({ ...place, kind: 'release' })
    .whereIn('revision', revisions)
    .select('revision', 'state');
  return new Map<string | null, StayFacts['request']>(
    rows.map(row => [row.revision, ENDS[row.state]]),
  );
}

/** How long a state stood, and ran well as far as that is known, at its longest. */
interface LongestStay {
  stayedSeconds: number;
  healthyForSeconds?: number;
}

/** By trees: what ran well for days did so, however short its last stay was. */
async function readLongestStays(
  knex: Knex,
  place: Place,
  stays: StayRow[],
  now: number,
): Promise<Map<string | null, LongestStay>> {
  const revisions = stays.flatMap(({ revision }) => revision ?? []);
  const oldest = Math.min(...stays.map(stay => Number(stay.released_at)));
  const [ends, arrivals, failures, watches] = await Promise.all([
    readEnds(knex, place, revisions),
    readArrivals(knex, place, revisions),
    readFailures(knex, place, revisions),
    readWatches(knex, place.environment, oldest),
  ]);
  const longest = new Map<string | null, LongestStay>();
  for (const { tree, revision, released_at, replaced_at } of stays) {
    const from = Number(released_at);
    const to = Number(replaced_at ?? now);
    const healthy = decideHealthySeconds(
      {
        from,
        to,
        request: ends.get(revision),
        arrivedAt: arrivals.get(revision ?? ''),
        failures: failures.get(revision ?? '') ?? [],
        watches,
      },
      now,
    );
    const known = longest.get(tree);
    const healthyForSeconds = findLonger(known?.healthyForSeconds, healthy);
    longest.set(tree, {
      stayedSeconds: Math.max(known?.stayedSeconds ?? 0, (to - from) / 1000),
      ...(healthyForSeconds !== undefined && { healthyForSeconds }),
    });
  }
  return longest;
}

/**
 * Reads a page of the earlier releases that can be gone back to, newest first.
 * What is recommended is on the first, where most of what is known is.
 */
export async function readRollbacks(
  context: ReadContext,
  options: {
    settings: ReleasesSettings;
    service: ServiceRef;
    environment: string;
    current?: ReleaseRow;
    before?: Cursor;
    now: Date;
  },
): Promise<{ items: RollbackCandidate[]; next?: string }> {
  const { service, environment, current, before, settings, now } = options;
  if (!current) return { items: [] };
  const place: Place = {
    repository: context.repository,
    environment,
    namespace: service.namespace,
    service: service.name,
  };
  const { rows, next } = await findEarlierStates(context.knex, {
    place,
    current,
    before: before?.position,
  });
  const more = next && { next: formatCursor({ position: next }) };
  if (rows.length === 0) return { items: [], ...more };
  const others = await findOtherStays(context.knex, {
    place,
    current,
    states: rows,
  });
  const longest = await readLongestStays(
    context.knex,
    place,
    [...rows, ...others],
    now.getTime(),
  );
  const candidates = rows.map(row => ({
    release: buildRelease(row, { commitUrl: settings.commitUrl }),
    ...longest.get(row.tree)!,
  }));
  const recommended = before ? undefined : findRecommended(candidates);
  return {
    items: candidates.map(({ stayedSeconds, ...candidate }, i) => ({
      ...candidate,
      recommended: i === recommended,
    })),
    ...more,
  };
}

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
  Place,
  readArrivals,
  readFailures,
  readWatches,
  StayFacts,
} from '../../releases/health';
import { findEarlierStates } from './findEarlierStates';
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
  const revisions = rows.flatMap(row => row.revision ?? []);
  const oldest = Math.min(...rows.map(row => Number(row.released_at)));
  const [ends, arrivals, failures, watches] = await Promise.all([
    readEnds(context.knex, place, revisions),
    readArrivals(context.knex, place, revisions),
    readFailures(context.knex, place, revisions),
    readWatches(context.knex, environment, oldest),
  ]);
  const candidates = rows.map(row => {
    const from = Number(row.released_at);
    const to = Number(row.replaced_at ?? now.getTime());
    const healthyForSeconds = decideHealthySeconds(
      {
        from,
        to,
        request: ends.get(row.revision),
        arrivedAt: arrivals.get(row.revision ?? ''),
        failures: failures.get(row.revision ?? '') ?? [],
        watches,
      },
      now.getTime(),
    );
    return {
      release: buildRelease(row, { commitUrl: settings.commitUrl }),
      stayedSeconds: (to - from) / 1000,
      ...(healthyForSeconds !== undefined && { healthyForSeconds }),
    };
  });
  const recommended = before ? undefined : findRecommended(candidates);
  return {
    items: candidates.map(({ stayedSeconds, ...candidate }, i) => ({
      ...candidate,
      recommended: i === recommended,
    })),
    ...more,
  };
}

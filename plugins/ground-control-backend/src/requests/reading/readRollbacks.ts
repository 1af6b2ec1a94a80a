import {
  RollbackCandidate,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { ReadContext, ReleasesSettings } from '../../releases';
import {
  buildRelease,
  queryReleases,
  ReleaseRow,
} from '../../releases/buildRelease';
import {
  decideHealthySeconds,
  Place,
  readArrivals,
  readFailures,
  readWatches,
  StayFacts,
} from '../../releases/health';
import { findRecommended } from './findRecommended';

const MOST = 10;
/** Releases of the same files stand in between. */
const LOOKED_AT = 50;

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

/** The newest release of each tree, but for the tree that is current. */
function pickDistinct(rows: ReleaseRow[], current?: ReleaseRow): ReleaseRow[] {
  const seen = new Set(current?.tree ? [current.tree] : []);
  return rows
    .filter(({ tree }) => {
      if (tree === null || seen.has(tree)) return false;
      seen.add(tree);
      return true;
    })
    .slice(0, MOST);
}

/** Reads the earlier releases that can be gone back to, newest first. */
export async function readRollbacks(
  context: ReadContext,
  options: {
    settings: ReleasesSettings;
    service: ServiceRef;
    environment: string;
    current?: ReleaseRow;
    now: Date;
  },
): Promise<RollbackCandidate[]> {
  const { service, environment, current, settings, now } = options;
  if (!current) return [];
  const place: Place = {
    repository: context.repository,
    environment,
    namespace: service.namespace,
    service: service.name,
  };
  const earlier: ReleaseRow[] = await queryReleases(context.knex)
    .where(
      Object.fromEntries(
        Object.entries(place).map(([key, value]) => [`releases.${key}`, value]),
      ),
    )
    .where('releases.position', '<', current.position)
    .whereNotNull('releases.tree')
    .whereNotNull('releases.artifact_id')
    .whereNotNull('commits.revision')
    .orderBy('releases.position', 'desc')
    .limit(LOOKED_AT);
  const rows = pickDistinct(earlier, current);
  if (rows.length === 0) return [];
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
  const recommended = findRecommended(candidates);
  return candidates.map(({ stayedSeconds, ...candidate }, i) => ({
    ...candidate,
    recommended: i === recommended,
  }));
}

import {
  Activity,
  ActivityKind,
  ActivityQuery,
  BoardRow,
  CommitSearchResult,
} from '@ground-control/backstage-plugin-ground-control-common';
import { artifactOf, ENVIRONMENTS, hex, PEOPLE } from './fixtureArtifacts';

/** A page of commits of the config repository, newest first. */
export function listActivity(
  rows: BoardRow[],
  query: ActivityQuery,
  now: number,
) {
  const start = query.before ? Number(query.before) : 400;
  const limit = query.limit ?? 50;
  const items: Activity[] = [];
  let position = start;
  for (; items.length < limit && position > 0; position--) {
    const kinds: ActivityKind[] = ['release', 'policy', 'manifest', 'other'];
    const kind = position % 5 > 1 ? 'release' : kinds[position % 4];
    const row = rows[position % rows.length];
    const environment = ENVIRONMENTS[position % 3];
    const activity: Activity = {
      position,
      revision: hex(position, 40),
      committedAt: new Date(now - (400 - position) * 1_800_000).toISOString(),
      kind,
      title: `[${environment}/${row.service.name}] ${kind} by CI`,
      by: { name: PEOPLE[position % PEOPLE.length], email: '' },
      services:
        kind === 'release' || kind === 'manifest'
          ? [
              {
                service: row.service,
                environment,
                artifactId: row.cells[0].artifactId,
              },
            ]
          : [],
    };
    if (position % 37 === 0) activity.onlyLooksLikeRelease = true;
    const matches =
      (!query.kinds || query.kinds.includes(kind)) &&
      (!query.text || activity.title.includes(query.text));
    if (matches) items.push(activity);
  }
  return {
    items,
    ...(position > 0 && { next: String(position) }),
  };
}

/** Where a commit runs: current in dev, past in staging, never in prod. */
export function findCommit(
  rows: BoardRow[],
  query: string,
): Omit<CommitSearchResult, 'asOf'> {
  const read = /^\S{3,}$/.test(query) ? 'artifact' : 'unclear';
  const readAs = /^[0-9a-f]{7,64}$/.test(query) ? 'commit' : read;
  const row = rows.find(each =>
    each.cells.some(cell => cell.commit === query.slice(0, 7)),
  );
  const artifact = row && {
    ...artifactOf(row.service, 4),
    id: row.cells[0].artifactId!,
  };
  return {
    query,
    readAs,
    matches:
      row && artifact
        ? [
            {
              service: row.service,
              squad: row.squad,
              artifact,
              places: [
                {
                  environment: 'dev',
                  status: 'current' as const,
                  since: '2026-11-20T09:00:00.000Z',
                },
                {
                  environment: 'staging',
                  status: 'past' as const,
                  since: '2026-11-18T09:00:00.000Z',
                  until: '2026-11-19T10:30:00.000Z',
                  currentArtifactId: row.cells[1].artifactId,
                },
                { environment: 'prod', status: 'never' as const },
              ],
            },
          ]
        : [],
    more: false,
  };
}

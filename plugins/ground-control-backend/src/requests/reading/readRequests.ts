import {
  OPEN_REQUEST_STATES,
  ReleaseRequest,
  RequestPage,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { ReleasesSettings } from '../../releases';
import { toReleaseRequest } from '../buildRequest';
import { EXPIRING_MS } from '../expiringMs';
import { parseRequestRow } from '../store/parseRequestRow';
import { readAskedAccess } from '../store/readAskedAccess';
import { readDecisions } from '../store/readDecisions';
import { readRequestClusters } from '../store/readRequestClusters';
import { isAccessRow, RequestRow } from '../types';
import {
  queryRequests,
  queryVisible,
  RequestContext,
  RequestSelection,
  whereStatus,
  whereWaiting,
} from './queryRequests';
import { isOpen } from './isOpen';
import { readChangeCounts } from './readChangeCounts';
import {
  badCursor,
  formatRequestCursor,
  NEVER,
  RequestCursor,
  SectionCursor,
  WaitingCursor,
} from './requestCursor';

const TABLE = 'release_requests';
const OPEN = [...OPEN_REQUEST_STATES];

interface Waiting {
  /** What expires until then comes first; milliseconds since 1970. */
  soon: number;
  limit: number;
}

/** Which sections a status has. */
function hasSection(
  status: RequestSelection['status'],
  section: SectionCursor['section'],
): boolean {
  if (status === 'others') return section === 'open';
  return status === 'decided' ? section === 'ended' : true;
}

/** What waits for a decision: what expires soon before all, then the oldest. */
async function readWaiting(
  context: RequestContext,
  selection: RequestSelection,
  { cursor, soon, limit }: { cursor?: WaitingCursor } & Waiting,
): Promise<RequestRow[]> {
  const order = `case when ${TABLE}.expires_at <= ? then ${TABLE}.expires_at else ${NEVER} end, ${TABLE}.number`;
  const query = queryRequests(context, selection)
    .select(`${TABLE}.*`)
    .orderByRaw(order, [soon])
    .limit(limit);
  if (cursor) {
    const after = [soon, cursor.urgency, cursor.number];
    query.whereRaw(`(${order}) > (?, ?)`, after);
  }
  return (await query).map(parseRequestRow);
}

/** Rows of one section: open ones oldest first, others newest first. */
async function readSection(
  context: RequestContext,
  selection: RequestSelection,
  section: SectionCursor['section'],
  { cursor, limit }: { cursor?: SectionCursor; limit: number },
): Promise<RequestRow[]> {
  if (limit <= 0 || !hasSection(selection.status, section)) return [];
  const inOpen = section === 'open';
  if (inOpen && cursor?.section === 'ended') return [];
  const query = queryRequests(context, selection)
    .select(`${TABLE}.*`)
    .orderBy(`${TABLE}.number`, inOpen ? 'asc' : 'desc')
    .limit(limit);
  if (inOpen) query.whereIn(`${TABLE}.state`, OPEN);
  else query.whereNotIn(`${TABLE}.state`, OPEN);
  if (cursor?.section === section) {
    query.where(`${TABLE}.number`, inOpen ? '>' : '<', cursor.number);
  }
  return (await query).map(parseRequestRow);
}

async function count(query: Knex.QueryBuilder): Promise<number> {
  const [{ total }] = await query.count({ total: '*' });
  return Number(total);
}

async function countAll(
  context: RequestContext,
): Promise<RequestPage['counts']> {
  const of = (status: RequestSelection['status']) => {
    const query = queryVisible(context);
    whereStatus(query, context, status);
    return query;
  };
  const [waiting, others, mine] = await Promise.all([
    count(of('waiting')),
    count(of('others')),
    // Those that are over are no work of anybody's.
    count(of('mine').whereIn(`${TABLE}.state`, OPEN)),
  ]);
  return { waiting, others, mine };
}

/** Which of these the reader may decide. */
async function findWaiting(
  context: RequestContext,
  numbers: number[],
): Promise<Set<number>> {
  const query = queryVisible(context).whereIn(`${TABLE}.number`, numbers);
  whereWaiting(query, context);
  const found = await query.pluck(`${TABLE}.number`);
  return new Set(found.map(Number));
}

/** Titles of squads, by entity ref. */
export async function readSquadTitles(
  knex: Knex,
  squads: Array<string | null>,
): Promise<Map<string, string>> {
  const refs = [...new Set(squads.filter(ref => ref !== null))];
  const rows = await knex('squads')
    .whereIn('squad_ref', refs)
    .select('squad_ref', 'title');
  return new Map(rows.map(row => [row.squad_ref, row.title]));
}

/** Requests as readers see them; that the reader may see them was asked before. */
export async function buildRequests(
  context: RequestContext,
  rows: RequestRow[],
  { commitUrl, mainBranch }: Pick<ReleasesSettings, 'commitUrl' | 'mainBranch'>,
): Promise<ReleaseRequest[]> {
  const { knex } = context;
  const numbers = rows.map(row => row.number);
  const access = rows.filter(isAccessRow).map(row => row.number);
  const [decisions, clusters, titles, waiting, counts, asked] =
    await Promise.all([
      readDecisions(knex, numbers),
      readRequestClusters(knex, numbers),
      readSquadTitles(
        knex,
        rows.map(row => row.squad_ref),
      ),
      findWaiting(context, numbers),
      readChangeCounts(knex, { numbers, mainBranch }),
      readAskedAccess(knex, access),
    ]);
  return rows.map(row =>
    toReleaseRequest(row, {
      access: asked.get(row.number),
      decisions: decisions.get(row.number) ?? [],
      clusters: clusters.get(row.number) ?? [],
      squadTitle: titles.get(row.squad_ref ?? ''),
      changeCount: counts.get(row.number) ?? null,
      commitUrl,
      mayDecide: waiting.has(row.number),
    }),
  );
}

/** The rows of a page and one more, which tells whether there is a next one. */
async function readRows(
  context: RequestContext,
  selection: RequestSelection,
  { cursor, soon, limit }: { cursor?: RequestCursor } & Waiting,
): Promise<RequestRow[]> {
  if (selection.status === 'waiting') {
    if (cursor && cursor.section !== 'waiting') throw badCursor();
    return readWaiting(context, selection, { cursor, soon, limit: limit + 1 });
  }
  if (cursor?.section === 'waiting') throw badCursor();
  const open = await readSection(context, selection, 'open', {
    cursor,
    limit: limit + 1,
  });
  const ended = await readSection(context, selection, 'ended', {
    cursor,
    limit: limit + 1 - open.length,
  });
  return [...open, ...ended];
}

/** Where a page ends that has this row last. */
function toCursor(
  row: RequestRow,
  { status, soon }: { status: RequestSelection['status']; soon: number },
): RequestCursor {
  const { number } = row;
  if (status === 'waiting') {
    const expiresAt = row.expires_at ?? NEVER;
    const urgency = expiresAt <= soon ? expiresAt : NEVER;
    return { section: 'waiting', soon, urgency, number };
  }
  return { section: isOpen(row) ? 'open' : 'ended', number };
}

/**
 * Reads a page of requests: open ones oldest first, where what waits for a
 * decision and expires soon is before all, then others newest first.
 */
export async function readRequests(
  context: RequestContext,
  options: {
    selection: RequestSelection;
    before?: RequestCursor;
    limit: number;
    settings: ReleasesSettings;
    now: Date;
  },
): Promise<RequestPage> {
  const { selection, before: cursor, limit, settings } = options;
  const soon =
    cursor?.section === 'waiting'
      ? cursor.soon
      : options.now.getTime() + EXPIRING_MS;
  const rows = await readRows(context, selection, { cursor, soon, limit });
  const shown = rows.slice(0, limit);
  const [items, counts] = await Promise.all([
    buildRequests(context, shown, settings),
    countAll(context),
  ]);
  const last = shown.at(-1);
  return {
    asOf: options.now.toISOString(),
    items,
    ...(rows.length > limit &&
      last && {
        next: formatRequestCursor(
          toCursor(last, { status: selection.status, soon }),
        ),
      }),
    counts,
    ...(context.waitingUnknown !== undefined && {
      waitingUnknown: context.waitingUnknown,
    }),
  };
}

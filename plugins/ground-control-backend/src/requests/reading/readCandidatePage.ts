import {
  Artifact,
  CandidatePage,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ReadContext, ReleasesSettings } from '../../releases';
import { CandidateCursor, formatCandidateCursor } from './candidateCursor';
import { buildCandidates } from './buildCandidates';
import { BuildRow, queryBuilds, toCandidateCursor } from './queryBuilds';
import { readRunning } from './readRunning';

/** Artifacts on a page. */
export const MOST_CANDIDATES = 50;
/** Of a search, on the way to one page. */
const LOOKED_AT = 200;

/** Whether a text stands in an artifact's id, commit, branch, author or message. */
function isMeant(row: BuildRow, text: string): boolean {
  const { id, commit, branch, message, author } = JSON.parse(
    row.description,
  ) as Artifact;
  const wanted = text.toLowerCase();
  return [id, commit, branch, message, author?.name].some(part =>
    part?.toLowerCase().includes(wanted),
  );
}

/**
 * Reads a page of a service's artifacts, newest first; that the reader may see
 * the service was asked before. A page of a search may have few, or none, and
 * go on.
 */
export async function readCandidatePage(
  context: ReadContext,
  options: {
    settings: ReleasesSettings;
    service: ServiceRef;
    before?: CandidateCursor;
    text?: string;
    now: Date;
  },
): Promise<CandidatePage> {
  const { settings, service, text, now } = options;
  const limit = text ? LOOKED_AT : MOST_CANDIDATES + 1;
  const [rows, running] = await Promise.all([
    queryBuilds(context, options).limit(limit) as Promise<BuildRow[]>,
    readRunning(context, service),
  ]);
  const meant = text ? rows.filter(row => isMeant(row, text)) : rows;
  const shown = meant.slice(0, MOST_CANDIDATES);
  const looked = rows.length === limit ? rows.at(-1) : undefined;
  const last = meant.length > shown.length ? shown.at(-1) : looked;
  return {
    asOf: now.toISOString(),
    items: buildCandidates(shown, {
      environments: settings.environments,
      running,
      now,
    }),
    ...(last && { next: formatCandidateCursor(toCandidateCursor(last)) }),
  };
}

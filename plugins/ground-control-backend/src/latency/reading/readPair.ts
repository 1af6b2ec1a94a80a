import { NotFoundError } from '@backstage/errors';
import {
  LATENCY_WINDOWS,
  LatencyPercentile,
  LatencyWindow,
  LinkCell,
  LinkPair,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { readLinkFacts } from '../../links/readLinkFacts';
import { pairKey, parsePairKey } from '../book/pairKey';
import { Slot } from '../histogram/types';
import { readDays, rollUp } from '../store/days';
import { readFailures } from '../store/failures';
import { parseBaselines } from '../store/pairRow';
import { parseFives, parseMinutes } from '../store/resumeRow';
import { PairRow, ResumeRow } from '../store/types';
import { DAY_MS, FIVE_MS, floorTo, HOUR_MS, MINUTE_MS } from '../times';
import { buildBareCell, buildCell, tellSource } from './buildCell';
import { createFormatTime } from './createFormatTime';
import { buildPoints, MOST_SPANS } from './buildPoints';
import { readSourcesOf, SourceStates } from './readSourcesOf';
import { LinkReadContext } from './types';

const SPANS: Record<LatencyWindow, { lengthMs: number; stepMs: number }> = {
  '5m': { lengthMs: FIVE_MS, stepMs: MINUTE_MS },
  '1h': { lengthMs: HOUR_MS, stepMs: FIVE_MS },
  '24h': { lengthMs: DAY_MS, stepMs: FIVE_MS },
  '7d': { lengthMs: 7 * DAY_MS, stepMs: HOUR_MS },
};

interface Names {
  from: string;
  to: string;
}

async function readSlots(
  knex: Knex,
  names: Names,
  { window, since }: { window: LatencyWindow; since: number },
): Promise<Slot[]> {
  const resume: ResumeRow | undefined = await knex('latency_resume')
    .where({ from_cluster: names.from, to_cluster: names.to })
    .first();
  if (!resume) return [];
  const within = ({ start }: Slot) => start >= since;
  if (window === '5m') return parseMinutes(resume).filter(within);
  const sealedUntil = Number(resume.sealed_until);
  const open = parseFives(resume).filter(({ start }) => start >= sealedUntil);
  const packed = await readDays(knex, names, since);
  const slots = [...packed, ...open.filter(within)];
  return window === '7d' ? rollUp(slots) : slots;
}

async function readRow(knex: Knex, { from, to }: Names) {
  const row: PairRow | undefined = await knex('latency_pairs')
    .where({ from_cluster: from, to_cluster: to })
    .first();
  return row;
}

function toCell(
  row: PairRow,
  sources: SourceStates,
  window: LatencyWindow,
  percentile: LatencyPercentile,
): LinkCell {
  const formatTime = createFormatTime();
  const { labelOf } = sources;
  const cell = buildCell(row, { labelOf, window, percentile, formatTime });
  return tellSource(cell, sources.of(row.from_cluster, row.source), formatTime);
}

/**
 * Reads one link over time; that the reader may read clusters was decided
 * before. One that was unlinked meanwhile is shown as that, with its past.
 *
 * @throws NotFoundError where there is none, or the reader may not see it
 */
export async function readPair(
  context: LinkReadContext,
  names: Names,
  options: { window: LatencyWindow; percentile: LatencyPercentile },
): Promise<LinkPair> {
  const { knex, now, maySee = () => true } = context;
  const { window, percentile } = options;
  const { from, to } = names;
  const { lengthMs, stepMs } = SPANS[window];
  const since = floorTo(now.getTime() - lengthMs, stepMs);
  const isVisible = maySee(from) && maySee(to);
  const [row, back, sources, linked] = await Promise.all([
    isVisible ? readRow(knex, names) : undefined,
    isVisible ? readRow(knex, { from: to, to: from }) : undefined,
    readSourcesOf(knex, now.getTime()),
    context.readLinkedPairs(knex),
  ]);
  const isLinked = (one: PairRow | undefined, key: string) =>
    linked.clusters.has(parsePairKey(key).from)
      ? linked.pairs.has(key)
      : Boolean(one?.linked);
  const key = pairKey(from, to);
  if (!row && !(isVisible && linked.pairs.has(key))) {
    throw new NotFoundError(
      `There is no link from ${JSON.stringify(
        from.slice(0, 300),
      )} to ${JSON.stringify(to.slice(0, 300))}`,
    );
  }
  const [slots, failures, link] = await Promise.all([
    readSlots(knex, names, { window, since: since - MOST_SPANS * stepMs }),
    readFailures(knex, names),
    readLinkFacts(knex, names, now),
  ]);
  const baselines = row ? parseBaselines(row.baselines) : [];
  const cellOf = (one: LatencyWindow): LinkCell => {
    if (!row) {
      return buildBareCell(names, {
        state: 'never-sampled',
        code: 'not-sampled',
        percentile,
      });
    }
    const cell = toCell(row, sources, one, percentile);
    return isLinked(row, key)
      ? cell
      : { ...cell, state: 'not-linked', code: 'not-linked', since: null };
  };
  const entries = LATENCY_WINDOWS.map(one => [one, cellOf(one)]);
  return {
    asOf: now.toISOString(),
    from,
    to,
    window,
    percentile,
    cells: Object.fromEntries(entries),
    reverse:
      back && isLinked(back, pairKey(to, from))
        ? toCell(back, sources, window, percentile)
        : null,
    stepSeconds: stepMs / 1_000,
    points: buildPoints(slots, { since, stepMs, baselines, percentile }),
    failures,
    link,
  };
}

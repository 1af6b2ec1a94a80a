import { z } from 'zod';
import { createPair } from '../book/createPair';
import { PairState, Sum, Summary } from '../book/types';
import { internBounds } from '../histogram/internBounds';
import { packSlots, parseSlots } from '../histogram/packSlots';
import { PERCENTILES } from '../histogram/percentiles';
import { Slot } from '../histogram/types';
import { FIVE_MS, MINUTE_MS } from '../times';
import { parseBaselines } from './pairRow';
import { PairRow, ResumeRow } from './types';

const sumSchema = z.object({
  ok: z.number(),
  failed: z.number(),
  bounds: z.array(z.number()),
  counts: z.array(z.number()),
});

const summarySchema = z.object({
  until: z.number(),
  slots: z.number(),
  day: sumSchema.optional(),
  week: sumSchema.optional(),
});

const levelSchema = z.union([z.literal(0), z.literal(1), z.literal(2)]);

const judgedSchema = z.object({
  lostInRow: z.number(),
  slowness: z.array(levelSchema),
  // What was left by a version that didn't remember it has none.
  loss: z
    .object({ level: levelSchema, from: z.number() })
    .default({ level: 0, from: 0 }),
  judgedAt: z.number(),
  fromProvider: z.string().optional(),
});

/** Slots are packed from the first on. */
const MINUTES = { start: 0, step: MINUTE_MS };
const FIVES = { start: 0, step: FIVE_MS };

function toSum(sum: z.infer<typeof sumSchema> | undefined): Sum | undefined {
  return sum && { ...sum, bounds: internBounds(sum.bounds) };
}

/** What the next reader needs to go on with a link. */
export function formatResumeRow(pair: PairState): ResumeRow {
  const { baselines, ...summary } = pair.summary;
  const { lostInRow, slowness, loss, judgedAt, fromProvider } = pair;
  return {
    from_cluster: pair.from,
    to_cluster: pair.to,
    counted_at: Math.round(pair.countedAt),
    sealed_until: pair.sealedUntil,
    judged: JSON.stringify({
      lostInRow,
      slowness,
      loss,
      judgedAt,
      fromProvider,
    }),
    summary: JSON.stringify(summary),
    minutes: packSlots(pair.minutes, MINUTES),
    fives: packSlots(pair.fives, FIVES),
  };
}

function parseSummary(resume: ResumeRow | undefined, row: PairRow): Summary {
  const parsed = resume && summarySchema.parse(JSON.parse(resume.summary));
  if (!parsed) {
    return { until: 0, slots: 0, baselines: PERCENTILES.map(() => null) };
  }
  return {
    ...parsed,
    day: toSum(parsed.day),
    week: toSum(parsed.week),
    baselines: parseBaselines(row.baselines),
  };
}

/** The last 20 minutes, ascending. */
export function parseMinutes(row: Pick<ResumeRow, 'minutes'>): Slot[] {
  return parseSlots(row.minutes, MINUTES);
}

/** Five minutes each, of the last hours, ascending. */
export function parseFives(row: Pick<ResumeRow, 'fives'>): Slot[] {
  return parseSlots(row.fives, FIVES);
}

/** A link as the last reader left it. */
export function parsePair(
  row: PairRow,
  resume: ResumeRow | undefined,
  now: number,
): PairState {
  const { from_cluster: from, to_cluster: to, source: sourceId } = row;
  const judged = resume && judgedSchema.parse(JSON.parse(resume.judged));
  const optional = (value: number | string | null) =>
    value === null ? undefined : Number(value);
  return {
    ...createPair({ from, to, sourceId }, now),
    probe: row.probe,
    intervalMs: optional(row.interval_ms),
    lossAtLeast: Boolean(row.loss_at_least),
    toProvider: row.to_provider ?? undefined,
    linked: Boolean(row.linked),
    state: row.state,
    code: row.code,
    since: Number(row.since),
    sampledAt: optional(row.sampled_at),
    lastSuccessAt: optional(row.last_success_at),
    summary: parseSummary(resume, row),
    ...(judged && judged),
    ...(resume && {
      countedAt: Number(resume.counted_at),
      sealedUntil: Number(resume.sealed_until),
      minutes: parseMinutes(resume),
      fives: parseFives(resume),
    }),
  };
}

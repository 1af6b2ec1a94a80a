import { Knex } from 'knex';
import { TableShape, writeRows } from '../../database/writeRows';
import { addToSlots } from '../book/addToSlots';
import { packSlots, parseSlots } from '../histogram/packSlots';
import { Slot } from '../histogram/types';
import { DAY_MS, FIVE_MS, floorTo, HOUR_MS } from '../times';
import { DayRow } from './types';

const dayShape: TableShape<DayRow> = {
  table: 'latency_days',
  columns: ['from_cluster', 'to_cluster', 'step', 'day', 'slots'],
  key: ['from_cluster', 'to_cluster', 'step', 'day'],
  merge: ['slots'],
};

/** Which link. */
export interface PairNames {
  from: string;
  to: string;
}

const whereOf = ({ from, to }: PairNames) => ({
  from_cluster: from,
  to_cluster: to,
});

function parse(row: DayRow): Slot[] {
  const step = row.step === '5m' ? FIVE_MS : HOUR_MS;
  return parseSlots(row.slots, { start: Number(row.day), step });
}

/** Five minutes of a link from a moment on, ascending. */
export async function readDays(
  knex: Knex,
  pair: PairNames,
  since: number,
): Promise<Slot[]> {
  const rows: DayRow[] = await knex('latency_days')
    .where({ ...whereOf(pair), step: '5m' })
    .andWhere('day', '>=', floorTo(since, DAY_MS))
    .orderBy('day');
  return rows.flatMap(parse).filter(({ start }) => start >= since);
}

/** Adds five minutes of a link to the days that they lie in. */
export async function addToDays(
  tx: Knex,
  pair: PairNames,
  slots: readonly Slot[],
): Promise<void> {
  const byDay = new Map<number, Slot[]>();
  for (const slot of slots) {
    const day = floorTo(slot.start, DAY_MS);
    const some = byDay.get(day);
    if (some) some.push(slot);
    else byDay.set(day, [slot]);
  }
  if (byDay.size === 0) return;
  const known: DayRow[] = await tx('latency_days')
    .where({ ...whereOf(pair), step: '5m' })
    .whereIn('day', [...byDay.keys()]);
  const before = new Map(known.map(row => [Number(row.day), parse(row)]));
  const rows = [...byDay].map(([day, more]): DayRow => {
    const all = before.get(day) ?? [];
    for (const slot of more) addToSlots(all, slot.start, slot);
    return {
      ...whereOf(pair),
      step: '5m',
      day,
      slots: packSlots(all, { start: day, step: FIVE_MS }),
    };
  });
  await writeRows(tx, dayShape, rows);
}

/** Makes hours of a day of five minutes. */
export function rollUp(slots: readonly Slot[]): Slot[] {
  const hours: Slot[] = [];
  for (const slot of slots) {
    addToSlots(hours, floorTo(slot.start, HOUR_MS), slot);
  }
  return hours;
}

/**
 * Makes hours of days of five minutes that begin before `fivesBefore`, and
 * forgets days that begin before `hoursBefore`; a bounded number at a time.
 *
 * @returns whether more is left
 */
export async function rollUpDays(
  tx: Knex,
  options: { fivesBefore: number; hoursBefore: number; most: number },
): Promise<boolean> {
  const { fivesBefore, hoursBefore, most } = options;
  await tx('latency_days')
    .where('step', '1h')
    .andWhere('day', '<', hoursBefore)
    .delete();
  const rows: DayRow[] = await tx('latency_days')
    .where('step', '5m')
    .andWhere('day', '<', fivesBefore)
    .limit(most);
  const hours = rows
    .filter(({ day }) => Number(day) >= hoursBefore)
    .map((row): DayRow => {
      const day = Number(row.day);
      const slots = packSlots(rollUp(parse(row)), {
        start: day,
        step: HOUR_MS,
      });
      return { ...row, step: '1h', day, slots };
    });
  await writeRows(tx, dayShape, hours);
  for (const { from_cluster, to_cluster, day } of rows) {
    await tx('latency_days')
      .where({ from_cluster, to_cluster, step: '5m', day })
      .delete();
  }
  return rows.length === most;
}

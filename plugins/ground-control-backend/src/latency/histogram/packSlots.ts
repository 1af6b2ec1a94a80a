import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { internBounds, MOST_BOUNDS } from './internBounds';
import { Slot } from './types';
import { VarintReader, VarintWriter } from './varints';

const FORMAT = 1;
const MICRO = 1e6;
/** A day of five minutes has 288, in 5 KB; what has more isn't one of ours. */
const MOST_SLOTS = 10_000;
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Packs slots of one link, ascending, that begin at whole multiples of the step
 * from `start` on: bounds once, then only what isn't zero.
 */
export function packSlots(
  slots: readonly Slot[],
  span: { start: number; step: number },
): Buffer {
  const kinds = [...new Set(slots.map(({ bounds }) => bounds))];
  const out = new VarintWriter();
  out.write(kinds.length);
  for (const bounds of kinds) {
    out.write(bounds.length);
    let last = 0;
    for (const bound of bounds) {
      const micros = Math.round(bound * MICRO);
      out.write(micros - last);
      last = micros;
    }
  }
  out.write(slots.length);
  let next = 0;
  for (const slot of slots) {
    const index = (slot.start - span.start) / span.step;
    out.write(index - next);
    next = index + 1;
    out.write(kinds.indexOf(slot.bounds));
    out.write(slot.ok);
    out.write(slot.failed);
    out.write(slot.counts.reduce((n, count) => (count > 0 ? n + 1 : n), 0));
    let gap = 0;
    for (const count of slot.counts) {
      if (count === 0) {
        gap += 1;
        continue;
      }
      out.write(gap);
      out.write(count);
      gap = 0;
    }
  }
  return Buffer.concat([
    Buffer.of(FORMAT),
    deflateRawSync(out.toBuffer(), { level: 9 }),
  ]);
}

/**
 * Reads what {@link packSlots} wrote.
 *
 * @throws when it is of another format or broken
 */
export function parseSlots(
  packed: Uint8Array,
  span: { start: number; step: number },
): Slot[] {
  if (packed[0] !== FORMAT) {
    throw new Error(`Packed samples have the unknown format ${packed[0]}`);
  }
  const input = new VarintReader(
    inflateRawSync(packed.subarray(1), { maxOutputLength: MOST_BYTES }),
  );
  const kinds = Array.from({ length: input.read(MOST_BOUNDS) }, () => {
    let last = 0;
    return internBounds(
      Array.from({ length: input.read(MOST_BOUNDS) }, () => {
        last += input.read();
        return last / MICRO;
      }),
    );
  });
  const slots = new Array<Slot>(input.read(MOST_SLOTS));
  let next = 0;
  for (let i = 0; i < slots.length; i += 1) {
    const index = next + input.read();
    next = index + 1;
    const bounds = kinds[input.read(kinds.length - 1)];
    const ok = input.read();
    const failed = input.read();
    const counts = new Array<number>(bounds.length + 1).fill(0);
    let at = -1;
    for (let left = input.read(counts.length); left > 0; left -= 1) {
      at += 1 + input.read(counts.length - at - 2);
      counts[at] = input.read();
    }
    const start = span.start + index * span.step;
    slots[i] = { start, ok, failed, bounds, counts };
  }
  return slots;
}

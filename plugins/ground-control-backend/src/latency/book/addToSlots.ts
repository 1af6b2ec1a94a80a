import { mergeHistograms } from '../histogram/mergeHistograms';
import { Slot } from '../histogram/types';
import { Sum } from './types';

/** Adds what was counted to the slot that begins at `start`, in their order. */
export function addToSlots(slots: Slot[], start: number, sum: Sum): void {
  let at = slots.length;
  while (at > 0 && slots[at - 1].start > start) at -= 1;
  const slot = slots[at - 1];
  if (slot?.start !== start) {
    const { ok, failed, bounds, counts } = sum;
    slots.splice(at, 0, { start, ok, failed, bounds, counts: counts.slice() });
    return;
  }
  slot.ok += sum.ok;
  slot.failed += sum.failed;
  Object.assign(slot, mergeHistograms([slot, sum]));
}

/** Adds up; undefined of nothing. */
export function sumUp(sums: readonly Sum[]): Sum | undefined {
  const histogram = mergeHistograms(sums);
  if (!histogram) return undefined;
  let ok = 0;
  let failed = 0;
  for (const sum of sums) {
    ok += sum.ok;
    failed += sum.failed;
  }
  return { ok, failed, ...histogram };
}

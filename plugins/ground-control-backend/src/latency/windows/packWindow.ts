import { parseElement } from '../parseElement';
import { WindowNumbers, WindowValue } from './computeWindow';

type PackedValue = [ms: number, approximate: 0 | 1] | null;

/** The numbers of a link over a window, with one percentile. */
export interface WindowNumber {
  ok: number;
  failed: number;
  value: WindowValue;
}

/** A window as a column has it: `[ok, failed, [ms, approximate] | null, …]`. */
export function packWindow({ ok, failed, values }: WindowNumbers): string {
  return JSON.stringify([
    ok,
    failed,
    ...values.map(value => value && [value.ms, value.approximate ? 1 : 0]),
  ]);
}

/**
 * Reads one percentile of what {@link packWindow} wrote, as it is: nobody else
 * writes them.
 *
 * @param at - of the percentile, p50 first
 */
export function parseWindow(packed: string, at: number): WindowNumber {
  const value = parseElement(packed, 2 + at) as PackedValue;
  return {
    ok: parseElement(packed, 0) as number,
    failed: parseElement(packed, 1) as number,
    value: value && { ms: value[0], approximate: value[1] === 1 },
  };
}

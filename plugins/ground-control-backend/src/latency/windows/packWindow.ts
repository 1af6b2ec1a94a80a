import { PERCENTILES } from '../histogram/percentiles';
import { WindowNumbers } from './computeWindow';

type Packed = [ok: number, failed: number, ...Array<[number, 0 | 1] | null>];

/** A window as a column has it: `[ok, failed, [ms, approximate] | null, …]`. */
export function packWindow({ ok, failed, values }: WindowNumbers): string {
  return JSON.stringify([
    ok,
    failed,
    ...values.map(value => value && [value.ms, value.approximate ? 1 : 0]),
  ]);
}

/**
 * Reads what {@link packWindow} wrote, as it is: a matrix has thousands, and
 * nobody else writes them.
 */
export function parseWindow(packed: string): WindowNumbers {
  const [ok, failed, ...values] = JSON.parse(packed) as Packed;
  return {
    ok,
    failed,
    values: PERCENTILES.map((_, i) => {
      const value = values[i];
      return value ? { ms: value[0], approximate: value[1] === 1 } : null;
    }),
  };
}

/** Milliseconds, at least and at most. */
export type Span = readonly [number, number];

/** How fast the embedded clusters are; all in milliseconds. */
export interface ClusterTimings {
  /** From a push to the fetch of a cluster. */
  fetch: Span;
  /** After a fetch, when a Kustomization begins. */
  stagger: Span;
  /** From there until its manifests are applied. */
  apply: Span;
  /** From a pod's creation until it is ready. */
  podStart: Span;
  /** How often the branch is looked at, for pushes that nobody told of. */
  poll: number;
  /** When a dependency is looked at again. */
  dependency: number;
  /** Until a failed Kustomization tries again. */
  retry: number;
  /** The longest that a change by hand stands. */
  drift: number;
  /** Instead of a Kustomization's `spec.interval`. */
  interval?: number;
  /** Instead of a Kustomization's `spec.timeout`. */
  healthTimeout?: number;
  /** From a cluster's end until its successor has everything Ready. */
  rebuild: number;
}

export const DEFAULT_TIMINGS: ClusterTimings = {
  fetch: [150, 700],
  stagger: [200, 2500],
  apply: [150, 500],
  podStart: [900, 2500],
  poll: 3000,
  dependency: 1000,
  retry: 120_000,
  drift: 90_000,
  rebuild: 75_000,
};

/** Those that are one number, which the command line takes. */
const NUMBERS = [
  'poll',
  'dependency',
  'retry',
  'drift',
  'interval',
  'healthTimeout',
  'rebuild',
] as const;

/** Reads a list such as `drift=5000,healthTimeout=4000`. */
export function parseTimings(text: string): Partial<ClusterTimings> {
  const timings: Partial<ClusterTimings> = {};
  for (const part of text.split(',').filter(Boolean)) {
    const [name, value] = part.split('=');
    const known = NUMBERS.find(number => number === name);
    if (!known || !/^[1-9]\d{0,8}$/.test(value ?? '')) {
      throw new Error(
        `Timings are milliseconds of ${NUMBERS.join(', ')}, not "${part}"`,
      );
    }
    timings[known] = Number(value);
  }
  return timings;
}

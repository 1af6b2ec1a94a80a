/**
 * Answered probes by how long they took: one count for each bound, of what lies
 * between it and the bound before, and a last one for what lies above all.
 */
export interface Histogram {
  /** In seconds, ascending; one object for equal bounds ({@link internBounds}). */
  bounds: readonly number[];
  counts: number[];
}

/** What was counted of one link in a span of time. */
export interface Slot extends Histogram {
  /** When the span began, milliseconds since 1970. */
  start: number;
  /** Answered probes. */
  ok: number;
  /** Lost probes. */
  failed: number;
}

import { TrafficCall } from '../calls/types';

/** What knows of the calls that the mesh counts. */
export interface TrafficSource {
  /** Stable; also in rows. */
  id: string;
  /** For people. */
  label: string;
  /** How often it is read, in milliseconds. */
  intervalMs: number;
  /**
   * @returns the calls of the last minutes; undefined while it can't be told
   * @throws LatencyFault, or the signal's reason when aborted
   */
  read(options: {
    now: number;
    signal: AbortSignal;
  }): Promise<TrafficCall[] | undefined>;
}

/** Beyond it, what was counted last says nothing of now. */
export const KEPT_MS = 15 * 60_000;

/** The channel that tells open pages that something changed. @public */
export const SIGNAL_CHANNEL = 'ground-control:changes';

/**
 * Says that something changed, and nothing else: the reader asks anew, with
 * their own rights.
 *
 * @public
 */
export interface ChangeSignal {
  /** Grows with each signal of a backend. */
  sequence: number;
  /**
   * - `releases`: what is released or runs of services.
   * - `commits`: commits of the config repository were read, or are gone.
   * - `repository`: whether and how it can be read.
   * - `clusters`: what clusters report of themselves.
   * - `requests`: requests for releases and other changes.
   * - `links`: how links stand, and their numbers.
   */
  kind:
    | 'releases'
    | 'commits'
    | 'repository'
    | 'clusters'
    | 'requests'
    | 'links';
  /**
   * The squads whose services changed, at most 50, by names that say something
   * only to who was told them with a board; absent where any may have.
   */
  marks?: string[];
}

/**
 * Whether a reader has to ask anew after a signal.
 *
 * @param kinds - what the answer depends on; absent for all
 * @param marks - of the answer; absent where it is of all squads
 * @public
 */
export function concernsReader(
  signal: Pick<ChangeSignal, 'kind' | 'marks'>,
  kinds?: ChangeSignal['kind'][],
  marks?: string[],
): boolean {
  if (kinds && !kinds.includes(signal.kind)) return false;
  if (!signal.marks || !marks) return true;
  return signal.marks.some(mark => marks.includes(mark));
}

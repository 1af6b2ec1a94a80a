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
  kind: 'releases' | 'repository' | 'clusters' | 'requests' | 'links';
}

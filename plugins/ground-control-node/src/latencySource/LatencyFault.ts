/**
 * Why a latency source gave no reading.
 *
 * - `unreachable`: no connection, or no answer in time.
 * - `forbidden`: it doesn't let us read (401 or 403).
 * - `failing`: it answers with what can't be used.
 *
 * @public
 */
export type LatencyFaultKind = 'unreachable' | 'forbidden' | 'failing';

/**
 * A latency source that can't be read. The message is shown to people: plain
 * words, and nothing of what the other side sent.
 *
 * @public
 */
export class LatencyFault extends Error {
  readonly kind: LatencyFaultKind;

  constructor(kind: LatencyFaultKind, message: string) {
    super(message);
    this.name = 'LatencyFault';
    this.kind = kind;
  }
}

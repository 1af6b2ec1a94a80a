/** Why a cluster's API gave no usable answer. */
export type KubeFaultKind =
  /** No connection: refused, reset, no route, no such host. */
  | 'unreachable'
  /** No answer in time. */
  | 'timed-out'
  /** It doesn't know our credentials, or we have none to show. */
  | 'unauthorized'
  | 'forbidden'
  /** It asks us to wait. */
  | 'throttled'
  /** What we know is too old to go on from. */
  | 'gone'
  | 'not-found'
  /** Its certificate isn't one that we trust, or is another host's. */
  | 'untrusted'
  | 'server-error'
  /** What it answers isn't what an API server answers. */
  | 'malformed';

/**
 * A classified fault of a cluster's API. The message is for people, in plain
 * words; nothing that the server sent is in it, since a server can send our
 * own credentials back to us.
 */
export class KubeFault extends Error {
  readonly kind: KubeFaultKind;
  /** How long the server asks us to wait. */
  readonly retryAfterMs?: number;

  constructor(
    kind: KubeFaultKind,
    message: string,
    options: { retryAfterMs?: number } = {},
  ) {
    super(message);
    this.name = 'KubeFault';
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }
}

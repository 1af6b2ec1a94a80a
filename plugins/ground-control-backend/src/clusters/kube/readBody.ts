import http from 'node:http';
import { classifyError } from './classifyError';
import { Deadline } from '../../lib/Deadline';
import { KubeFault } from './KubeFault';

/** What ends a body, told apart from a fault. */
export type BodyEnd = 'ended' | 'idle';

/**
 * Hands a body on piece by piece.
 *
 * @param options - `idleMs` says after each piece how long the next may take;
 * `onIdle` what is then done: a fault, or the end of reading
 * @throws KubeFault when it breaks off, or `onPiece` throws one; the signal's
 * reason when aborted
 */
export function readBody(
  response: http.IncomingMessage,
  options: {
    signal: AbortSignal;
    idleMs: () => number;
    onIdle: () => KubeFault | 'idle';
    totalMs?: number;
    onPiece: (piece: Buffer) => void;
  },
): Promise<BodyEnd> {
  const { signal, idleMs, onIdle, totalMs, onPiece } = options;
  return new Promise((resolve, reject) => {
    let isSettled = false;
    const deadlines: Deadline[] = [];
    const settle = (outcome: BodyEnd | unknown, isEnd: boolean) => {
      if (isSettled) return;
      isSettled = true;
      for (const deadline of deadlines) deadline.clear();
      if (isEnd) resolve(outcome as BodyEnd);
      else reject(signal.aborted ? signal.reason : classifyError(outcome));
      // Frees the connection of what isn't read to its end.
      if (!response.complete) response.destroy();
    };
    const idle = new Deadline(() => {
      const outcome = onIdle();
      settle(outcome, outcome === 'idle');
    });
    const total = new Deadline(() =>
      settle(
        new KubeFault('timed-out', 'Its answer did not end in time'),
        false,
      ),
    );
    deadlines.push(idle, total);
    idle.set(idleMs());
    if (totalMs !== undefined) total.set(totalMs);
    response.on('data', (piece: Buffer) => {
      if (isSettled) return;
      try {
        onPiece(piece);
      } catch (error) {
        settle(error, false);
        return;
      }
      idle.set(idleMs());
    });
    response.once('end', () => settle('ended', true));
    response.on('error', error => settle(error, false));
    response.once('close', () =>
      settle(new KubeFault('unreachable', 'The connection broke off'), false),
    );
  });
}

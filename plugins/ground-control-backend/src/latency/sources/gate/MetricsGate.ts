import http from 'node:http';
import https from 'node:https';
import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { LatencyFault } from '@ground-control/backstage-plugin-ground-control-node';
import { takeTurn } from '../../../lib/takeTurn';
import { describeError, describeStatus } from './describeFault';
import { ReadAccess } from './types';

const MIB = 1024 * 1024;
/** Two milliseconds of reading metrics; a socket has up to 64 KiB at once. */
const PIECE_BYTES = 32 * 1024;
/** The header has whole seconds, and an answer takes a while. */
const LEAST_SKEW_MS = 3_000;

/** What a gate is asked. */
export interface Question {
  url: string;
  /** All of it: connecting, waiting and reading. */
  timeoutMs: number;
  /** Of the answer, as it is after unpacking. */
  maxBytes: number;
  signal: AbortSignal;
  /** Called with each piece of the answer, in a turn of its own. */
  onPiece: (piece: Buffer) => void;
  now: number;
  /** What other statuses than 200 mean here; undefined for what they usually do. */
  describeStatus?: (status: number) => string | undefined;
}

/** How far the other side's clock is ahead of ours, as its answer says. */
function readSkew(date: string | undefined, now: number): number {
  const theirs = date === undefined ? NaN : Date.parse(date) + 500;
  const skew = theirs - now;
  return Math.abs(skew) < LEAST_SKEW_MS || Number.isNaN(skew) ? 0 : skew;
}

/**
 * The one way to what measures links. Only reads; every question is bounded in
 * time and memory, and whatever goes wrong is a LatencyFault.
 */
export class MetricsGate {
  constructor(private readonly readAccess: () => Promise<ReadAccess>) {}

  /**
   * @returns how many milliseconds its clock is ahead of ours
   * @throws LatencyFault, or the signal's reason when aborted
   */
  async read(question: Question): Promise<number> {
    const { signal, timeoutMs, now } = question;
    const access = await this.readAccess();
    const timeout = AbortSignal.timeout(timeoutMs);
    const either = AbortSignal.any([signal, timeout]);
    let hasBegun = false;
    try {
      const response = await this.open(question.url, access, either);
      hasBegun = true;
      const { statusCode = 0, headers } = response;
      if (statusCode !== 200) {
        response.destroy();
        const known = question.describeStatus?.(statusCode);
        throw known === undefined
          ? describeStatus(statusCode, access.isAnonymous)
          : new LatencyFault('failing', known);
      }
      await this.readBody(response, question, either);
      return readSkew(headers.date, now);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (timeout.aborted) {
        throw new LatencyFault(
          'unreachable',
          `${
            hasBegun
              ? 'It began to answer and did not come to the end'
              : 'It did not answer'
          } within ${timeoutMs / 1_000} s`,
        );
      }
      throw describeError(error);
    }
  }

  private open(
    url: string,
    access: ReadAccess,
    signal: AbortSignal,
  ): Promise<http.IncomingMessage> {
    return new Promise((resolve, reject) => {
      const isTls = url.startsWith('https:');
      const request = (isTls ? https : http).request(url, {
        method: 'GET',
        signal,
        agent: false,
        headers: {
          ...access.headers,
          accept: '*/*;q=0.5, application/json, text/plain',
          'accept-encoding': 'gzip',
          'user-agent': 'ground-control',
        },
        ...(isTls && access.tls),
      });
      request.once('response', resolve);
      request.on('error', reject);
      request.end();
    });
  }

  private async readBody(
    response: http.IncomingMessage,
    { maxBytes, onPiece }: Question,
    signal: AbortSignal,
  ) {
    let body: Readable = response;
    if (response.headers['content-encoding'] === 'gzip') {
      const unpacked = createGunzip();
      // A stream that is only piped doesn't hand its error on.
      response.on('error', error => unpacked.destroy(error));
      body = response.pipe(unpacked);
    }
    const stop = () => body.destroy(signal.reason);
    signal.addEventListener('abort', stop);
    try {
      let length = 0;
      for await (const piece of body) {
        length += piece.length;
        if (length > maxBytes) {
          throw new LatencyFault(
            'failing',
            `Its answer is larger than ${Math.round(
              maxBytes / MIB,
            )} MiB and was not read to its end`,
          );
        }
        // What arrived together would else be read in one go, and from
        // anything local that is all of it.
        for (let at = 0; at < piece.length; at += PIECE_BYTES) {
          await takeTurn();
          onPiece(piece.subarray(at, at + PIECE_BYTES));
        }
      }
      if (!response.complete) {
        throw new LatencyFault('unreachable', 'Its answer broke off');
      }
    } finally {
      signal.removeEventListener('abort', stop);
      response.destroy();
    }
  }
}

import { MetricsGate } from '../gate/MetricsGate';
import { MatrixSeries, parseMatrix } from './parseMatrix';

const MIB = 1024 * 1024;
/** Parsing it holds up the process for a good part of a second. */
const MOST_BYTES = 32 * MIB;

const STATUSES: Record<number, string> = {
  400: "It does not understand a query (400); check the queries' PromQL",
  422: "It can't evaluate a query (422): it is mistaken, or asks for more than it may",
  503: 'It gave a query up, or is only starting (503)',
};

/** One range query. Times are milliseconds since 1970 by our clock. */
export interface RangeQuestion {
  /** Of the Prometheus, without `/api/v1`. */
  url: string;
  query: string;
  start: number;
  end: number;
  step: number;
  /** How far its clock is ahead of ours, as far as that is known. */
  skewMs: number;
  timeoutMs: number;
  now: number;
  signal: AbortSignal;
}

/**
 * Asks a Prometheus one range query.
 *
 * @returns series with times by its clock, and how far that is ahead of ours
 * @throws LatencyFault, or the signal's reason when aborted
 */
export async function askRange(
  gate: MetricsGate,
  question: RangeQuestion,
): Promise<{ skewMs: number; series: MatrixSeries[] }> {
  const { url, query, timeoutMs, now, signal } = question;
  const toTheirs = (at: number) => String((at + question.skewMs) / 1_000);
  const search = new URLSearchParams({
    query,
    start: toTheirs(question.start),
    end: toTheirs(question.end),
    step: String(question.step / 1_000),
    timeout: `${timeoutMs / 1_000}s`,
  });
  const pieces: Buffer[] = [];
  const skewMs = await gate.read({
    url: `${url}/api/v1/query_range?${search}`,
    timeoutMs,
    maxBytes: MOST_BYTES,
    signal,
    now,
    onPiece: piece => pieces.push(piece),
    describeStatus: status => STATUSES[status],
  });
  return {
    skewMs,
    series: parseMatrix(Buffer.concat(pieces).toString('utf8')),
  };
}

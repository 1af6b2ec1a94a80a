import {
  LatencyFault,
  LatencyReading,
  LatencySource,
} from '@ground-control/backstage-plugin-ground-control-node';
import { isError } from '@backstage/errors';
import { FindPeriod } from './sources/scrape/types';
import { LatencyMetrics } from './LatencyMetrics';

/** What came of asking a source. */
export type ReadOutcome = { reader: SourceReader; endedAt: number } & (
  | { reading: LatencyReading }
  | { fault: LatencyFault }
);

/** Beyond it a source is given up, whatever limits it has of its own. */
const LONGEST_READ_MS = 120_000;

function toFault(error: unknown): LatencyFault {
  if (isError(error) && error.name === 'LatencyFault') {
    return error as unknown as LatencyFault;
  }
  return new LatencyFault(
    'failing',
    'It could not be read; the log of the backend has more',
  );
}

/**
 * Asks one source again and again, never twice at once, and beside all others:
 * one that hangs holds up nothing but itself.
 */
export class SourceReader {
  readonly source: LatencySource;
  /** `until` of the last reading. */
  until?: number;
  private dueAt = 0;
  private hasBegun = false;
  private running?: AbortController;

  constructor(
    source: LatencySource,
    private readonly options: {
      metrics: LatencyMetrics;
      onOutcome: (outcome: ReadOutcome) => void;
      onUnknownError: (error: unknown, source: LatencySource) => void;
      /**
       * From its first reading to the second, as a part of its interval. All
       * are asked at once in the beginning; fifty that went on like that would
       * hold up everybody else each time.
       */
      phase?: number;
      /** Told to those of ours that don't know it themselves. */
      findPeriod?: FindPeriod;
    },
  ) {
    this.source = source;
  }

  /** Asks it, if it is time to. */
  poll(now: number, since: number): void {
    if (this.running) return;
    const wait = this.dueAt - now;
    // A longer one is left of a clock that was set back since.
    if (wait > 0 && wait <= this.source.intervalMs) return;
    const { phase = 1 } = this.options;
    const part = this.hasBegun ? 1 : phase;
    this.hasBegun = true;
    this.dueAt = now + Math.round(this.source.intervalMs * part);
    const controller = new AbortController();
    this.running = controller;
    void this.read(controller, now, this.until ?? since);
  }

  /** Ends what is under way; its outcome is dropped. */
  cancel(): void {
    this.running?.abort();
    this.running = undefined;
    this.dueAt = 0;
    this.hasBegun = false;
    this.until = undefined;
  }

  private async read(controller: AbortController, now: number, since: number) {
    const { metrics, onOutcome, onUnknownError, findPeriod } = this.options;
    const { source } = this;
    const begun = performance.now();
    const timeout = AbortSignal.timeout(LONGEST_READ_MS);
    const signal = AbortSignal.any([controller.signal, timeout]);
    let outcome: { reading: LatencyReading } | { fault: LatencyFault };
    try {
      const asked = { since, now, signal, findPeriod };
      outcome = { reading: await source.read(asked) };
    } catch (error) {
      if (controller.signal.aborted) return;
      outcome = timeout.aborted
        ? {
            fault: new LatencyFault(
              'unreachable',
              `It was not read within ${LONGEST_READ_MS / 1_000} s`,
            ),
          }
        : { fault: toFault(error) };
      if (!timeout.aborted && (error as Error)?.name !== 'LatencyFault') {
        onUnknownError(error, source);
      }
    }
    if (this.running !== controller) return;
    this.running = undefined;
    metrics.read({
      source: source.id,
      outcome: 'reading' in outcome ? 'ok' : outcome.fault.kind,
      milliseconds: performance.now() - begun,
    });
    if ('reading' in outcome) {
      this.until = outcome.reading.until;
      if (outcome.reading.more) this.dueAt = 0;
    }
    onOutcome({ reader: this, endedAt: Date.now(), ...outcome });
  }
}

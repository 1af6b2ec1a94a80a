import { StringDecoder } from 'node:string_decoder';
import { LatencyFault } from '@ground-control/backstage-plugin-ground-control-node';
import { MetricSample, parseMetricLine } from './parseMetricLine';

const LONGEST_LINE = 16 * 1024;

/**
 * Reads metrics text while it arrives, and holds no more of it than a line.
 *
 * What is broken in the middle of the text was not written by a metrics
 * library, and what it counts can't be trusted: the whole text is refused.
 */
export class MetricsText {
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';
  private line = 0;
  private found = 0;

  constructor(
    private readonly options: {
      isWanted: (name: string) => boolean;
      onSample: (sample: MetricSample) => void;
      /** Samples that are wanted; more are refused. */
      mostSamples: number;
    },
  ) {}

  /** @throws LatencyFault for what isn't metrics text */
  feed(piece: Buffer): void {
    const text = this.rest + this.decoder.write(piece);
    let start = 0;
    for (;;) {
      const end = text.indexOf('\n', start);
      if (end === -1) break;
      this.take(text, start, end);
      start = end + 1;
    }
    this.rest = text.slice(start);
    if (this.rest.length > LONGEST_LINE) this.refuseLine();
  }

  /**
   * To be called when the text has ended.
   *
   * @throws LatencyFault where it ended in the middle of a line
   */
  end(): void {
    if (this.rest + this.decoder.end() !== '') {
      throw new LatencyFault(
        'failing',
        `Its metrics are cut off in the middle: line ${
          this.line + 1
        } has no end`,
      );
    }
    if (this.line === 0) {
      throw new LatencyFault(
        'failing',
        'It sent nothing where metrics should be',
      );
    }
  }

  private take(text: string, start: number, end: number) {
    this.line += 1;
    if (end === start || text[start] === '#') return;
    if (end - start > LONGEST_LINE) this.refuseLine();
    const stop = text[end - 1] === '\r' ? end - 1 : end;
    const sample = parseMetricLine(
      text.slice(start, Math.max(start, stop)),
      this.options.isWanted,
    );
    if (sample === undefined) return;
    if (sample === 'fault') {
      throw new LatencyFault(
        'failing',
        `Line ${this.line} of what it sent is not a line of metrics; check that its address is that of metrics`,
      );
    }
    this.found += 1;
    if (this.found > this.options.mostSamples) {
      throw new LatencyFault(
        'failing',
        `It has more than ${this.options.mostSamples} values of links, which is more than is read from one place`,
      );
    }
    this.options.onSample(sample);
  }

  private refuseLine(): never {
    throw new LatencyFault(
      'failing',
      `Line ${
        this.line + 1
      } of what it sent is longer than ${LONGEST_LINE} characters; check that its address is that of metrics`,
    );
  }
}

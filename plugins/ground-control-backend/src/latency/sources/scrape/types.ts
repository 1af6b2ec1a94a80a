import { LatencySeries } from '@ground-control/backstage-plugin-ground-control-node';
import { MetricSample } from '../../metricsText/parseMetricLine';
import { MomentCollector } from '../collect/MomentCollector';

/** How often the Link says that it is probed, in milliseconds. */
export type FindPeriod = (from: string, to: string) => number | undefined;

/** What a profile needs to know of the source. */
export interface ScrapeContext {
  /** The source cluster, as configured. */
  cluster: string;
  /** The target cluster, where what is scraped doesn't name it. */
  target?: string;
  /** A label that names the source cluster, where several are read together. */
  sourceLabel?: string;
  /** From one reading to the next. */
  readMs: number;
  findPeriod?: FindPeriod;
}

/** How metrics of one kind say what they measured of links. */
export interface ScrapeProfile {
  id: string;
  /** Names of metrics that are read. */
  names: readonly string[];
  counting: LatencySeries['counting'];
  lossAtLeast: boolean;
  /** Where the last failures are told, from the address of the metrics. */
  failuresPath?: string;
  /** One for each reading. */
  begin(context: ScrapeContext): ScrapeTake;
}

/** One reading of a profile. */
export interface ScrapeTake {
  collector: MomentCollector;
  /** The source clusters that it says it is. */
  sources: Set<string>;
  /** When its counters began, seconds since 1970 by its own clock. */
  startedAt?: number;
  take(sample: MetricSample): void;
  /** What is probed, for people. */
  describe(intervalMs: number | undefined): string;
  /** Called when all samples were taken. */
  end?(): void;
}

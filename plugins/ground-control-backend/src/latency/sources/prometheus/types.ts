import { FindPeriod, ScrapeProfile, ScrapeTake } from '../scrape/types';

/** What is asked of Prometheus, and how its answers are read. */
export interface PrometheusQuestions {
  profile: Pick<ScrapeProfile, 'lossAtLeast'>;
  /**
   * PromQL whose series are counters, as they are; `name` stands in for the
   * metric's name, which an expression has lost.
   */
  queries: Array<{ query: string; name?: string }>;
  /** Begins to read one moment. */
  begin(findPeriod?: FindPeriod): ScrapeTake;
}

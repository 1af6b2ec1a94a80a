import { ScrapeProfile } from '../scrape/types';
import { PrometheusQuestions } from './types';

/** A process's own start isn't a link's. */
const NOT_OF_LINKS = /^process_/;

/**
 * Asks for the metrics of a profile as Prometheus has collected them.
 *
 * @param options - `selector`: more matchers, such as `job="probe"`
 */
export function profileQuestions(
  profile: ScrapeProfile,
  options: {
    selector?: string;
    cluster?: string;
    sourceLabel?: string;
    readMs: number;
  },
): PrometheusQuestions {
  const { selector, cluster = '', sourceLabel, readMs } = options;
  const names = profile.names.filter(name => !NOT_OF_LINKS.test(name));
  const matchers = [`__name__=~"${names.join('|')}"`, selector]
    .filter(Boolean)
    .join(',');
  return {
    profile,
    queries: [{ query: `{${matchers}}` }],
    begin: findPeriod =>
      profile.begin({ cluster, sourceLabel, readMs, findPeriod }),
  };
}

import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { LatencySource } from '@ground-control/backstage-plugin-ground-control-node';
import { readInterval } from '../../lib/readInterval';
import { SourceAccess } from '../sources/gate/readAuthorization';
import { ownQuestions } from '../sources/prometheus/ownQuestions';
import { profileQuestions } from '../sources/prometheus/profileQuestions';
import { PrometheusSource } from '../sources/prometheus/PrometheusSource';
import { scrapeProfiles } from '../sources/scrape/profiles';
import { ScrapeSource } from '../sources/scrape/ScrapeSource';
import { PrometheusConfig, ScrapeConfig } from './schema';

/** A link that breaks is to be seen within 15 s. */
const SCRAPE_INTERVAL_MS = 5_000;
const SCRAPE_TIMEOUT_MS = 4_000;
const PROMETHEUS_INTERVAL_MS = 15_000;
const PROMETHEUS_TIMEOUT_MS = 30_000;

interface Place {
  /** The path of the entry, for errors. */
  where: string;
  config: Config;
}

function toAccess(entry: ScrapeConfig | PrometheusConfig): SourceAccess {
  const { authorization, caFile, skipTlsVerify } = entry;
  return { ...authorization, caFile, skipTlsVerify };
}

function findProfile(id: string) {
  const profile = scrapeProfiles.find(one => one.id === id);
  if (!profile) throw new InputError(`There is no profile ${id}`);
  return profile;
}

function createScrape(entry: ScrapeConfig, { where, config }: Place) {
  const { cluster, target, url, profile } = entry;
  if ((profile === 'blackbox') !== (target !== undefined)) {
    throw new InputError(
      profile === 'blackbox'
        ? `${where}.target is missing: blackbox_exporter doesn't name the target cluster`
        : `${where} has target, which only the profile blackbox needs`,
    );
  }
  return new ScrapeSource({
    cluster,
    target,
    url,
    profile: findProfile(profile),
    access: toAccess(entry),
    intervalMs: readInterval(config, {
      where,
      key: 'interval',
      fallback: SCRAPE_INTERVAL_MS,
    }),
    timeoutMs: readInterval(config, {
      where,
      key: 'timeout',
      fallback: SCRAPE_TIMEOUT_MS,
    }),
  });
}

function createQuestions(
  entry: PrometheusConfig,
  where: string,
  readMs: number,
) {
  const { queries, profile = 'probe', labels, unit, lossAtLeast } = entry;
  const { probe, selector, cluster, sourceLabel } = entry;
  if (queries) {
    if (entry.profile || selector) {
      throw new InputError(
        `${where} has queries, and profile or selector beside them; leave one`,
      );
    }
    return ownQuestions(queries, {
      labels: labels ?? { from: 'source', to: 'target' },
      unit,
      lossAtLeast,
      probe,
    });
  }
  if (
    profile === 'linkerd' &&
    (cluster === undefined) === (sourceLabel === undefined)
  ) {
    throw new InputError(
      `${where} needs either cluster or sourceLabel: Linkerd's metrics don't name the source cluster`,
    );
  }
  return profileQuestions(findProfile(profile), {
    selector,
    cluster,
    sourceLabel,
    readMs,
  });
}

function createPrometheus(entry: PrometheusConfig, { where, config }: Place) {
  const { name, url, clusters, cluster } = entry;
  const intervalMs = readInterval(config, {
    where,
    key: 'interval',
    fallback: PROMETHEUS_INTERVAL_MS,
  });
  return new PrometheusSource({
    name,
    url: url.replace(/\/+$/, ''),
    clusters: clusters ?? (cluster === undefined ? undefined : [cluster]),
    questions: createQuestions(entry, where, intervalMs),
    access: toAccess(entry),
    intervalMs,
    timeoutMs: readInterval(config, {
      where,
      key: 'timeout',
      fallback: PROMETHEUS_TIMEOUT_MS,
    }),
  });
}

/** Two entries of one place are told apart by their number. */
function numberTwins(sources: LatencySource[]): LatencySource[] {
  const counts = new Map<string, number>();
  return sources.map(source => {
    const count = (counts.get(source.id) ?? 0) + 1;
    counts.set(source.id, count);
    if (count === 1) return source;
    const id = `${source.id}#${count}`;
    const label = `${source.label} (entry ${count})`;
    return Object.assign(source, { id, label });
  });
}

/**
 * Makes the configured sources. Two that measure the same are no fault here:
 * what the first of them says counts, and it is told as a problem.
 *
 * @param options - `configs`: the same entries, for lengths of time
 */
export function createSources(
  entries: Array<ScrapeConfig | PrometheusConfig>,
  options: { where: string; configs: Config[] },
): LatencySource[] {
  return numberTwins(
    entries.map((entry, i) => {
      const place = {
        where: `${options.where}[${i}]`,
        config: options.configs[i],
      };
      return entry.type === 'scrape'
        ? createScrape(entry, place)
        : createPrometheus(entry, place);
    }),
  );
}

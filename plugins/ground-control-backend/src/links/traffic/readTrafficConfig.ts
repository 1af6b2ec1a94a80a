import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { parseConfig } from '../../clusters/locate/parseConfig';
import { readInterval } from '../../lib/readInterval';
import { PrometheusTraffic } from './PrometheusTraffic';
import { TrafficConfig, trafficSchema } from './schema';
import { ScrapeTraffic } from './ScrapeTraffic';
import { TrafficSource } from './types';

const WHERE = 'groundControl.linkTraffic';
const INTERVAL_MS = 30_000;
const SCRAPE_INTERVAL_MS = 15_000;
const TIMEOUT_MS = 10_000;

function createSource(
  entry: TrafficConfig,
  { where, config }: { where: string; config: Config },
): TrafficSource {
  const { authorization, caFile, skipTlsVerify } = entry;
  const access = { ...authorization, caFile, skipTlsVerify };
  const isScrape = entry.type === 'scrape';
  const intervalMs = readInterval(config, {
    where,
    key: 'interval',
    fallback: isScrape ? SCRAPE_INTERVAL_MS : INTERVAL_MS,
  });
  const timeoutMs = readInterval(config, {
    where,
    key: 'timeout',
    fallback: TIMEOUT_MS,
  });
  if (isScrape) {
    const { cluster, url } = entry;
    return new ScrapeTraffic({ cluster, url, intervalMs, timeoutMs, access });
  }
  const { name, cluster, sourceLabel, selector } = entry;
  if ((cluster === undefined) === (sourceLabel === undefined)) {
    throw new InputError(
      `${where} needs either cluster or sourceLabel: Linkerd's metrics don't name the source cluster`,
    );
  }
  return new PrometheusTraffic({
    name,
    url: entry.url.replace(/\/+$/, ''),
    from: cluster === undefined ? { label: sourceLabel! } : { cluster },
    selector,
    intervalMs,
    timeoutMs,
    access,
  });
}

/**
 * Reads `groundControl.linkTraffic`; without it calls aren't counted.
 *
 * @throws InputError that names the place and no secret
 */
export function readTrafficConfig(rootConfig: Config): TrafficSource[] {
  const entries = parseConfig(trafficSchema, {
    where: WHERE,
    value: rootConfig.getOptional(WHERE) ?? [],
  });
  const configs = rootConfig.getOptionalConfigArray(WHERE) ?? [];
  const sources = entries.map((entry, i) =>
    createSource(entry, { where: `${WHERE}[${i}]`, config: configs[i] }),
  );
  const ids = sources.map(({ id }) => id);
  const twice = ids.findIndex((id, at) => ids.indexOf(id) < at);
  if (twice >= 0) {
    throw new InputError(
      `${WHERE}[${twice}] is the second of its ${
        entries[twice].type === 'scrape' ? 'cluster' : 'name'
      }; give each its own`,
    );
  }
  return sources;
}

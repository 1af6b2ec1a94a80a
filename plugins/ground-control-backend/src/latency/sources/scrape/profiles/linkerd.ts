import { MomentCollector, Part } from '../../collect/MomentCollector';
import { parseBound } from '../../collect/parseBound';
import { formatEvery } from '../formatEvery';
import { ScrapeProfile } from '../types';

const PARTS: Record<string, Part> = {
  gateway_probe_latency_ms_bucket: 'bucket',
  gateway_probe_latency_ms_count: 'count',
  gateway_alive: 'alive',
};
const PROBES = 'gateway_probes';
const STARTED = 'process_start_time_seconds';
/** Of a Link that isn't known; Linkerd doesn't say it with what it measures. */
const USUAL_PERIOD_MS = 3_000;

/**
 * The metrics of Linkerd's service mirror. Its gauge of the latency is left
 * alone: it keeps its last value when the link is dead.
 */
export const linkerdProfile: ScrapeProfile = {
  id: 'linkerd',
  names: [...Object.keys(PARTS), PROBES, STARTED],
  counting: 'running',
  // Failures below the threshold aren't counted.
  lossAtLeast: true,
  begin({ cluster, sourceLabel, findPeriod }) {
    const collector = new MomentCollector();
    return {
      collector,
      sources: new Set<string>(sourceLabel ? [] : [cluster]),
      take({ name, labels, value }) {
        if (name === STARTED) {
          this.startedAt = value;
          return;
        }
        const { target_cluster_name: to = '', instance = '' } = labels;
        const from = sourceLabel ? labels[sourceLabel] ?? '' : cluster;
        const pair = { from, to, counter: instance };
        if (name === PROBES) {
          const isOk = labels.probe_successful === 'true';
          collector.add(pair, isOk ? 'ok' : 'failed', value);
          return;
        }
        collector.add(pair, PARTS[name], value, parseBound(labels.le) / 1_000);
        const period = findPeriod?.(from, to) ?? USUAL_PERIOD_MS;
        collector.add(pair, 'interval', period / 1_000);
      },
      describe: intervalMs => `Linkerd gateway${formatEvery(intervalMs)}`,
    };
  },
};

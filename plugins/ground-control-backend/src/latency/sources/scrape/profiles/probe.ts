import { MetricSample } from '../../../metricsText/parseMetricLine';
import {
  MomentCollector,
  PairLabels,
  Part,
} from '../../collect/MomentCollector';
import { parseBound } from '../../collect/parseBound';
import { formatEvery } from '../formatEvery';
import { ScrapeProfile } from '../types';

const PREFIX = 'backbone_gateway_probe';

const PARTS: Record<string, Part> = {
  [`${PREFIX}_duration_seconds_bucket`]: 'bucket',
  [`${PREFIX}_duration_seconds_count`]: 'count',
  [`${PREFIX}_success`]: 'lastOk',
  [`${PREFIX}_last_success_timestamp_seconds`]: 'lastSuccess',
  [`${PREFIX}_interval_seconds`]: 'interval',
};
const PROBES = `${PREFIX}s_total`;
const INFO = `${PREFIX}_info`;
const STARTED = 'process_start_time_seconds';

function toLabels({ labels }: MetricSample): PairLabels {
  const { source, target, source_provider, target_provider } = labels;
  // Where Prometheus has them of several processes.
  const { instance, pod } = labels;
  return {
    from: source ?? '',
    to: target ?? '',
    ...(source_provider && { fromProvider: source_provider }),
    ...(target_provider && { toProvider: target_provider }),
    counter: `${source_provider ?? ''}/${target_provider ?? ''}/${
      instance ?? ''
    }/${pod ?? ''}`,
  };
}

/** The metrics of backbone-gateway-probe. */
export const probeProfile: ScrapeProfile = {
  id: 'probe',
  names: [...Object.keys(PARTS), PROBES, INFO, STARTED],
  counting: 'running',
  lossAtLeast: false,
  failuresPath: 'failures',
  begin() {
    const collector = new MomentCollector();
    const sources = new Set<string>();
    return {
      collector,
      sources,
      take(sample) {
        const { name, labels, value } = sample;
        if (name === STARTED) {
          this.startedAt = value;
          return;
        }
        if (labels.source) sources.add(labels.source);
        if (name === INFO) return;
        if (name === PROBES) {
          const part = labels.result === 'success' ? 'ok' : 'failed';
          collector.add(toLabels(sample), part, value);
          return;
        }
        collector.add(
          toLabels(sample),
          PARTS[name],
          value,
          parseBound(labels.le),
        );
      },
      describe: intervalMs =>
        `backbone-gateway-probe${formatEvery(intervalMs)}`,
    };
  },
};

import { MomentCollector } from '../../collect/MomentCollector';
import { formatEvery } from '../formatEvery';
import { ScrapeProfile } from '../types';

/** In seconds; it gives single values, which we count in buckets of our own. */
const BOUNDS = [
  0.001,
  0.0025,
  0.005,
  0.0075,
  0.01,
  0.015,
  0.02,
  0.025,
  0.03,
  0.035,
  0.04,
  0.05,
  0.06,
  0.075,
  0.09,
  0.11,
  0.135,
  0.165,
  0.2,
  0.25,
  0.35,
  0.5,
  0.75,
  1,
  1.5,
  2.5,
  5,
  10,
  Infinity,
];

const DNS = 'probe_dns_lookup_time_seconds';

/** A name server isn't on the link: what it took doesn't count. */
function withoutDns(seconds: number, dns: number): number {
  if (!Number.isFinite(seconds) || seconds < 0) return NaN;
  const isKnown = Number.isFinite(dns) && dns > 0;
  return isKnown ? Math.max(0, seconds - dns) : seconds;
}

/**
 * The metrics of blackbox_exporter: each reading of its `/probe` is one probe.
 */
export const blackboxProfile: ScrapeProfile = {
  id: 'blackbox',
  names: ['probe_success', 'probe_duration_seconds', DNS],
  counting: 'each',
  lossAtLeast: false,
  begin({ cluster, target = '', readMs }) {
    const collector = new MomentCollector();
    const pair = { from: cluster, to: target, counter: '' };
    let success: number | undefined;
    let whole = NaN;
    let dns = NaN;
    return {
      collector,
      sources: new Set([cluster]),
      take({ name, value }) {
        if (name === 'probe_success') success = value;
        else if (name === DNS) dns = value;
        else whole = value;
      },
      end() {
        if (success === undefined) return;
        const isOk = success === 1;
        const seconds = withoutDns(whole, dns);
        collector.add(pair, 'interval', readMs / 1_000);
        collector.add(pair, 'lastOk', isOk ? 1 : 0);
        collector.add(pair, 'ok', isOk ? 1 : 0);
        collector.add(pair, 'failed', isOk ? 0 : 1);
        for (const bound of BOUNDS) {
          collector.add(
            pair,
            'bucket',
            isOk && seconds <= bound ? 1 : 0,
            bound,
          );
        }
      },
      describe: intervalMs => `blackbox_exporter${formatEvery(intervalMs)}`,
    };
  },
};

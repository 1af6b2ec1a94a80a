import { MomentCollector, Part } from '../collect/MomentCollector';
import { parseBound } from '../collect/parseBound';
import { formatEvery } from '../scrape/formatEvery';
import { PrometheusQuestions } from './types';

/** PromQL of the company's own; each gives counters, not rates. */
export interface OwnQueries {
  /** Buckets of answered probes, with the label `le`. */
  buckets: string;
  ok?: string;
  failed?: string;
  /** Seconds since 1970. */
  lastSuccess?: string;
  /** 1 or 0. */
  alive?: string;
  /** Seconds from one probe to the next. */
  interval?: string;
}

const PARTS: Record<keyof OwnQueries, Part> = {
  buckets: 'bucket',
  ok: 'ok',
  failed: 'failed',
  lastSuccess: 'lastSuccess',
  alive: 'alive',
  interval: 'interval',
};

/** Asks the company's own queries. */
export function ownQuestions(
  queries: OwnQueries,
  options: {
    /** Labels that name the clusters. */
    labels: { from: string; to: string };
    /** Of the bounds of buckets. */
    unit: 's' | 'ms';
    lossAtLeast: boolean;
    probe: string;
  },
): PrometheusQuestions {
  const { labels: names, unit, lossAtLeast, probe } = options;
  const scale = unit === 'ms' ? 1_000 : 1;
  return {
    profile: { lossAtLeast },
    queries: Object.entries(queries).flatMap(([name, query]) =>
      query === undefined ? [] : [{ query, name }],
    ),
    begin() {
      const collector = new MomentCollector();
      return {
        collector,
        sources: new Set<string>(),
        take({ name, labels, value }) {
          const pair = {
            from: labels[names.from] ?? '',
            to: labels[names.to] ?? '',
            counter: labels.instance ?? '',
          };
          const le = parseBound(labels.le) / scale;
          collector.add(pair, PARTS[name as keyof OwnQueries], value, le);
        },
        describe: intervalMs => `${probe}${formatEvery(intervalMs)}`,
      };
    },
  };
}

import {
  readAuthorization,
  SourceAccess,
} from '../../latency/sources/gate/readAuthorization';
import { MetricsGate } from '../../latency/sources/gate/MetricsGate';
import { askRange } from '../../latency/sources/prometheus/askRange';
import { TrafficCall } from '../calls/types';
import { TrafficPart, TrafficTable, WORKLOAD_LABELS } from './TrafficTable';
import { TrafficSource } from './types';

export interface PrometheusTrafficSettings {
  name: string;
  /** Without `/api/v1`. */
  url: string;
  /** Who calls: one cluster, or the label that names it. */
  from: { cluster: string } | { label: string };
  /** More matchers of its series, such as `job="linkerd-proxy"`. */
  selector?: string;
  intervalMs: number;
  timeoutMs: number;
  access: SourceAccess;
}

/** As long as the shortest window of links. */
const RANGE = '5m';
const STEP_MS = 60_000;

/** PromQL of what Linkerd's proxies count of calls over links. */
export function formatQueries(options: {
  label?: string;
  selector?: string;
}): Record<TrafficPart, string> {
  const { label, selector } = options;
  const by = [
    ...(label === undefined ? [] : [label]),
    'namespace',
    ...WORKLOAD_LABELS,
    'dst_target_cluster',
    'dst_target_service',
    'dst_target_service_namespace',
  ];
  const rate = (metric: string, matchers: string[], labels = by) =>
    `sum by (${labels.join(', ')}) (rate(${metric}{${[
      'direction="outbound"',
      'dst_target_cluster!=""',
      ...matchers,
      ...(selector === undefined ? [] : [selector]),
    ].join(',')}}[${RANGE}]))`;
  const latency = rate('response_latency_ms_bucket', [], [...by, 'le']);
  return {
    requests: rate('request_total', []),
    answers: rate('response_total', []),
    failures: rate('response_total', ['classification="failure"']),
    p95: `histogram_quantile(0.95, ${latency})`,
  };
}

/** Reads from a Prometheus what Linkerd counted of calls over links. */
export class PrometheusTraffic implements TrafficSource {
  readonly id: string;
  readonly label: string;
  readonly intervalMs: number;
  private readonly gate: MetricsGate;
  private skewMs = 0;

  constructor(private readonly settings: PrometheusTrafficSettings) {
    this.id = `prometheus/${settings.name}`;
    this.label = `Prometheus ${settings.name}`;
    this.intervalMs = settings.intervalMs;
    this.gate = new MetricsGate(() => readAuthorization(settings.access));
  }

  async read(options: {
    now: number;
    signal: AbortSignal;
  }): Promise<TrafficCall[]> {
    const { url, from, selector, timeoutMs } = this.settings;
    const label = 'label' in from ? from.label : undefined;
    const queries = formatQueries({ label, selector });
    const table = new TrafficTable();
    for (const [part, query] of Object.entries(queries)) {
      for (const { labels, values } of await this.ask(
        { url, query, timeoutMs },
        options,
      )) {
        const value = values.at(-1)?.[1] ?? NaN;
        const cluster =
          'cluster' in from ? from.cluster : labels[from.label] ?? undefined;
        table.add(cluster, labels, part as TrafficPart, value);
      }
    }
    return table.finish();
  }

  private async ask(
    question: { url: string; query: string; timeoutMs: number },
    { now, signal }: { now: number; signal: AbortSignal },
  ) {
    const ask = () =>
      askRange(this.gate, {
        ...question,
        start: now,
        end: now,
        step: STEP_MS,
        skewMs: this.skewMs,
        now,
        signal,
      });
    const first = await ask();
    if (Math.abs(first.skewMs - this.skewMs) <= 5_000) return first.series;
    this.skewMs = first.skewMs;
    return (await ask()).series;
  }
}

import type { MetricObjectWithValues, MetricValue } from 'prom-client';

type LabelValue = string | number | undefined;

function escapeValue(value: LabelValue): string {
  return String(value)
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('"', '\\"');
}

function formatNumber(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}

type Read = MetricObjectWithValues<MetricValue<string>>;

/** The two lines before a metric's samples. */
export function formatHead({ name, help, type }: Read): string {
  const text = help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return `# HELP ${name} ${text}\n# TYPE ${name} ${type}\n`;
}

/** A metric's samples in Prometheus' text format, a line each. */
export function formatSamples({ name, values }: Read): string {
  let text = '';
  for (const { metricName, labels, value } of values as (MetricValue<string> & {
    metricName?: string;
  })[]) {
    const pairs = Object.entries(labels).map(
      ([key, label]) => `${key}="${escapeValue(label)}"`,
    );
    const within = pairs.length > 0 ? `{${pairs.join(',')}}` : '';
    text += `${metricName ?? name}${within} ${formatNumber(value)}\n`;
  }
  return text;
}

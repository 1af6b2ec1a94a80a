import { LatencyFault } from '@ground-control/backstage-plugin-ground-control-node';
import { z } from 'zod';

/** One series of an answer: its labels, and values by time in seconds. */
export interface MatrixSeries {
  labels: Record<string, string>;
  values: Array<[number, number]>;
}

const envelope = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    // Checked below: there can be a million values.
    result: z.array(z.unknown()),
  }),
});

const NUMBERS: Record<string, number> = {
  '+Inf': Infinity,
  '-Inf': -Infinity,
  NaN,
};

function parseValue(value: unknown): [number, number] | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [at, text] = value;
  if (typeof at !== 'number' || typeof text !== 'string') return undefined;
  return [at, NUMBERS[text] ?? Number(text)];
}

function parseSeries(series: unknown): MatrixSeries | undefined {
  if (typeof series !== 'object' || series === null) return undefined;
  const { metric, values } = series as Record<string, unknown>;
  if (typeof metric !== 'object' || metric === null) return undefined;
  // A native histogram has no values of this kind.
  if (!Array.isArray(values)) return undefined;
  const labels: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(metric)) {
    if (typeof value !== 'string') return undefined;
    labels[name] = value;
  }
  const parsed = values.map(parseValue);
  return parsed.every(value => value !== undefined)
    ? { labels, values: parsed as Array<[number, number]> }
    : undefined;
}

/**
 * Reads the answer of Prometheus to a range query.
 *
 * @throws LatencyFault for any other answer
 */
export function parseMatrix(text: string): MatrixSeries[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new LatencyFault(
      'failing',
      'It sent something that is not JSON; check that its address is that of Prometheus, without /api/v1',
    );
  }
  const parsed = envelope.safeParse(json);
  if (!parsed.success) {
    throw new LatencyFault(
      'failing',
      "It sent something else than the answer to a range query; check that its address is that of Prometheus, and that the queries aren't constants",
    );
  }
  return parsed.data.data.result.map(one => {
    const series = parseSeries(one);
    if (series) return series;
    throw new LatencyFault(
      'failing',
      'It sent a series without plain values; native histograms are not read',
    );
  });
}

/** What a probe counted of a target so far. */
export interface ProbeTarget {
  target: string;
  /** How long answers took, in ms, and how many. */
  answered?: Record<number, number>;
  lost?: Record<string, number>;
  lastOk?: boolean;
  lastSuccess?: number;
}

const BOUNDS = [0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.1, 0.5];

/** Metrics of backbone-gateway-probe, as it writes them. */
export function formatProbe(
  source: string,
  targets: ProbeTarget[],
  options: { startedAt?: number; intervalS?: number; bounds?: number[] } = {},
): string {
  const { startedAt, intervalS = 5, bounds = BOUNDS } = options;
  const lines = [
    `backbone_gateway_probe_info{source="${source}",source_provider="aws"} 1`,
  ];
  for (const { target, answered = {}, lost = {}, ...last } of targets) {
    const pair = `source="${source}",target="${target}",source_provider="aws",target_provider="gcp"`;
    const takes = Object.entries(answered);
    const count = takes.reduce((sum, [, times]) => sum + times, 0);
    const name = 'backbone_gateway_probe_duration_seconds';
    for (const le of bounds) {
      const below = takes.reduce(
        (sum, [ms, times]) => (Number(ms) / 1_000 <= le ? sum + times : sum),
        0,
      );
      lines.push(`${name}_bucket{le="${le}",${pair}} ${below}`);
    }
    lines.push(`${name}_bucket{le="+Inf",${pair}} ${count}`);
    lines.push(`${name}_sum{${pair}} 1.5`, `${name}_count{${pair}} ${count}`);
    const probes = 'backbone_gateway_probes_total';
    lines.push(`${probes}{${pair},result="success"} ${count}`);
    for (const [result, times] of Object.entries(lost)) {
      lines.push(`${probes}{${pair},result="${result}"} ${times}`);
    }
    lines.push(`backbone_gateway_probe_interval_seconds{${pair}} ${intervalS}`);
    if (last.lastOk !== undefined) {
      lines.push(
        `backbone_gateway_probe_success{${pair}} ${last.lastOk ? 1 : 0}`,
      );
    }
    if (last.lastSuccess !== undefined) {
      lines.push(
        `backbone_gateway_probe_last_success_timestamp_seconds{${pair}} ${last.lastSuccess}`,
      );
    }
  }
  if (startedAt !== undefined) {
    lines.push(`process_start_time_seconds ${startedAt}`);
  }
  return `${lines.join('\n')}\n`;
}

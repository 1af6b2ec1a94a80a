/** Failures in a row before one counts at all, as the Links say. */
const FAILURE_THRESHOLD = 3;

/** Upper bounds in milliseconds: 1 to 5, and the same ten times as wide. */
export const BOUNDS = [1, 10, 100, 1000, 10_000].flatMap(decade =>
  [1, 2, 3, 4, 5].map(step => step * decade),
);

/** What Linkerd's service mirror keeps of a gateway. */
export interface GatewayFigures {
  /** False also before the first probe. */
  isAlive: boolean;
  /** Of the last success, however long ago; nothing before the first. */
  latencyMs: number | undefined;
  /** Successes by bucket, the last above all bounds. */
  counts: number[];
  sumMs: number;
  succeeded: number;
  failed: number;
  failuresInARow: number;
}

export function noFigures(): GatewayFigures {
  return {
    isAlive: false,
    latencyMs: undefined,
    counts: [...BOUNDS.map(() => 0), 0],
    sumMs: 0,
    succeeded: 0,
    failed: 0,
    failuresInARow: 0,
  };
}

export function noteSuccess(figures: GatewayFigures, ms: number): void {
  const rounded = Math.floor(ms);
  const index = BOUNDS.findIndex(bound => rounded <= bound);
  figures.counts[index < 0 ? BOUNDS.length : index] += 1;
  figures.sumMs += rounded;
  figures.latencyMs = rounded;
  figures.succeeded += 1;
  figures.failuresInARow = 0;
  figures.isAlive = true;
}

/** The first failures in a row leave no trace: Linkerd waits for more. */
export function noteFailure(figures: GatewayFigures): void {
  figures.failuresInARow += 1;
  if (figures.failuresInARow >= FAILURE_THRESHOLD) {
    figures.failed += 1;
    figures.isAlive = false;
  }
}

function family(name: string, type: string, help: string, lines: string[]) {
  return lines.length === 0
    ? ''
    : `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function histogram(name: string, label: string, figures: GatewayFigures) {
  let sum = 0;
  const buckets = figures.counts.map((count, index) => {
    sum += count;
    return `${name}_bucket{${label},le="${BOUNDS[index] ?? '+Inf'}"} ${sum}\n`;
  });
  return [
    ...buckets,
    `${name}_sum{${label}} ${figures.sumMs}\n`,
    `${name}_count{${label}} ${sum}\n`,
  ];
}

/** The metrics of a service mirror, by the names of its target clusters. */
export function formatFigures(
  targets: ReadonlyMap<string, GatewayFigures>,
): string {
  const each = (lines: (label: string, figures: GatewayFigures) => string[]) =>
    [...targets].flatMap(([name, figures]) =>
      lines(`target_cluster_name="${name}"`, figures),
    );
  return [
    family(
      'gateway_alive',
      'gauge',
      'A gauge which is 1 if the gateway is alive and 0 if it is not.',
      each((label, { isAlive }) => [
        `gateway_alive{${label}} ${isAlive ? 1 : 0}\n`,
      ]),
    ),
    family(
      'gateway_enabled',
      'gauge',
      'A gauge which is 1 if the gateway is enabled and 0 if it is not.',
      each(label => [`gateway_enabled{${label}} 1\n`]),
    ),
    family(
      'gateway_latency',
      'gauge',
      'A gauge which is the latency of the last probe to the gateway.',
      each((label, { latencyMs }) =>
        latencyMs === undefined
          ? []
          : [`gateway_latency{${label}} ${latencyMs}\n`],
      ),
    ),
    family(
      'gateway_probe_latency_ms',
      'histogram',
      'A histogram of latencies to a gateway in a target cluster.',
      each((label, figures) =>
        histogram('gateway_probe_latency_ms', label, figures),
      ),
    ),
    family(
      'gateway_probes',
      'counter',
      'A counter for the number of actual performed probes to a gateway.',
      each((label, { succeeded, failed }) => [
        ...(failed > 0
          ? [`gateway_probes{probe_successful="false",${label}} ${failed}\n`]
          : []),
        ...(succeeded > 0
          ? [`gateway_probes{probe_successful="true",${label}} ${succeeded}\n`]
          : []),
      ]),
    ),
  ].join('');
}

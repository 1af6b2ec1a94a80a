import { TrafficCall } from '../calls/types';

const LONGEST_NAME = 253;
/** Labels that name a workload, as Linkerd gives them; the first that is there counts. */
export const WORKLOAD_LABELS = ['deployment', 'statefulset', 'daemonset'];

type Labels = Record<string, string>;

/** What a value is of a call. */
export type TrafficPart = 'requests' | 'answers' | 'failures' | 'p95';

type Numbers = Record<TrafficPart, number>;

function isName(text: string | undefined): text is string {
  return (
    text !== undefined &&
    text !== '' &&
    text.length <= LONGEST_NAME &&
    !/\p{C}/u.test(text)
  );
}

/** Puts values of several metrics together as calls. */
export class TrafficTable {
  private readonly rows = new Map<
    string,
    { names: string[]; numbers: Numbers }
  >();

  /** @param cluster - who calls; undefined where that isn't known */
  add(
    cluster: string | undefined,
    labels: Labels,
    part: TrafficPart,
    value: number,
  ): void {
    if (!Number.isFinite(value) || value < 0) return;
    const workload = WORKLOAD_LABELS.map(name => labels[name]).find(Boolean);
    const names = [
      cluster,
      labels.namespace,
      workload,
      labels.dst_target_cluster,
      labels.dst_target_service_namespace,
      labels.dst_target_service,
    ];
    if (!names.every(isName)) return;
    const key = names.join('\0');
    let row = this.rows.get(key);
    if (!row) {
      const numbers = { requests: 0, answers: 0, failures: 0, p95: NaN };
      this.rows.set(key, (row = { names: names as string[], numbers }));
    }
    const { numbers } = row;
    if (part === 'p95') numbers.p95 = Math.max(numbers.p95 || 0, value);
    else numbers[part] += value;
  }

  /** Those that call at all, the most frequent first. */
  finish(): TrafficCall[] {
    const calls: TrafficCall[] = [];
    for (const { names, numbers } of this.rows.values()) {
      if (numbers.requests === 0) continue;
      const [from, namespace, workload, to, serviceNamespace, service] = names;
      const { answers, failures, p95 } = numbers;
      calls.push({
        from,
        namespace,
        workload,
        to,
        serviceNamespace,
        service,
        requestsPerSecond: numbers.requests,
        errors: answers > 0 ? Math.min(1, failures / answers) : null,
        p95Ms: Number.isNaN(p95) ? null : p95,
      });
    }
    return calls.sort((a, b) => b.requestsPerSecond - a.requestsPerSecond);
  }
}

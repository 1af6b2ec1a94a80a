import type { Named } from './Traffic.ts';

/** Calls of one workload over one link so far. */
export interface CallCounts {
  caller: Named;
  service: Named;
  to: string;
  succeeded: number;
  failed: number;
}

function labelsOf({ caller, service, to }: CallCounts): string {
  return Object.entries({
    direction: 'outbound',
    namespace: caller.namespace,
    deployment: caller.name,
    dst_target_cluster: to,
    dst_target_service: service.name,
    dst_target_service_namespace: service.namespace,
  })
    .map(([name, value]) => `${name}="${value}"`)
    .join(',');
}

/** As Prometheus has collected it from Linkerd's proxies. */
export function formatTraffic(calls: readonly CallCounts[]): string {
  const requests = calls.map(
    call =>
      `request_total{${labelsOf(call)}} ${Math.floor(
        call.succeeded + call.failed,
      )}\n`,
  );
  const responses = calls.flatMap(call =>
    (['succeeded', 'failed'] as const).map(
      what =>
        `response_total{${labelsOf(call)},classification="${
          what === 'failed' ? 'failure' : 'success'
        }"} ${Math.floor(call[what])}\n`,
    ),
  );
  return [
    '# HELP request_total Total count of HTTP requests.\n# TYPE request_total counter\n',
    ...requests,
    '# HELP response_total Total count of HTTP responses.\n# TYPE response_total counter\n',
    ...responses,
  ].join('');
}

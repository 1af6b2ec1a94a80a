import { AuditQuery } from '@ground-control/backstage-plugin-ground-control-common';
import { writeParams } from '../lib/urlState';

/** Where the entries that a query names are exported; a page's bound is no part of it. */
export function formatExportPath(
  format: 'csv' | 'json',
  query: AuditQuery,
): string {
  const search = writeParams({
    format,
    actor: query.actor,
    actions: query.actions?.join(','),
    environments: query.environments?.join(','),
    namespace: query.service?.namespace,
    service: query.service?.name,
    request: query.request,
    from: query.from,
    to: query.to,
  });
  return `/v1/audit/export?${search}`;
}

import { AuditQuery } from '@ground-control/backstage-plugin-ground-control-common';

/** Where the entries that a query names are exported; a page's bound is no part of it. */
export function formatExportPath(
  format: 'csv' | 'json',
  query: AuditQuery,
): string {
  const search = new URLSearchParams({ format });
  const set = (name: string, value: string | undefined) => {
    if (value) search.set(name, value);
  };
  set('actor', query.actor);
  set('actions', query.actions?.join(','));
  set('environments', query.environments?.join(','));
  set('namespace', query.service?.namespace);
  set('service', query.service?.name);
  set('request', query.request);
  set('from', query.from);
  set('to', query.to);
  return `/v1/audit/export?${search}`;
}

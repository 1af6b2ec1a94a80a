import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

/** What a world has, so that each page has something to show. */
export interface PageSubjects {
  service: { namespace: string; name: string };
  /** Its two newest releases to dev. */
  from: { position: number };
  to: { position: number };
  /** What it is built from. */
  commit: string;
  cluster: string;
  link: { cluster: string; target: string };
  request: string;
}

/** What is asked of each route that answers GET, by its path in openapi.yaml. */
export function formatPages(of: PageSubjects): Record<string, string[]> {
  const { service, from, to, link } = of;
  const path = `/v1/services/${service.namespace || '-'}/${service.name}`;
  const named = `?namespace=${service.namespace}&service=${service.name}`;
  const diff = `?from=dev@${from.position}&to=dev@${to.position}`;
  return {
    '/v1/board': ['/v1/board?squad=all', '/v1/board?squad=mine'],
    '/v1/services/{namespace}/{service}': [path],
    '/v1/services/{namespace}/{service}/releases': [`${path}/releases`],
    '/v1/services/{namespace}/{service}/diff': [`${path}/diff${diff}`],
    '/v1/services/{namespace}/{service}/choices': [
      `${path}/choices?environment=dev`,
      `${path}/choices?environment=prod`,
    ],
    '/v1/services/{namespace}/{service}/choices/candidates': [
      `${path}/choices/candidates`,
      `${path}/choices/candidates?text=a`,
    ],
    '/v1/services/{namespace}/{service}/choices/rollbacks': [
      `${path}/choices/rollbacks?environment=dev`,
    ],
    '/v1/activity': [
      '/v1/activity',
      '/v1/activity?kinds=release&environments=dev',
      `/v1/activity${named}`,
    ],
    '/v1/commits': [`/v1/commits?q=${of.commit}`],
    '/v1/problems': ['/v1/problems', '/v1/problems?of=repository&limit=1'],
    '/v1/repository': ['/v1/repository'],
    '/v1/clusters': ['/v1/clusters'],
    '/v1/clusters/{name}': [`/v1/clusters/${of.cluster}`],
    '/v1/links': ['/v1/links', '/v1/links?window=24h&percentile=p99'],
    '/v1/links/{from}/{to}': [`/v1/links/${link.cluster}/${link.target}`],
    '/v1/link-calls': ['/v1/link-calls?squad=all'],
    '/v1/gateway-entries': ['/v1/gateway-entries?squad=all'],
    '/v1/requests': ['/v1/requests', '/v1/requests?status=mine'],
    '/v1/requests/{id}': [`/v1/requests/${of.request}`],
    '/v1/requests/{id}/diff': [`/v1/requests/${of.request}/diff`],
    '/v1/policies': ['/v1/policies', `/v1/policies${named}`],
    '/v1/audit': ['/v1/audit', `/v1/audit${named}`],
    '/v1/audit/export': [
      '/v1/audit/export?format=csv',
      '/v1/audit/export?format=json',
    ],
    '/v1/audit/verification': ['/v1/audit/verification'],
    '/openapi.json': ['/openapi.json'],
  };
}

/** The paths of openapi.yaml that answer GET. */
export function readGetRoutes(): string[] {
  const { paths } = parse(
    readFileSync(resolve(__dirname, '../schema/openapi.yaml'), 'utf8'),
  );
  return Object.keys(paths).filter(path => paths[path].get);
}

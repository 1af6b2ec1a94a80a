import { type KubeApi, KubeStatus } from './KubeApi.ts';
import { groupVersions, linkPage } from './schema.ts';

const GROUP = 'multicluster.linkerd.io';
const PAGE = 250;
const MOST_PAGES = 40;

async function findVersion(api: KubeApi, signal: AbortSignal) {
  try {
    const { preferredVersion, versions } = groupVersions.parse(
      await api.get(`/apis/${GROUP}`, signal),
    );
    return preferredVersion?.version ?? versions[0]?.version;
  } catch (error) {
    // A cluster without the kind has no Links; a fault says something else.
    if (error instanceof KubeStatus && error.status === 404) return undefined;
    throw error;
  }
}

/**
 * All Links of the cluster, or of a namespace, as they are. A list that breaks
 * off in the middle is none: links must not go missing by a fault.
 */
export async function listLinks(
  api: KubeApi,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<unknown[]> {
  const version = await findVersion(api, signal);
  if (!version) return [];
  const within = namespace ? `/namespaces/${namespace}` : '';
  const path = `/apis/${GROUP}/${encodeURIComponent(version)}${within}/links`;
  const links: unknown[] = [];
  let next: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = new URLSearchParams({ limit: String(PAGE) });
    if (next) query.set('continue', next);
    const { items, metadata } = linkPage.parse(
      await api.get(`${path}?${query}`, signal),
    );
    links.push(...items);
    next = metadata?.continue;
    if (!next) return links;
  }
  throw new Error(`there are more than ${PAGE * MOST_PAGES} Links`);
}

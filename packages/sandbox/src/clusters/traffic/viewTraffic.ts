import type { EmbeddedCluster } from '../EmbeddedCluster.ts';
import type { LinkState } from '../linkerd/Links.ts';
import { OWNER_NAME } from '../flux/kustomization.ts';
import { SERVICE_TYPE, isMirroredFrom } from '../linkerd/linkObjects.ts';
import type { TrafficView } from './Traffic.ts';

const REMOTE = 'mirror.linkerd.io/remote-svc-fq-name';

/** Who is there in a cluster to call, and what there is to be called. */
export function viewTraffic(
  { name: cluster, server: { store } }: EmbeddedCluster,
  links: readonly LinkState[],
): TrafficView {
  const services = store.list(store.typeOf(SERVICE_TYPE));
  const deployments = store.list(
    store.typeOf({ apiVersion: 'apps/v1', kind: 'Deployment' }),
  );
  return {
    cluster,
    links: links.filter(({ from }) => from === cluster),
    callers: deployments
      .filter(({ metadata }) => metadata.labels?.[OWNER_NAME])
      .map(({ metadata: { namespace = '', name } }) => ({ namespace, name })),
    mirrored: to =>
      services
        .filter(service => isMirroredFrom(service, to))
        .map(({ metadata: { annotations } }) => {
          const [name, namespace] = (annotations?.[REMOTE] ?? '').split('.');
          return { namespace, name };
        }),
  };
}

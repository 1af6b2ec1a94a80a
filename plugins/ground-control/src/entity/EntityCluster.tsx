import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ClusterView } from '../clusters/ClusterView';
import { LiveState } from '../components/LiveState';
import { StatePanel } from '../components/StatePanel';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { usePagesText } from '../hooks/usePagesText';
import { useLive } from '../hooks/useLive';
import { PageRoot } from '../pages/PageRoot';

/** Tab of a Resource of type `kubernetes-cluster`: the cluster, as on its own page. */
export function EntityCluster() {
  const t = usePagesText();
  const api = useGroundControlApi();
  const ref = stringifyEntityRef(useEntity().entity);
  const live = useLive('clusters', signal => api.getClusters(signal), [
    'clusters',
  ]);
  const cluster = live.data?.items.find(item => item.entityRef === ref);
  return (
    <PageRoot className="gc-stack">
      {!live.data && <LiveState live={live} rows={10} />}
      {live.data && !cluster && (
        <StatePanel status="not-released" title={t('clusters.noEntity')}>
          <p>{t('clusters.noEntityHow')}</p>
        </StatePanel>
      )}
      {cluster && (
        <ClusterView
          key={cluster.name}
          name={cluster.name}
          heading={<h2>{cluster.name}</h2>}
          onEntityPage
        />
      )}
    </PageRoot>
  );
}

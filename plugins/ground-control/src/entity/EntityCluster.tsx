import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { groundControlApiRef } from '../api';
import { ClusterView } from '../clusters/ClusterView';
import { GcRoot } from '../components/GcRoot';
import { ErrorPanel, LoadingPanel, StatePanel } from '../components/StatePanel';
import { useReleasesText } from '../hooks/useReleasesText';
import { useLive } from '../hooks/useLive';
import { useStyleSheet } from '../hooks/useStyleSheet';
import { pageStyles } from '../pages/pageStyles';

/** Tab of a Resource of type `kubernetes-cluster`: the cluster, as on its own page. */
export function EntityCluster() {
  useStyleSheet('page', pageStyles);
  const t = useReleasesText();
  const api = useApi(groundControlApiRef);
  const ref = stringifyEntityRef(useEntity().entity);
  const live = useLive('clusters', signal => api.getClusters(signal), [
    'clusters',
  ]);
  const cluster = live.data?.items.find(item => item.entityRef === ref);
  return (
    <GcRoot className="gc-stack">
      {live.loading && <LoadingPanel rows={10} />}
      {live.error !== undefined && !live.data && (
        <ErrorPanel error={live.error} onRetry={live.refresh} />
      )}
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
    </GcRoot>
  );
}

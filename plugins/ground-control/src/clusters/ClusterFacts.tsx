import { ReactNode } from 'react';
import { ClusterStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { usePagesText } from '../hooks/usePagesText';
import { useFormat } from '../hooks/useFormat';
import { IdentityFact } from './IdentityFact';
import { isHeard } from './isHeard';
import { RoutingFact } from './RoutingFact';
import { SyncFact } from './SyncFact';

function Fact(props: { name: string; children: ReactNode }) {
  const t = usePagesText();
  return (
    <>
      <dt>{props.name}</dt>
      <dd>
        {props.children ?? (
          <span className="gc-quiet">{t('clusters.unknown')}</span>
        )}
      </dd>
    </>
  );
}

/** What a cluster reports of itself; hatched where that is old. */
export function ClusterFacts(props: { cluster: ClusterStatus }) {
  const t = usePagesText();
  const format = useFormat();
  const { cluster } = props;
  const { nodes, containers } = cluster;
  const old = !isHeard(cluster.connection);
  const never = !cluster.connection.observedAt;
  return (
    <dl
      className={
        old ? 'gc-facts gc-cluster-facts gc-hatch' : 'gc-facts gc-cluster-facts'
      }
    >
      <Fact name={t('clusters.sync')}>
        {never ? undefined : <SyncFact sync={cluster.sync} old={old} />}
      </Fact>
      <Fact name={t('clusters.identity')}>
        {never ? undefined : <IdentityFact cluster={cluster} />}
      </Fact>
      <Fact name={t('clusters.kubernetes')}>{cluster.kubernetesVersion}</Fact>
      <Fact name={t('clusters.flux')}>{cluster.fluxVersion}</Fact>
      <Fact name={t('clusters.nodes')}>
        {nodes &&
          t('clusters.nodesValue', {
            ready: format.number(nodes.ready),
            total: format.number(nodes.total),
          })}
      </Fact>
      <Fact name={t('clusters.containers')}>
        {containers === undefined ? undefined : format.number(containers)}
      </Fact>
      {cluster.routing && (
        <Fact name={t('clusters.routing')}>
          <RoutingFact routing={cluster.routing} />
        </Fact>
      )}
    </dl>
  );
}

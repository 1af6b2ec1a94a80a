import { ClusterStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { usePagesText } from '../hooks/usePagesText';
import { describeProvider } from './describeProvider';
import { RoutingFact } from './RoutingFact';

/** Where a cluster runs, what it is for, and what traffic it asks for. */
export function ClusterTitle(props: {
  cluster: Pick<
    ClusterStatus,
    'provider' | 'region' | 'environment' | 'role' | 'routing'
  >;
}) {
  const t = usePagesText();
  const { provider, region, environment, role, routing } = props.cluster;
  const purpose = environment ?? role;
  return (
    <span className="gc-row gc-small">
      {purpose && <span className="gc-chip">{purpose}</span>}{' '}
      {!environment && (
        <span className="gc-quiet">{t('clusters.noEnvironment')}</span>
      )}{' '}
      <span className="gc-quiet">
        {[provider && describeProvider(provider), region]
          .filter(Boolean)
          .join(' · ')}
      </span>{' '}
      {routing && <RoutingFact routing={routing} />}
    </span>
  );
}

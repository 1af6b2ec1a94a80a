import { ClusterStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { usePagesText } from '../hooks/usePagesText';
import { describeProvider } from './describeProvider';

/** Where a cluster runs, and what it is for: provider, region, environment or role. */
export function ClusterTitle(props: {
  cluster: Pick<ClusterStatus, 'provider' | 'region' | 'environment' | 'role'>;
}) {
  const t = usePagesText();
  const { provider, region, environment, role } = props.cluster;
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
      </span>
    </span>
  );
}

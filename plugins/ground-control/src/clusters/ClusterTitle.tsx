import { ClusterStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { useReleasesText } from '../hooks/useReleasesText';
import { describeProvider } from './describeProvider';

/** Where a cluster runs, and what it is for: provider, region, environment. */
export function ClusterTitle(props: {
  cluster: Pick<ClusterStatus, 'provider' | 'region' | 'environment'>;
}) {
  const t = useReleasesText();
  const { provider, region, environment } = props.cluster;
  return (
    <span className="gc-row gc-small">
      {environment ? (
        <span className="gc-chip">{environment}</span>
      ) : (
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

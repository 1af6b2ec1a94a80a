import { ClusterStatus } from '@ground-control/backstage-plugin-ground-control-common';
import { usePagesText } from '../hooks/usePagesText';

/** The versions of Kubernetes and Flux in a cluster; what isn't known is said so. */
export function VersionsFact(props: { cluster: ClusterStatus }) {
  const t = usePagesText();
  const { kubernetesVersion, fluxVersion } = props.cluster;
  const unknown = t('clusters.unknown');
  return (
    <dl className="gc-pairs gc-small">
      <div>
        <dt>{t('clusters.kubernetes')}</dt>
        <dd>{kubernetesVersion ?? unknown}</dd>
      </div>
      <div>
        <dt>{t('clusters.flux')}</dt>
        <dd>{fluxVersion ?? unknown}</dd>
      </div>
    </dl>
  );
}

import {
  ClusterStatus,
  LinkMatrix,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { usePagesText } from '../hooks/usePagesText';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { ClusterFacts } from './ClusterFacts';
import { ClusterTitle } from './ClusterTitle';
import { ConnectionFact } from './ConnectionFact';
import { RecoveryChip } from './RecoveryChip';
import { ServicesFact } from './ServicesFact';
import { WorstLink } from './WorstLink';

/** Clusters one below the other: where there is no room for a table. */
export function ClusterCards(props: {
  clusters: ClusterStatus[];
  links?: LinkMatrix;
}) {
  const t = usePagesText();
  const paths = useReleasesPath();
  return (
    <ul className="gc-stack" aria-label={t('clusters.table')}>
      {props.clusters.map(cluster => (
        <li key={cluster.name} className="gc-panel gc-stack-tight">
          <div className="gc-row gc-targets">
            <PageLink className="gc-strong" to={paths.cluster(cluster.name)}>
              {cluster.name}
            </PageLink>
            <RecoveryChip recovery={cluster.recovery} />
          </div>
          <ClusterTitle cluster={cluster} />
          <WorstLink cluster={cluster.name} links={props.links} />
          <ConnectionFact connection={cluster.connection} />
          <ServicesFact cluster={cluster} />
          <ClusterFacts cluster={cluster} />
        </li>
      ))}
    </ul>
  );
}

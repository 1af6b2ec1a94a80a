import {
  ClusterStatus,
  LinkMatrix,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { usePagesText } from '../hooks/usePagesText';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { ClusterTitle } from './ClusterTitle';
import { ConnectionFact } from './ConnectionFact';
import { IdentityFact } from './IdentityFact';
import { isHeard } from './isHeard';
import { RecoveryChip } from './RecoveryChip';
import { RoutingFact } from './RoutingFact';
import { ServicesFact } from './ServicesFact';
import { SizeFact } from './SizeFact';
import { SyncFact } from './SyncFact';
import { VersionsFact } from './VersionsFact';
import { WorstLink } from './WorstLink';

/** Clusters as rows of a table: where there is room. */
export function ClusterTable(props: {
  clusters: ClusterStatus[];
  links?: LinkMatrix;
}) {
  const t = usePagesText();
  const paths = useReleasesPath();
  return (
    <table className="gc-cluster-table" aria-label={t('clusters.table')}>
      <thead>
        <tr>
          <th scope="col">{t('clusters.name')}</th>
          <th scope="col">{t('clusters.connection')}</th>
          <th scope="col">{t('clusters.services')}</th>
          <th scope="col">{t('clusters.sync')}</th>
          <th scope="col">{t('clusters.versions')}</th>
          <th scope="col">{t('clusters.size')}</th>
        </tr>
      </thead>
      <tbody>
        {props.clusters.map(cluster => {
          const old = isHeard(cluster.connection) ? undefined : 'gc-hatch';
          return (
            <tr key={cluster.name}>
              <th scope="row">
                <div className="gc-stack-tight">
                  <PageLink
                    className="gc-target"
                    to={paths.cluster(cluster.name)}
                  >
                    {cluster.name}
                  </PageLink>
                  <ClusterTitle cluster={cluster} />
                  {cluster.identity.state === 'mistaken' && (
                    <span className="gc-small">
                      <IdentityFact cluster={cluster} />
                    </span>
                  )}
                  <span>
                    <RecoveryChip recovery={cluster.recovery} />
                  </span>
                  <WorstLink cluster={cluster.name} links={props.links} />
                </div>
              </th>
              <td>
                <ConnectionFact connection={cluster.connection} />
              </td>
              <td className={old}>
                <ServicesFact cluster={cluster} />
                {cluster.routing && (
                  <dl className="gc-pairs gc-small">
                    <div>
                      <dt>{t('clusters.routing')}</dt>
                      <dd>
                        <RoutingFact routing={cluster.routing} />
                      </dd>
                    </div>
                  </dl>
                )}
              </td>
              <td className={old}>
                {cluster.connection.observedAt ? (
                  <SyncFact sync={cluster.sync} old={Boolean(old)} />
                ) : (
                  <span className="gc-quiet gc-small">
                    {t('clusters.unknown')}
                  </span>
                )}
              </td>
              <td className={old}>
                <VersionsFact cluster={cluster} />
              </td>
              <td className={old}>
                <SizeFact cluster={cluster} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

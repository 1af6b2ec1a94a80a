import { ReactNode } from 'react';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { ClusterDetail } from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { RelativeTime } from '../components/RelativeTime';
import { LiveState } from '../components/LiveState';
import { StatePanel } from '../components/StatePanel';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { usePagesText } from '../hooks/usePagesText';
import { useLive } from '../hooks/useLive';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { describeError } from '../lib/describeError';
import { ClusterLinks } from '../links/entity/ClusterLinks';
import { ProblemList } from '../service/ProblemList';
import { AttentionList } from './AttentionList';
import { ClusterFacts } from './ClusterFacts';
import { ClusterTitle } from './ClusterTitle';
import { ConnectionFact } from './ConnectionFact';
import { KindTable } from './KindTable';
import { RecoveryTimeline } from './RecoveryTimeline';
import { ServicesFact } from './ServicesFact';

function Recoveries(props: { cluster: ClusterDetail }) {
  const t = usePagesText();
  const { recovery, recoveries } = props.cluster;
  const [latest, ...earlier] = recoveries.length
    ? recoveries
    : [recovery].flatMap(each => each ?? []);
  if (!latest) return null;
  return (
    <section className="gc-panel gc-stack-tight">
      <h3>{t('recovery.heading')}</h3>
      <RecoveryTimeline recovery={latest} />
      {earlier.length > 0 && (
        <details>
          <summary className="gc-unfold">{t('recovery.earlier')}</summary>
          <ul className="gc-stack">
            {earlier.map((each, i) => (
              <li key={each.startedAt}>
                <RecoveryTimeline
                  recovery={each}
                  endedAt={recoveries[i].startedAt}
                />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Content(props: { cluster: ClusterDetail }) {
  const t = usePagesText();
  const { cluster } = props;
  return (
    <>
      <div className="gc-cluster-columns">
        <section className="gc-panel gc-stack-tight">
          <h3>{t('clusters.connection')}</h3>
          <ConnectionFact connection={cluster.connection} />
          <h3>{t('clusters.services')}</h3>
          <ServicesFact cluster={cluster} />
        </section>
        <section className="gc-panel gc-stack-tight">
          <h3>{t('clusters.facts')}</h3>
          <ClusterFacts cluster={cluster} />
        </section>
      </div>
      <ProblemList problems={cluster.problems} />
      <Recoveries cluster={cluster} />
      <AttentionList cluster={cluster} />
      <ClusterLinks cluster={cluster.name} />
      <section className="gc-panel gc-stack-tight">
        <h3>{t('kinds.heading')}</h3>
        <KindTable kinds={cluster.kinds} />
      </section>
    </>
  );
}

/** One cluster: what it is, how well it is watched, how it recovered, and what isn't well in it. */
export function ClusterView(props: {
  name: string;
  heading: ReactNode;
  /** On the Resource's own page there is no link to it. */
  onEntityPage?: boolean;
}) {
  const t = usePagesText();
  const api = useGroundControlApi();
  const paths = useReleasesPath();
  const entityLink = useEntityRefLink();
  const { name } = props;
  const live = useLive(
    `cluster ${name}`,
    signal => api.getCluster(name, signal),
    ['clusters', 'releases'],
  );
  const cluster = live.data;
  const missing =
    live.error !== undefined && describeError(live.error).kind === 'not-found';
  return (
    <div className="gc-stack">
      <div className="gc-row gc-spread">
        <div className="gc-row">
          {props.heading}
          {cluster && <ClusterTitle cluster={cluster} />}
        </div>
        <div className="gc-row gc-small gc-targets">
          {live.receivedAt && (
            <span className="gc-quiet">
              {t('age.updatedShort')} <RelativeTime at={live.receivedAt} />
            </span>
          )}
          <PageLink to={paths.clusters}>{t('clusters.all')}</PageLink>
          {cluster?.entityRef && !props.onEntityPage && (
            <PageLink to={entityLink(cluster.entityRef)}>
              {t('sheet.openEntity')}
            </PageLink>
          )}
        </div>
      </div>
      {missing && !cluster ? (
        <StatePanel
          status="not-released"
          title={t('clusters.notFound', { name })}
        />
      ) : (
        <LiveState live={live} rows={10} />
      )}
      {cluster && <Content cluster={cluster} />}
    </div>
  );
}

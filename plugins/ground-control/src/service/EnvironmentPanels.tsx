import {
  ServiceCluster,
  ServiceDetail,
  summarizeClusterStates,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ServiceClusterList } from '../clusters/ServiceClusterList';
import { ClusterChips } from '../components/ClusterChips';
import { StatusGlyph } from '../components/StatusGlyph';
import { ToolLinks } from '../components/ToolLinks';
import { usePagesText } from '../hooks/usePagesText';
import { useText } from '../hooks/useText';
import { countBehind } from '../lib/countBehind';
import { formatBehind } from '../lib/formatBehind';
import { ArtifactFacts } from '../release/ArtifactFacts';
import { ReleaseSummary } from '../release/ReleaseSummary';
import { FormActions } from '../ask/FormActions';
import { FormKind } from '../lib/openForm';

/** The one state that stands for an environment's clusters. */
function Summary(props: { clusters: ServiceCluster[] }) {
  const t = useText();
  const state = summarizeClusterStates(props.clusters.map(one => one.state));
  if (!state) return null;
  return (
    <span>
      <StatusGlyph status={state} /> {t(`status.${state}`)}
    </span>
  );
}

/** A chip for each cluster, and what it reports; folded where all is well. */
function Clusters(props: {
  clusters: ServiceCluster[];
  releasedArtifactId?: string;
}) {
  const t = usePagesText();
  const { clusters } = props;
  if (!clusters.length) return null;
  return (
    <>
      <ClusterChips
        names={clusters.map(one => one.cluster)}
        states={clusters.map(one => one.state)}
      />
      <details open={clusters.some(one => one.state !== 'reconciled')}>
        <summary className="gc-unfold">{t('service.heading')}</summary>
        <ServiceClusterList
          clusters={clusters}
          releasedArtifactId={props.releasedArtifactId}
        />
      </details>
    </>
  );
}

function Behind(props: {
  place: { behind?: number; behindCommits?: number };
  behindOf: string;
  /** Whether it is the build that runs there. */
  same: boolean;
}) {
  const t = useText();
  const pt = usePagesText();
  const { place, behindOf, same } = props;
  return countBehind(place).count > 0 ? (
    <span className="gc-chip">{formatBehind(t, place, behindOf)}</span>
  ) : (
    <span className="gc-quiet gc-small">
      {pt(same ? 'service.sameBuild' : 'service.notBehind', {
        environment: behindOf,
      })}
    </span>
  );
}

/** What is recorded in each environment now, in the order of promotion. */
export function EnvironmentPanels(props: {
  detail: ServiceDetail;
  /** Opens a form about the service in an environment. */
  onForm(kind: FormKind, environment: string): void;
}) {
  const t = usePagesText();
  const { detail } = props;
  if (!detail.environments.length) return null;
  const buildIn = (name: string) =>
    detail.environments.find(({ environment }) => environment === name)?.current
      ?.artifact?.id;
  return (
    <section className="gc-stack-tight">
      <h3>{t('service.environments')}</h3>
      <ul className="gc-environments">
        {detail.environments.map(
          ({ environment, current, behindOf, clusters, links, ...behind }) => (
            <li key={environment} className="gc-panel gc-stack-tight">
              <div className="gc-row gc-spread">
                <h4>{environment}</h4>
                <Summary clusters={clusters} />
                {behindOf !== undefined && (
                  <Behind
                    place={behind}
                    behindOf={behindOf}
                    same={buildIn(behindOf) === current?.artifact?.id}
                  />
                )}
              </div>
              {current ? (
                <>
                  <ReleaseSummary release={current} surelyCurrent />
                  {current.artifact && (
                    <ArtifactFacts artifact={current.artifact} />
                  )}
                </>
              ) : (
                <p className="gc-quiet">
                  <StatusGlyph status="not-released" />{' '}
                  {t('service.notReleased')}
                </p>
              )}
              <Clusters
                clusters={clusters}
                releasedArtifactId={current?.artifact?.id}
              />
              <div className="gc-row">
                <FormActions
                  environment={environment}
                  released={current !== undefined}
                  onOpen={kind => props.onForm(kind, environment)}
                />
              </div>
              <ToolLinks
                links={links}
                label={t('links.label', {
                  service: detail.service.name,
                  environment,
                })}
              />
            </li>
          ),
        )}
      </ul>
    </section>
  );
}

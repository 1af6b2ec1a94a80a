import { ReactNode } from 'react';
import { ServiceCluster } from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { RelativeTime } from '../components/RelativeTime';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useFormat } from '../hooks/useFormat';
import { useText } from '../hooks/useText';
import { shortArtifactId } from '../lib/shortArtifactId';
import { BlockerText } from './BlockerText';

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

/**
 * How a service stands in one cluster: the state, why, since when, what keeps
 * it, what runs, and how old that is.
 */
export function ServiceClusterLine(props: {
  place: ServiceCluster;
  /** What names the line: the cluster, or the service. */
  name: { text: string; to: string };
  /** What is released, where it is known: what runs is told where it differs. */
  releasedArtifactId?: string;
  /** Where all lines are of one cluster, its age is told once. */
  withoutAge?: boolean;
}) {
  const t = useText();
  const pt = usePagesText();
  const format = useFormat();
  const { place, name, releasedArtifactId } = props;
  const { blockedBy, replicas, runningArtifactId, driftCorrectedAt } = place;
  const differs =
    runningArtifactId !== undefined &&
    runningArtifactId !== releasedArtifactId &&
    (releasedArtifactId !== undefined || place.state !== 'reconciled');
  return (
    <li className={place.state === 'stale' ? 'gc-place gc-hatch' : 'gc-place'}>
      <div className="gc-row gc-targets">
        <StatusGlyph status={place.state} />
        <PageLink to={name.to}>{name.text}</PageLink>{' '}
        <span className="gc-strong">{t(`status.${place.state}`)}</span>{' '}
        <RelativeTime at={place.since} className="gc-quiet gc-small" />
      </div>
      {place.state !== 'reconciled' && <p>{pt(`reason.${place.reason}`)}</p>}
      {place.message && (
        <p className="gc-mono gc-wrap gc-says">{place.message}</p>
      )}
      <dl className="gc-pairs gc-small">
        {blockedBy && (
          <Fact name={pt('service.blockedBy')}>
            <BlockerText blocker={blockedBy} />
          </Fact>
        )}
        {differs && (
          <Fact name={pt('service.runs')}>
            <span title={runningArtifactId}>
              {releasedArtifactId
                ? pt('service.runsInstead', {
                    artifact: shortArtifactId(runningArtifactId),
                    released: shortArtifactId(releasedArtifactId),
                  })
                : shortArtifactId(runningArtifactId)}
            </span>
          </Fact>
        )}
        {replicas && (
          <Fact name={pt('service.replicas')}>
            {pt('service.replicasValue', {
              ready: format.number(replicas.ready),
              desired: format.number(replicas.desired),
            })}
          </Fact>
        )}
        {driftCorrectedAt && (
          <Fact name={pt('service.corrected')}>
            <RelativeTime at={driftCorrectedAt} />
          </Fact>
        )}
        {!props.withoutAge && (
          <Fact name={pt('service.heard')}>
            <RelativeTime at={place.observedAt} or={pt('clusters.never')} />
          </Fact>
        )}
      </dl>
    </li>
  );
}

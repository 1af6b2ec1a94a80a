import {
  ArtifactPlace,
  CommitSearchMatch,
  formatServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PortalLink } from '../components/PortalLink';
import { StatusGlyph } from '../components/StatusGlyph';
import { useFormat } from '../hooks/useFormat';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { usePagesText } from '../hooks/usePagesText';
import { shortArtifactId } from '../lib/shortArtifactId';
import { shortName } from '../lib/shortName';

const STATUS = {
  current: 'recorded',
  contained: 'recorded',
  past: 'past',
  never: 'not-released',
} as const;

function Place(props: { place: ArtifactPlace }) {
  const t = usePagesText();
  const format = useFormat();
  const { place } = props;
  const moment = (at?: string) =>
    at ? format.minute(new Date(at)) : t('artifact.unknown');
  const exact = [place.since, place.until]
    .filter(Boolean)
    .map(at => format.moment(new Date(at!)))
    .join(' – ');
  const textOf = () => {
    switch (place.status) {
      case 'current':
        return t('find.current', { when: moment(place.since) });
      case 'contained':
        return t(place.inferred ? 'find.withinBranch' : 'find.within', {
          when: moment(place.since),
        });
      case 'past':
        return t(place.inferred ? 'find.pastBranch' : 'find.past', {
          from: moment(place.since),
          until: moment(place.until),
        });
      default:
        return t('find.never');
    }
  };
  return (
    <li>
      <span className="gc-strong">{place.environment}</span>
      <span>
        <StatusGlyph status={STATUS[place.status]} />{' '}
        <span title={exact || undefined}>{textOf()}</span>
        {place.currentArtifactId && (
          <span className="gc-quiet" title={place.currentArtifactId}>
            {' · '}
            {t('find.instead', {
              artifact: shortArtifactId(place.currentArtifactId),
            })}
          </span>
        )}
      </span>
    </li>
  );
}

/** An artifact that was found, and how it stands in each environment. */
export function FoundArtifact(props: { match: CommitSearchMatch }) {
  const t = usePagesText();
  const paths = useReleasesPath();
  const { service, squad, squadTitle, artifact, containedCommit, places } =
    props.match;
  return (
    <article className="gc-panel gc-stack-tight">
      <div className="gc-row gc-spread">
        <h3>
          <PortalLink to={paths.service(service)}>
            {formatServiceRef(service)}
          </PortalLink>
        </h3>
        {squad && (
          <span className="gc-quiet">{squadTitle ?? shortName(squad)}</span>
        )}
      </div>
      {containedCommit && (
        <p className="gc-wrap">
          <span className="gc-mono" title={containedCommit.commit}>
            {containedCommit.commit.slice(0, 10)}
          </span>{' '}
          {containedCommit.title}
          {containedCommit.author && (
            <span className="gc-quiet"> · {containedCommit.author}</span>
          )}
        </p>
      )}
      <p className="gc-wrap">
        {containedCommit && (
          <span className="gc-quiet">{t('find.contained')} </span>
        )}
        <span className="gc-mono">{artifact.id}</span>{' '}
        {artifact.message?.split('\n')[0]}
        {artifact.author && (
          <span className="gc-quiet"> · {artifact.author.name}</span>
        )}{' '}
        {artifact.commitUrl && (
          <PortalLink to={artifact.commitUrl}>
            {t('artifact.commit')}
          </PortalLink>
        )}{' '}
        {artifact.ciUrl && (
          <PortalLink to={artifact.ciUrl}>{t('artifact.ci')}</PortalLink>
        )}
      </p>
      <ul
        className="gc-places"
        aria-label={t('find.places', {
          artifact: shortArtifactId(artifact.id),
        })}
      >
        {places.map(place => (
          <Place key={place.environment} place={place} />
        ))}
      </ul>
    </article>
  );
}

import { Release } from '@ground-control/backstage-plugin-ground-control-common';
import { PortalLink } from '../components/PortalLink';
import { Hidden } from '../components/Hidden';
import { usePagesText } from '../hooks/usePagesText';
import { shortArtifactId } from '../lib/shortArtifactId';
import { ArtifactChecks } from '../release/ArtifactChecks';
import { ReleaseSummary } from '../release/ReleaseSummary';

/** One release of the history, with a box to tick it for comparison. */
export function HistoryLine(props: {
  release: Release;
  selected: boolean;
  withEnvironment: boolean;
  onToggle(): void;
}) {
  const t = usePagesText();
  const { release, selected, withEnvironment, onToggle } = props;
  const { artifact, environment, revision } = release;
  return (
    // `x` anywhere in the line ticks the box, which is there for all.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      data-selected={selected || undefined}
      onKeyDown={event => {
        if (event.key === 'x' && !event.ctrlKey && !event.metaKey) onToggle();
      }}
    >
      <label className="gc-tick">
        <input type="checkbox" checked={selected} onChange={onToggle} />
        <Hidden>
          {t('service.select', {
            artifact: artifact
              ? shortArtifactId(artifact.id)
              : t('release.intentRemoved'),
            environment,
          })}
        </Hidden>
      </label>
      <div className="gc-stack-tight">
        <ReleaseSummary release={release} withEnvironment={withEnvironment} />
        <div className="gc-row gc-small gc-targets">
          {artifact && <ArtifactChecks artifact={artifact} />}
          {artifact?.ciUrl && (
            <PortalLink to={artifact.ciUrl}>{t('artifact.ci')}</PortalLink>
          )}
          {artifact?.commitUrl && (
            <PortalLink to={artifact.commitUrl}>
              {t('artifact.commit')}
            </PortalLink>
          )}
          {release.revisionUrl ? (
            <PortalLink to={release.revisionUrl}>
              {t('release.commit', { revision: revision.slice(0, 7) })}
            </PortalLink>
          ) : (
            <span className="gc-quiet">
              {t('release.commit', { revision: revision.slice(0, 7) })}
            </span>
          )}
        </div>
      </div>
    </li>
  );
}

import {
  formatServiceRef,
  LinkRelease,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../../components/PageLink';
import { RelativeTime } from '../../components/RelativeTime';
import { useLinksText } from '../../hooks/useLinksText';
import { useReleasesPath } from '../../hooks/useReleasesPath';
import { shortArtifactId } from '../../lib/shortArtifactId';

/** What was released about when links became unwell, newest first. */
export function LinkReleases(props: { releases: LinkRelease[] }) {
  const t = useLinksText();
  const paths = useReleasesPath();
  return (
    <section className="gc-panel gc-stack-tight">
      <h3>{t('calls.releases')}</h3>
      <ol className="gc-lines">
        {props.releases.map(release => (
          <li
            key={`${formatServiceRef(release)} ${release.environment} ${
              release.releasedAt
            }`}
            className="gc-row"
          >
            <PageLink to={paths.service(release)}>
              {formatServiceRef(release)}
            </PageLink>{' '}
            <span className="gc-chip">{release.environment}</span>{' '}
            {release.artifactId && (
              <span className="gc-mono" title={release.artifactId}>
                {shortArtifactId(release.artifactId)}
              </span>
            )}{' '}
            <RelativeTime
              at={release.releasedAt}
              className="gc-small gc-quiet"
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

import { Link } from '@backstage/core-components';
import { Activity } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { useFormat } from '../hooks/useFormat';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useText } from '../hooks/useText';
import { shortArtifactId } from '../lib/shortArtifactId';
import { KindGlyph } from './KindGlyph';

/** One commit: when, what kind, its title, who, and which services it touched. */
export function ActivityLine(props: { activity: Activity }) {
  const t = useText();
  const format = useFormat();
  const paths = useReleasesPath();
  const { activity } = props;
  const at = new Date(activity.committedAt);
  const revision = activity.revision.slice(0, 7);
  return (
    <li>
      <time
        className="gc-quiet"
        dateTime={activity.committedAt}
        title={format.moment(at)}
      >
        {format.time(at)}
      </time>
      <span className="gc-small">
        <KindGlyph kind={activity.kind} /> {t(`activity.${activity.kind}`)}
      </span>
      <div className="gc-stack-tight">
        <div className="gc-row">
          <span className="gc-wrap">{activity.title}</span>
          <span className="gc-quiet">
            {t('release.by', { name: activity.by.name })}
          </span>
          {activity.revisionUrl ? (
            <Link to={activity.revisionUrl} className="gc-mono">
              {revision}
            </Link>
          ) : (
            <span className="gc-mono gc-quiet">{revision}</span>
          )}
        </div>
        {activity.onlyLooksLikeRelease && (
          <p>
            <span className="gc-chip gc-chip-warn">
              <StatusGlyph status="drift" /> {t('activity.looksLike')}
            </span>
          </p>
        )}
        {activity.services.length > 0 && (
          <ul className="gc-row gc-small">
            {activity.services.map(touched => (
              <li
                key={`${touched.service.namespace}/${touched.service.name}@${touched.environment}`}
              >
                <Link to={paths.service(touched.service)}>
                  {touched.service.name}
                </Link>{' '}
                {touched.environment && (
                  <span className="gc-quiet">
                    {t('activity.inEnvironment', {
                      environment: touched.environment,
                    })}
                  </span>
                )}{' '}
                {touched.artifactId && (
                  <span className="gc-mono" title={touched.artifactId}>
                    {shortArtifactId(touched.artifactId)}
                  </span>
                )}
              </li>
            ))}
            {Boolean(activity.moreServices) && (
              <li className="gc-quiet">
                {t('activity.moreServices', { count: activity.moreServices! })}
              </li>
            )}
          </ul>
        )}
      </div>
    </li>
  );
}

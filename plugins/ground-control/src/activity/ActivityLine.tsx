import {
  Activity,
  ActivityService,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PortalLink } from '../components/PortalLink';
import { NotApprovedMark } from '../components/NotApprovedMark';
import { StatusGlyph } from '../components/StatusGlyph';
import { useFormat } from '../hooks/useFormat';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { usePagesText } from '../hooks/usePagesText';
import { shortArtifactId } from '../lib/shortArtifactId';
import { KindGlyph } from './KindGlyph';

function Touched(props: { touched: ActivityService }) {
  const t = usePagesText();
  const paths = useReleasesPath();
  const { service, environment, artifactId, squad, notInCatalog } =
    props.touched;
  return (
    <li>
      <PortalLink to={paths.service(service)}>{service.name}</PortalLink>{' '}
      {environment && (
        <span className="gc-quiet">
          {t('activity.inEnvironment', { environment })}
        </span>
      )}{' '}
      {artifactId && (
        <span className="gc-mono" title={artifactId}>
          {shortArtifactId(artifactId)}
        </span>
      )}{' '}
      {props.touched.notApprovedHere && <NotApprovedMark />}{' '}
      {notInCatalog && (
        <span
          className="gc-chip"
          title={t(`activity.mend-${notInCatalog}`, { squad: squad ?? '' })}
        >
          {t(`activity.lacks-${notInCatalog}`)}
        </span>
      )}
    </li>
  );
}

function Services(props: { activity: Activity }) {
  const t = usePagesText();
  const { services, moreServices } = props.activity;
  if (!services.length) return null;
  return (
    <ul className="gc-row gc-activity-services">
      {services.map(touched => (
        <Touched
          key={`${touched.service.namespace}/${touched.service.name}@${touched.environment}`}
          touched={touched}
        />
      ))}
      {Boolean(moreServices) && (
        <li className="gc-quiet">
          {t('activity.moreServices', { count: moreServices! })}
        </li>
      )}
    </ul>
  );
}

/**
 * One commit: when, what kind, which services it touched, its title, who. What
 * a release did stands before the title, which says the same at length.
 */
export function ActivityLine(props: { activity: Activity }) {
  const t = usePagesText();
  const format = useFormat();
  const { activity } = props;
  const { unknownEnvironment: environment = '' } = activity;
  const at = new Date(activity.committedAt);
  const revision = activity.revision.slice(0, 7);
  const titleLast = activity.services.length > 0;
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
        <Services activity={activity} />
        <div className={titleLast ? 'gc-row gc-small' : 'gc-row'}>
          {activity.title ? (
            <span className={titleLast ? 'gc-wrap gc-quiet' : 'gc-wrap'}>
              {activity.title}
            </span>
          ) : (
            <span className="gc-quiet">
              <StatusGlyph status="locked" /> {t('activity.titleWithheld')}
            </span>
          )}
          <span className={titleLast ? undefined : 'gc-quiet'}>
            {t('release.by', { name: activity.by.name })}
          </span>
          {activity.revisionUrl ? (
            <PortalLink to={activity.revisionUrl} className="gc-mono">
              {revision}
            </PortalLink>
          ) : (
            <span className="gc-mono gc-quiet">{revision}</span>
          )}
        </div>
        {environment && (
          <p>
            <span
              className="gc-chip gc-chip-wrap"
              title={t('activity.mend-environment', { environment })}
            >
              {t('activity.lacks-environment', { environment })}
            </span>
          </p>
        )}
        {activity.onlyLooksLikeRelease && (
          <p>
            <span className="gc-chip gc-chip-warn gc-chip-wrap">
              <StatusGlyph status="warning" /> {t('activity.looksLike')}
            </span>
          </p>
        )}
      </div>
    </li>
  );
}

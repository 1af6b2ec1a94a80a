import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { ServiceDetail } from '@ground-control/backstage-plugin-ground-control-common';
import { PortalLink } from '../components/PortalLink';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { shortName } from '../lib/shortName';

/** Whose a service is, and where it is known. */
export function ServiceFacts(props: {
  detail: ServiceDetail;
  /** On the Component's own page there is no link to it. */
  onEntityPage?: boolean;
}) {
  const t = usePagesText();
  const entityLink = useEntityRefLink();
  const paths = useReleasesPath();
  const { detail } = props;
  const places = {
    both: t('service.both'),
    'repository-only': t('service.repositoryOnly'),
    'catalog-only': t('service.catalogOnly'),
  };
  return (
    <dl className="gc-service-facts">
      <div>
        <dt>{t('service.squad')}</dt>
        <dd>
          {detail.squad ? (
            <PortalLink to={entityLink(detail.squad)}>
              {detail.squadTitle ?? shortName(detail.squad)}
            </PortalLink>
          ) : (
            t('board.noSquad')
          )}
          {detail.artifactSquad && (
            <span className="gc-chip gc-chip-warn">
              <StatusGlyph status="warning" />
              {t('service.artifactSquad', {
                squad: shortName(detail.artifactSquad),
              })}
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('page.policies')}</dt>
        <dd>
          <PortalLink to={paths.policiesOf(detail.service)}>
            {t('service.toPolicies')}
          </PortalLink>
        </dd>
      </div>
      <div>
        <dt>{t('service.namespace')}</dt>
        <dd>{detail.service.namespace || t('service.noNamespace')}</dd>
      </div>
      <div>
        <dt>{t('service.place')}</dt>
        <dd>
          {places[detail.presence]}
          {detail.entityRef && !props.onEntityPage && (
            <PortalLink to={entityLink(detail.entityRef)}>
              {t('sheet.openEntity')}
            </PortalLink>
          )}
        </dd>
      </div>
    </dl>
  );
}

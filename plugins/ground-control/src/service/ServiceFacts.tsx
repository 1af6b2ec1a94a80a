import { Link } from '@backstage/core-components';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { ServiceDetail } from '@ground-control/backstage-plugin-ground-control-common';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useText } from '../hooks/useText';
import { shortName } from '../lib/shortName';

/** Whose a service is, and where it is known. */
export function ServiceFacts(props: {
  detail: ServiceDetail;
  /** On the Component's own page there is no link to it. */
  onEntityPage?: boolean;
}) {
  const t = useText();
  const pt = usePagesText();
  const entityLink = useEntityRefLink();
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
            <Link to={entityLink(detail.squad)}>
              {detail.squadTitle ?? shortName(detail.squad)}
            </Link>
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
        <dt>{t('service.namespace')}</dt>
        <dd>{detail.service.namespace || t('service.noNamespace')}</dd>
      </div>
      <div>
        <dt>{t('service.place')}</dt>
        <dd>
          {places[detail.presence]}
          {detail.entityRef && !props.onEntityPage && (
            <Link to={entityLink(detail.entityRef)}>
              {pt('sheet.openEntity')}
            </Link>
          )}
        </dd>
      </div>
    </dl>
  );
}

import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { ServiceDetail } from '@ground-control/backstage-plugin-ground-control-common';
import { PortalLink } from '../components/PortalLink';
import { StatusGlyph } from '../components/StatusGlyph';
import { usePagesText } from '../hooks/usePagesText';
import { useReleasesText } from '../hooks/useReleasesText';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { shortName } from '../lib/shortName';

/** Whose a service is, and where it is known. */
export function ServiceFacts(props: {
  detail: ServiceDetail;
  /** On the Component's own page there is no link to it. */
  onEntityPage?: boolean;
}) {
  const pt = usePagesText();
  const rt = useReleasesText();
  const entityLink = useEntityRefLink();
  const paths = useReleasesPath();
  const { detail } = props;
  const places = {
    both: rt('service.both'),
    'repository-only': rt('service.repositoryOnly'),
    'catalog-only': rt('service.catalogOnly'),
  };
  return (
    <dl className="gc-service-facts">
      <div>
        <dt>{rt('service.squad')}</dt>
        <dd>
          {detail.squad ? (
            <PortalLink to={entityLink(detail.squad)}>
              {detail.squadTitle ?? shortName(detail.squad)}
            </PortalLink>
          ) : (
            pt('board.noSquad')
          )}
          {detail.artifactSquad && (
            <span className="gc-chip gc-chip-warn">
              <StatusGlyph status="warning" />
              {rt('service.artifactSquad', {
                squad: shortName(detail.artifactSquad),
              })}
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>{pt('page.policies')}</dt>
        <dd>
          <PortalLink to={paths.policiesOf(detail.service)}>
            {rt('service.toPolicies')}
          </PortalLink>
        </dd>
      </div>
      <div>
        <dt>{rt('service.namespace')}</dt>
        <dd>{detail.service.namespace || rt('service.noNamespace')}</dd>
      </div>
      <div>
        <dt>{rt('service.place')}</dt>
        <dd>
          {places[detail.presence]}
          {detail.entityRef && !props.onEntityPage && (
            <PortalLink to={entityLink(detail.entityRef)}>
              {pt('sheet.openEntity')}
            </PortalLink>
          )}
        </dd>
      </div>
    </dl>
  );
}

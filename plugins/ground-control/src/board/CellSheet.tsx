import { useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import {
  formatServiceRef,
  Release,
  ServiceDetail,
} from '@ground-control/backstage-plugin-ground-control-common';
import { PortalLink } from '../components/PortalLink';
import { ServiceClusterList } from '../clusters/ServiceClusterList';
import { SideSheet } from '../components/SideSheet';
import { LiveState } from '../components/LiveState';
import { ToolLinks } from '../components/ToolLinks';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { usePagesText } from '../hooks/usePagesText';
import { useLive } from '../hooks/useLive';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useText } from '../hooks/useText';
import { countBehind } from '../lib/countBehind';
import { formatBehind } from '../lib/formatBehind';
import { formatOpenCell, OpenCell } from '../lib/boardState';
import { ArtifactFacts } from '../release/ArtifactFacts';
import { ReleaseSummary } from '../release/ReleaseSummary';
import { FormActions } from '../ask/FormActions';
import { WaitingRequests } from '../ask/WaitingRequests';
import { FormKind } from '../lib/openForm';

const LAST_RELEASES = 10;

function SheetLinks(props: { cell: OpenCell; detail: ServiceDetail }) {
  const t = usePagesText();
  const paths = useReleasesPath();
  const entityLink = useEntityRefLink();
  const { cell, detail } = props;
  const index = detail.environments.findIndex(
    ({ environment }) => environment === cell.environment,
  );
  const other = detail.environments[index - 1] ?? detail.environments[1];
  const page = paths.service(cell.service);
  const compare = other
    ? `${page}?${new URLSearchParams({
        from: cell.environment,
        to: other.environment,
      })}`
    : undefined;
  return (
    <div className="gc-row">
      <PortalLink className="gc-button" to={page}>
        {t('sheet.allReleases')}
      </PortalLink>
      {compare && other.current && detail.environments[index]?.current && (
        <PortalLink className="gc-button" to={compare}>
          {t('sheet.compareWith', { environment: other.environment })}
        </PortalLink>
      )}
      {detail.entityRef && (
        <PortalLink className="gc-button" to={entityLink(detail.entityRef)}>
          {t('sheet.openEntity')}
        </PortalLink>
      )}
    </div>
  );
}

function SheetContent(props: {
  cell: OpenCell;
  detail: ServiceDetail;
  releases: Release[];
  onForm(kind: FormKind): void;
}) {
  const t = useText();
  const pt = usePagesText();
  const [params] = useSearchParams();
  const { cell, detail, releases } = props;
  const here = detail.environments.find(
    ({ environment }) => environment === cell.environment,
  );
  return (
    <>
      <div className="gc-row">
        <FormActions
          released={releases.length > 0 || here?.current !== undefined}
          onOpen={props.onForm}
        />
      </div>
      <WaitingRequests
        service={cell.service}
        environment={cell.environment}
        searchOf={id => {
          const search = new URLSearchParams(params);
          search.set('open', id);
          return search.toString();
        }}
      />
      <SheetLinks cell={cell} detail={detail} />
      <section className="gc-stack-tight">
        <div className="gc-row gc-spread">
          <h3>{pt('sheet.current')}</h3>
          {here?.behindOf && countBehind(here).count > 0 && (
            <span className="gc-chip">
              {formatBehind(t, here, here.behindOf)}
            </span>
          )}
        </div>
        {here?.current ? (
          <>
            <ReleaseSummary release={here.current} surelyCurrent />
            {here.current.artifact && (
              <ArtifactFacts artifact={here.current.artifact} />
            )}
          </>
        ) : (
          <p>{pt('sheet.nothing', { environment: cell.environment })}</p>
        )}
      </section>
      {here && here.clusters.length > 0 && (
        <section className="gc-stack-tight">
          <h3>{pt('service.heading')}</h3>
          <ServiceClusterList
            clusters={here.clusters}
            releasedArtifactId={here.current?.artifact?.id}
          />
        </section>
      )}
      {here && here.links.length > 0 && (
        <section className="gc-stack-tight">
          <h3>{pt('sheet.links')}</h3>
          <ToolLinks
            links={here.links}
            label={pt('links.label', {
              service: cell.service.name,
              environment: cell.environment,
            })}
          />
        </section>
      )}
      <section className="gc-stack-tight">
        <h3>{pt('sheet.history')}</h3>
        {releases.length ? (
          <ol className="gc-lines">
            {releases.map(release => (
              <li key={release.position}>
                <ReleaseSummary release={release} />
              </li>
            ))}
          </ol>
        ) : (
          <p className="gc-quiet">{pt('sheet.noHistory')}</p>
        )}
      </section>
    </>
  );
}

/** What is known of one cell of the board, at the side of it. */
export function CellSheet(props: {
  cell: OpenCell;
  onClose(): void;
  /** Opens a form about the cell. */
  onForm(kind: FormKind): void;
}) {
  const t = usePagesText();
  const api = useGroundControlApi();
  const { cell, onClose } = props;
  const { service, environment } = cell;
  const subject = formatOpenCell(cell);
  const live = useLive(subject, async signal => {
    const [detail, page] = await Promise.all([
      api.getService(service, signal),
      api.getReleases(service, { environment, limit: LAST_RELEASES }, signal),
    ]);
    return { detail, releases: page.items };
  });
  const heading = useMemo(
    () =>
      t('sheet.heading', { service: formatServiceRef(service), environment }),
    [t, service, environment],
  );
  return (
    <SideSheet subject={subject} heading={heading} onClose={onClose}>
      <LiveState live={live} rows={8} />
      {live.data && (
        <SheetContent cell={cell} {...live.data} onForm={props.onForm} />
      )}
    </SideSheet>
  );
}

import { useRef } from 'react';
import { RelativeTime } from '../components/RelativeTime';
import { LiveState } from '../components/LiveState';
import { StatePanel } from '../components/StatePanel';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { usePagesText } from '../hooks/usePagesText';
import { useElementWidth } from '../hooks/useElementWidth';
import { useFormat } from '../hooks/useFormat';
import { useLinksText } from '../hooks/useLinksText';
import { useLive } from '../hooks/useLive';
import { usePageTitle } from '../hooks/usePageTitle';
import { useTextScale } from '../hooks/useTextScale';
import { describeError } from '../lib/describeError';
import { DEFAULT_LINKS_STATE } from '../links/linksState';
import { useLinks } from '../links/useLinks';
import { PageHeading } from '../pages/PageHeading';
import { ClusterCards } from './ClusterCards';
import { ClusterTable } from './ClusterTable';

/** The least width of the table, in pixels at the usual size of text. */
const TABLE_WIDTH = 920;

/** `/releases/clusters`: every cluster, and what it reports of itself. */
export function ClustersPage() {
  const t = usePagesText();
  const lt = useLinksText();
  const format = useFormat();
  usePageTitle(t('page.clusters'));
  const api = useGroundControlApi();
  const live = useLive('clusters', signal => api.getClusters(signal), [
    'clusters',
    'releases',
  ]);
  const links = useLinks(DEFAULT_LINKS_STATE);
  const ref = useRef<HTMLDivElement>(null);
  const width = useElementWidth(ref);
  const scale = useTextScale();
  const wide = width === undefined || width / scale >= TABLE_WIDTH;
  const clusters = live.data?.items ?? [];
  const Clusters = wide ? ClusterTable : ClusterCards;
  return (
    <div ref={ref} className="gc-stack">
      <div className="gc-row gc-spread">
        <PageHeading>{t('clusters.heading')}</PageHeading>
        {clusters.length > 0 && live.receivedAt && (
          <span className="gc-quiet gc-small">
            {t('clusters.summary', {
              live: format.number(
                clusters.filter(one => one.connection.state === 'live').length,
              ),
              total: format.number(clusters.length),
            })}
            {' · '}
            {t('age.updatedShort')} <RelativeTime at={live.receivedAt} />
          </span>
        )}
      </div>
      <LiveState live={live} rows={7} rowHeight={88} />
      {live.data && !clusters.length && (
        <StatePanel status="not-released" title={t('clusters.none')}>
          <p>{t('clusters.noneHow')}</p>
        </StatePanel>
      )}
      {clusters.length > 0 && !links.data && links.error !== undefined && (
        <p className="gc-quiet gc-wrap">
          {lt('entity.notLoaded', {
            message: describeError(links.error).message,
          })}
        </p>
      )}
      {clusters.length > 0 && (
        <Clusters clusters={clusters} links={links.data} />
      )}
    </div>
  );
}

import { LoadingPanel } from '../../components/StatePanel';
import { useGroundControlApi } from '../../hooks/useGroundControlApi';
import { useLinksText } from '../../hooks/useLinksText';
import { useLive } from '../../hooks/useLive';
import { CallsAndReleases } from '../calls/CallsAndReleases';

/** The services that cross a link; the page stands without them. */
export function PairCalls(props: { from: string; to: string }) {
  const t = useLinksText();
  const api = useGroundControlApi();
  const { from, to } = props;
  const { data, error, loading } = useLive(
    `calls over ${from} ${to}`,
    signal => api.getLinkCalls({ squad: 'all', from, to }, signal),
    ['links'],
  );
  return (
    <section className="gc-stack-tight">
      <h3>{t('pair.calls')}</h3>
      {loading && <LoadingPanel rows={3} />}
      {error !== undefined && !data && (
        <p className="gc-quiet" role="status">
          {t('pair.callsFailed')}
        </p>
      )}
      {data && !data.calls.length && (
        <p className="gc-quiet">{t('pair.noCalls')}</p>
      )}
      {data && data.calls.length > 0 && <CallsAndReleases answer={data} />}
    </section>
  );
}

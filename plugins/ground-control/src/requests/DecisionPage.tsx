import { ReactElement } from 'react';
import { useParams } from 'react-router-dom';
import { ReleaseRequestDetail } from '@ground-control/backstage-plugin-ground-control-common';
import { PageLink } from '../components/PageLink';
import { ErrorPanel, LoadingPanel, StatePanel } from '../components/StatePanel';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { Live, useLive } from '../hooks/useLive';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useRequestsText } from '../hooks/useRequestsText';
import { describeError } from '../lib/describeError';
import { DecisionView } from './DecisionView';
import { openRequest } from './prefetchRequest';
import { useInbox } from './useInbox';

/** Loads a request, keeps it fresh, and says why where it can't. */
export function LoadedRequest(props: {
  id: string;
  children(
    detail: ReleaseRequestDetail,
    live: Live<ReleaseRequestDetail>,
  ): ReactElement;
}) {
  const t = useRequestsText();
  const api = useGroundControlApi();
  const paths = useReleasesPath();
  const { id } = props;
  const live = useLive(
    `request ${id}`,
    signal => openRequest(api, id, signal),
    ['requests', 'releases', 'clusters'],
  );
  if (live.data) return props.children(live.data, live);
  if (live.loading) return <LoadingPanel rows={10} />;
  if (describeError(live.error).kind === 'not-found') {
    return (
      <StatePanel
        status="not-released"
        role="alert"
        title={t('decision.notFound', { id })}
      >
        <PageLink to={paths.requests}>{t('decision.all')}</PageLink>
      </StatePanel>
    );
  }
  return <ErrorPanel error={live.error} onRetry={live.refresh} />;
}

/** A request with all that is needed to decide it, wherever it stands. */
export function OpenedRequest({ id }: { id: string }) {
  const inbox = useInbox();
  return (
    // Another request is another page: its ticks and comment are its own.
    <LoadedRequest key={id} id={id}>
      {(loaded, live) => (
        <DecisionView loaded={loaded} live={live} inbox={inbox} />
      )}
    </LoadedRequest>
  );
}

/** `/releases/requests/:id`: should I approve this? */
export function DecisionPage() {
  const { id = '' } = useParams();
  return <OpenedRequest id={id} />;
}

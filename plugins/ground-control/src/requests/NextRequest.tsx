import { Link } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import { groundControlApiRef } from '../api';
import { useLive } from '../hooks/useLive';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useRequestsText } from '../hooks/useRequestsText';

/** The next request that waits for the reader, once this one doesn't. */
export function NextRequest(props: { id: string }) {
  const t = useRequestsText();
  const api = useApi(groundControlApiRef);
  const paths = useReleasesPath();
  const { data } = useLive(
    `next of ${props.id}`,
    signal => api.getRequests({ status: 'waiting', limit: 2 }, signal),
    ['requests'],
  );
  if (!data) return null;
  const next = data.items.find(({ id }) => id !== props.id);
  if (!next) return <p className="gc-quiet">{t('decision.noNext')}</p>;
  return (
    <p>
      <Link to={paths.request(next.id)} className="gc-button">
        {t('decision.next', {
          subject: t('subject', {
            service: next.service.name,
            environment: next.environment,
          }),
        })}
      </Link>
    </p>
  );
}

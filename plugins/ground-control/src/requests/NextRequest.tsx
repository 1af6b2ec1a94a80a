import { PageLink } from '../components/PageLink';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useRequestsText } from '../hooks/useRequestsText';
import { subjectOf } from './subjectOf';
import { Beside } from './useInbox';

/** The next request of the list, once this one waits no more. */
export function NextRequest(props: { beside: Beside }) {
  const t = useRequestsText();
  const paths = useReleasesPath();
  const { next, total, inbox } = props.beside;
  if (total === undefined) return null;
  if (!next) {
    return inbox.waiting ? (
      <p className="gc-quiet">{t('decision.noNext')}</p>
    ) : null;
  }
  return (
    <p>
      <PageLink
        to={paths.request(next.id)}
        state={{ inbox: inbox.search }}
        className="gc-button"
      >
        {t('decision.next', {
          subject: subjectOf(t, next),
        })}
      </PageLink>
    </p>
  );
}

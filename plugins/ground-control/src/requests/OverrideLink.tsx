import { PageLink } from '../components/PageLink';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useRequestsText } from '../hooks/useRequestsText';
import { Decision } from './useDecision';

/** Refused for who the reader is: it says who else may. */
const OTHERS_MAY = ['requester', 'not-a-lead'];

/** The way over a block, or who may go it: before the approval and after. */
export function OverrideLink({ decision }: { decision: Decision }) {
  const t = useRequestsText();
  const paths = useReleasesPath();
  const { request, override } = decision.detail;
  if (!override.allowed) {
    return OTHERS_MAY.includes(override.code) ? (
      <p className="gc-small gc-quiet gc-wrap">{override.message}</p>
    ) : null;
  }
  return (
    <p className="gc-small">
      <PageLink to={`${paths.request(request.id)}/override`}>
        {t('decision.override')}
      </PageLink>{' '}
      {t('decision.overrideHow')}
    </p>
  );
}

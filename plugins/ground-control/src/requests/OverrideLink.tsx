import { PageLink } from '../components/PageLink';
import { useReleasesPath } from '../hooks/useReleasesPath';
import { useRequestsText } from '../hooks/useRequestsText';
import { Decision } from './useDecision';

/** The way over a block, for who may go it: before the approval and after. */
export function OverrideLink({ decision }: { decision: Decision }) {
  const t = useRequestsText();
  const paths = useReleasesPath();
  const { request, override } = decision.detail;
  if (!override.allowed) return null;
  return (
    <p className="gc-small">
      <PageLink to={`${paths.request(request.id)}/override`}>
        {t('decision.override')}
      </PageLink>{' '}
      {t('decision.overrideHow')}
    </p>
  );
}

import { ErrorPanel } from '../components/StatePanel';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';
import { ProblemList } from '../service/ProblemList';

/**
 * What can't be used as it is and belongs to no service: of the artifact store,
 * or of the config repository itself. Those of a service stand on its own page.
 */
export function RepositoryProblems() {
  const api = useGroundControlApi();
  const live = useLive('problems', signal => api.getProblems(signal));
  if (live.error !== undefined && !live.data) {
    return <ErrorPanel error={live.error} onRetry={live.refresh} />;
  }
  return (
    <ProblemList
      problems={(live.data?.items ?? []).filter(problem => !problem.service)}
    />
  );
}

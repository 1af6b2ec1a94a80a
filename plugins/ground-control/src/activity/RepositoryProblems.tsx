import { MoreButton } from '../components/MoreButton';
import { ErrorPanel } from '../components/StatePanel';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';
import { usePages } from '../hooks/usePages';
import { usePagesText } from '../hooks/usePagesText';
import { keyOfProblem, ProblemList } from '../service/ProblemList';

/** Few, since the commits are what the page is opened for. */
const PAGE = 10;

/**
 * What can't be used as it is and belongs to no service that is known: of the
 * artifact store, or of the config repository itself. Those of a service stand
 * on its own page.
 */
export function RepositoryProblems() {
  const t = usePagesText();
  const api = useGroundControlApi();
  const load = (before: string | undefined, signal: AbortSignal) =>
    api.getProblems({ of: 'repository', before, limit: PAGE }, signal);
  const live = useLive('problems', signal => load(undefined, signal));
  const pages = usePages('problems', live.data, keyOfProblem, load);
  if (live.error !== undefined && !live.data) {
    return <ErrorPanel error={live.error} onRetry={live.refresh} />;
  }
  const total = live.data?.total ?? 0;
  return (
    <>
      <ProblemList problems={pages.items} total={total} />
      {total > PAGE && (
        <MoreButton
          pages={pages}
          label={t('activity.olderProblems')}
          busyLabel={t('activity.loadingOlder')}
          endLabel={t('activity.noOlderProblems')}
        />
      )}
    </>
  );
}

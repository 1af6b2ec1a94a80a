import { useUrlState } from '../hooks/useUrlState';
import { LiveState } from '../components/LiveState';
import { MoreButton } from '../components/MoreButton';
import { RepositoryState } from '../components/RepositoryState';
import { StatePanel } from '../components/StatePanel';
import { FilterChips } from '../components/FilterChips';
import { useFormat } from '../hooks/useFormat';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';
import { usePages } from '../hooks/usePages';
import { usePageTitle } from '../hooks/usePageTitle';
import { usePagesText } from '../hooks/usePagesText';
import {
  formatActivityState,
  parseActivityState,
  toActivityQuery,
} from '../lib/activityState';
import { groupByDay } from '../lib/groupByDay';
import { PageHeading } from '../pages/PageHeading';
import { ActivityLine } from './ActivityLine';
import { ActivityToolbar } from './ActivityToolbar';
import { RepositoryProblems } from './RepositoryProblems';

const PAGE = 50;

/** `/releases/activity`: all commits of the config repository, by day. */
export function ActivityPage() {
  const t = usePagesText();
  usePageTitle(t('page.activity'));
  const format = useFormat();
  const api = useGroundControlApi();
  const { state, unknown, change } = useUrlState(
    parseActivityState,
    formatActivityState,
  );
  const query = toActivityQuery(state);
  const key = `activity ${JSON.stringify(query)}`;
  const load = (before: string | undefined, signal: AbortSignal) =>
    api.getActivity({ ...query, before, limit: PAGE }, signal);
  const live = useLive(key, signal => load(undefined, signal), [
    'releases',
    'commits',
  ]);
  const pages = usePages(key, live.data, item => item.revision, load);
  const filtered = key !== `activity ${JSON.stringify({ squad: 'all' })}`;
  return (
    <>
      <PageHeading>{t('activity.heading')}</PageHeading>
      <ActivityToolbar state={state} onChange={change} />
      <FilterChips unknown={unknown} onDismiss={() => change({})} />
      <RepositoryState />
      <RepositoryProblems />
      <LiveState live={live} rows={16} />
      {live.data && !pages.items.length && (
        <StatePanel
          title={filtered ? t('activity.empty') : t('activity.emptyAll')}
          action={
            filtered
              ? {
                  label: t('activity.showAll'),
                  onClick: () =>
                    change({ kind: [], squad: 'all', env: [], q: '' }),
                }
              : undefined
          }
        />
      )}
      {groupByDay(pages.items).map(({ day, items }) => (
        <section key={day} className="gc-stack-tight">
          <h3>{format.day(day)}</h3>
          <ol className="gc-panel gc-activity">
            {items.map(item => (
              <ActivityLine key={item.revision} activity={item} />
            ))}
          </ol>
        </section>
      ))}
      {pages.items.length > 0 && (
        <MoreButton
          pages={pages}
          label={t('activity.older')}
          busyLabel={t('activity.loadingOlder')}
          endLabel={t('activity.end')}
        />
      )}
    </>
  );
}

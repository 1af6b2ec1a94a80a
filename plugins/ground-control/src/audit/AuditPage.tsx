import { PageLink } from '../components/PageLink';
import { useUrlState } from '../hooks/useUrlState';
import { LiveState } from '../components/LiveState';
import { StatePanel } from '../components/StatePanel';
import { FilterChips } from '../components/FilterChips';
import { useGroundControlApi } from '../hooks/useGroundControlApi';
import { useLive } from '../hooks/useLive';
import { usePageTitle } from '../hooks/usePageTitle';
import { useRequestsText } from '../hooks/useRequestsText';
import { PageHeading } from '../pages/PageHeading';
import {
  AuditState,
  formatAuditState,
  NO_FILTER,
  parseAuditState,
  toAuditQuery,
} from './auditState';
import { AuditTable } from './AuditTable';
import { AuditToolbar } from './AuditToolbar';
import { AuditTools } from './AuditTools';

const PAGE = 50;

/** `/releases/audit`: who asked, decided and wrote what, when. */
export function AuditPage() {
  const t = useRequestsText();
  usePageTitle(t('audit.heading'));
  const api = useGroundControlApi();
  const url = useUrlState(parseAuditState, formatAuditState);
  const { state, unknown, params } = url;
  // Another filter starts at the newest entry again.
  const change = (part: Partial<AuditState>) =>
    url.change({ before: undefined, ...part });
  const searchOf = (before: number | undefined) =>
    formatAuditState({ ...state, before }, params).toString();
  const query = toAuditQuery(state);
  const live = useLive(
    `audit ${JSON.stringify(query)}`,
    signal => api.getAudit({ ...query, limit: PAGE }, signal),
    ['requests', 'releases'],
  );
  const filtered = Object.keys(query).length > 0;
  const page = live.data;
  const { before: _page, ...exported } = query;
  return (
    <>
      <PageHeading>{t('audit.heading')}</PageHeading>
      <AuditToolbar state={state} onChange={change} />
      <AuditTools query={exported} />
      <FilterChips
        unknown={unknown}
        onDismiss={() =>
          change({
            ...(unknown.some(({ key }) => key === 'service') && {
              service: '',
            }),
            ...(unknown.some(({ key }) => key === 'request') && {
              request: '',
            }),
          })
        }
      />
      <LiveState live={live} rows={12} />
      {page && !page.items.length && (
        <StatePanel
          title={filtered ? t('audit.filtered') : t('audit.empty')}
          action={
            filtered
              ? {
                  label: t('list.showAll'),
                  onClick: () => change(NO_FILTER),
                }
              : undefined
          }
        >
          {!filtered && <p>{t('audit.emptyHow')}</p>}
        </StatePanel>
      )}
      {page && page.items.length > 0 && (
        <AuditTable
          entries={page.items}
          permalinkOf={entry => searchOf(entry.sequence + 1)}
        />
      )}
      {page && (
        <nav className="gc-row gc-targets" aria-label={t('audit.pages')}>
          {state.before !== undefined && (
            <PageLink
              to={{ search: searchOf(undefined) }}
              className="gc-button"
            >
              {t('audit.newest')}
            </PageLink>
          )}
          {page.next !== undefined && (
            <PageLink
              to={{ search: searchOf(page.next) }}
              className="gc-button"
            >
              {t('audit.older')}
            </PageLink>
          )}
        </nav>
      )}
    </>
  );
}

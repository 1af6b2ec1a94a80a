import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { useRouteRef } from '@backstage/core-plugin-api';
import { PageLink } from '../components/PageLink';
import { SavedFilter } from '../components/SavedFilter';
import { LoadingPanel, StatePanel } from '../components/StatePanel';
import { usePagesText } from '../hooks/usePagesText';
import { rootRouteRef } from '../routes';
import { MainLandmark } from './MainLandmark';
import { PageRoot } from './PageRoot';
import { PageTabs } from './PageTabs';
import { SAVED_IN_ACTIVITY, SAVED_ON_BOARD } from './savedParams';

const BoardPage = lazy(() =>
  import('../chunks/releases').then(m => ({ default: m.BoardPage })),
);
const ClustersPage = lazy(() =>
  import('../chunks/links').then(m => ({ default: m.ClustersPage })),
);
const ClusterPage = lazy(() =>
  import('../chunks/links').then(m => ({ default: m.ClusterPage })),
);
const ActivityPage = lazy(() =>
  import('../chunks/releases').then(m => ({ default: m.ActivityPage })),
);
const FindPage = lazy(() =>
  import('../chunks/releases').then(m => ({ default: m.FindPage })),
);
const ServicePage = lazy(() =>
  import('../chunks/releases').then(m => ({ default: m.ServicePage })),
);

const RequestsPage = lazy(() =>
  import('../chunks/requests').then(m => ({ default: m.RequestsPage })),
);
const DecisionPage = lazy(() =>
  import('../chunks/requests').then(m => ({ default: m.DecisionPage })),
);
const OverridePage = lazy(() =>
  import('../chunks/requests').then(m => ({ default: m.OverridePage })),
);
const PoliciesPage = lazy(() =>
  import('../chunks/requests').then(m => ({ default: m.PoliciesPage })),
);
const AuditPage = lazy(() =>
  import('../chunks/requests').then(m => ({ default: m.AuditPage })),
);

/** Bare `/releases` is the board; the query goes along. */
function ToBoard() {
  const { search } = useLocation();
  return <Navigate to={{ pathname: 'board', search }} replace />;
}

function NotFound() {
  const t = usePagesText();
  const root = useRouteRef(rootRouteRef)();
  return (
    <StatePanel title={t('page.notFound')}>
      <PageLink to={`${root}/board`}>{t('page.toBoard')}</PageLink>
    </StatePanel>
  );
}

/** All pages under `/releases`, the same in both frontend systems. */
export function ReleasesRouter() {
  return (
    <PageRoot className="gc-page">
      <PageTabs />
      <MainLandmark>
        <Suspense fallback={<LoadingPanel rows={16} />}>
          <Routes>
            <Route path="/" element={<ToBoard />} />
            <Route
              path="board"
              element={
                <SavedFilter key="board" of={SAVED_ON_BOARD}>
                  <BoardPage />
                </SavedFilter>
              }
            />
            <Route path="clusters" element={<ClustersPage />} />
            <Route path="clusters/:name" element={<ClusterPage />} />
            <Route path="requests" element={<RequestsPage />} />
            <Route path="requests/:id" element={<DecisionPage />} />
            <Route path="requests/:id/override" element={<OverridePage />} />
            <Route path="policies" element={<PoliciesPage />} />
            <Route path="audit" element={<AuditPage />} />
            <Route
              path="activity"
              element={
                <SavedFilter key="activity" of={SAVED_IN_ACTIVITY}>
                  <ActivityPage />
                </SavedFilter>
              }
            />
            <Route path="find" element={<FindPage />} />
            <Route path="services/:namespace/:name" element={<ServicePage />} />
            <Route path="*" element={<NotFound />} />
          </Routes>
        </Suspense>
      </MainLandmark>
    </PageRoot>
  );
}

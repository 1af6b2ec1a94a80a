import { Route, Routes } from 'react-router-dom';
import { PageLink } from '../components/PageLink';
import { SavedFilter } from '../components/SavedFilter';
import { StatePanel } from '../components/StatePanel';
import { useLinksPath } from '../hooks/useLinksPath';
import { useLinksText } from '../hooks/useLinksText';
import { usePagesText } from '../hooks/usePagesText';
import { MainLandmark } from '../pages/MainLandmark';
import { PageRoot } from '../pages/PageRoot';
import { SAVED_OF_LINKS } from '../pages/savedParams';
import { CallsPage } from './calls/CallsPage';
import { GatewayPage } from './gateway/GatewayPage';
import { LinksTabs } from './LinksTabs';
import { MapPage } from './map/MapPage';
import { MatrixPage } from './matrix/MatrixPage';
import { PairPage } from './pair/PairPage';

function NotFound() {
  const t = usePagesText();
  const lt = useLinksText();
  const paths = useLinksPath();
  return (
    <StatePanel title={t('page.notFound')}>
      <PageLink to={paths.matrix}>{lt('page.toMatrix')}</PageLink>
    </StatePanel>
  );
}

/** All pages under `/links`, the same in both frontend systems. */
export function LinksRouter() {
  return (
    <PageRoot className="gc-page">
      <LinksTabs />
      <MainLandmark>
        <Routes>
          <Route
            path="/"
            element={
              <SavedFilter of={SAVED_OF_LINKS}>
                <MatrixPage />
              </SavedFilter>
            }
          />
          <Route
            path="map"
            element={
              <SavedFilter of={SAVED_OF_LINKS}>
                <MapPage />
              </SavedFilter>
            }
          />
          <Route path="calls" element={<CallsPage />} />
          <Route path="gateway" element={<GatewayPage />} />
          <Route path=":from/:to" element={<PairPage />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </MainLandmark>
    </PageRoot>
  );
}

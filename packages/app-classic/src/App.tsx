import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { AlertDisplay } from '@backstage/core-components';
import {
  CatalogEntityPage,
  CatalogIndexPage,
  catalogPlugin,
} from '@backstage/plugin-catalog';
import { SignalsDisplay } from '@backstage/plugin-signals';
import { UserSettingsPage } from '@backstage/plugin-user-settings';
import {
  groundControlPlugin,
  LinksPage,
  ReleasesPage,
} from '@ground-control/backstage-plugin-ground-control';
import { groundControlDanish } from '@ground-control/backstage-plugin-ground-control/danish';
import { DevelopmentSignInPage } from '@internal/development-sign-in';
import { Navigate, Route } from 'react-router-dom';
import { apis } from './apis';
import { entityPage } from './entityPage';
import { Root } from './Root';

const app = createApp({
  apis,
  plugins: [groundControlPlugin, catalogPlugin],
  components: { SignInPage: DevelopmentSignInPage },
  __experimentalTranslations: {
    availableLanguages: ['en', 'da'],
    resources: groundControlDanish,
  },
});

/** The portal on the classic frontend system. */
export default app.createRoot(
  <>
    <AlertDisplay />
    <SignalsDisplay />
    <AppRouter>
      <Root>
        <FlatRoutes>
          <Route path="/" element={<Navigate to="releases" />} />
          <Route path="/releases" element={<ReleasesPage />} />
          <Route path="/links" element={<LinksPage />} />
          <Route path="/catalog" element={<CatalogIndexPage />} />
          <Route
            path="/catalog/:namespace/:kind/:name"
            element={<CatalogEntityPage />}
          >
            {entityPage}
          </Route>
          <Route path="/settings" element={<UserSettingsPage />} />
        </FlatRoutes>
      </Root>
    </AppRouter>
  </>,
);

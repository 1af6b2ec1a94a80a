/**
 * The plugin alone, on a backend in memory. In the first address
 * `?services=5000` decides how large it is, and `?clusters=none`, `well` or
 * `mixed` what its clusters are like; `?links=50` how many clusters there are
 * links between, all well.
 */
import '@backstage/cli/asset-types';
// This is an app, though the package isn't.
// eslint-disable-next-line @backstage/no-ui-css-imports-in-non-frontend
import '@backstage/ui/css/styles.css';
import { UserIdentity } from '@backstage/core-components';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { useEffect } from 'react';
import ReactDOM from 'react-dom/client';
import plugin from '../src/alpha';
import { groundControlApiRef } from '../src/api';
import { FixtureApi } from '../src/__testUtils__/FixtureApi';

const asked = new URLSearchParams(window.location.search);
const services = Number(asked.get('services') ?? 450);
const clusters = (['none', 'well'] as const).find(
  kind => kind === asked.get('clusters'),
);

// There is no backend to sign in at.
const signIn = SignInPageBlueprint.make({
  params: {
    loader: async () =>
      function SignIn({ onSignInSuccess }) {
        useEffect(
          () => onSignInSuccess(UserIdentity.createGuest()),
          [onSignInSuccess],
        );
        return null;
      },
  },
});

const app = createApp({
  features: [
    catalogPlugin,
    createFrontendModule({ pluginId: 'app', extensions: [signIn] }),
    plugin.withOverrides({
      extensions: [
        ApiBlueprint.make({
          params: define =>
            define({
              api: groundControlApiRef,
              deps: {},
              factory: () =>
                new FixtureApi({
                  services,
                  links: Number(asked.get('links')) || 'mixed',
                  clusters: clusters ?? 'mixed',
                  now: Date.now(),
                }),
            }),
        }),
      ],
    }),
  ],
});

ReactDOM.createRoot(document.getElementById('root')!).render(app.createRoot());

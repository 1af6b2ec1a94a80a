import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import type { ReactElement } from 'react';
import { createGroundControlApi, groundControlApiRef } from './api';
import { entityRouteRef, linksRouteRef, rootRouteRef } from './routes';

/**
 * The plugin for the classic frontend system.
 *
 * @public
 */
export const groundControlPlugin = createPlugin({
  id: 'ground-control',
  routes: { root: rootRouteRef, links: linksRouteRef, entity: entityRouteRef },
  apis: [
    createApiFactory({
      api: groundControlApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: createGroundControlApi,
    }),
  ],
});

/** Keeps the components' own types out of the plugin's API. */
const lazily = (load: () => Promise<() => ReactElement | null>) => load;

/**
 * All pages of releases; mount it at `/releases`.
 *
 * @public
 */
export const ReleasesPage = groundControlPlugin.provide(
  createRoutableExtension({
    name: 'ReleasesPage',
    component: lazily(() =>
      import('./pages/ClassicReleasesPage').then(m => m.ClassicReleasesPage),
    ),
    mountPoint: rootRouteRef,
  }),
);

/**
 * All pages of links between clusters; mount it at `/links`, beside
 * {@link ReleasesPage}.
 *
 * @public
 */
export const LinksPage = groundControlPlugin.provide(
  createRoutableExtension({
    name: 'LinksPage',
    component: lazily(() =>
      import('./links/ClassicLinksPage').then(m => m.ClassicLinksPage),
    ),
    mountPoint: linksRouteRef,
  }),
);

/**
 * A Component's releases, for a tab of its entity page.
 *
 * @public
 */
export const EntityReleasesContent = groundControlPlugin.provide(
  createRoutableExtension({
    name: 'EntityReleasesContent',
    component: lazily(() =>
      import('./chunks/releases').then(m => m.EntityReleases),
    ),
    mountPoint: entityRouteRef,
  }),
);

/**
 * The board of a squad, for a tab of its Group's entity page.
 *
 * @public
 */
export const EntityGroupReleasesContent = groundControlPlugin.provide(
  createRoutableExtension({
    name: 'EntityGroupReleasesContent',
    component: lazily(() =>
      import('./chunks/releases').then(m => m.EntityGroupReleases),
    ),
    mountPoint: entityRouteRef,
  }),
);

/**
 * A cluster, for a tab of its Resource's entity page.
 *
 * @public
 */
export const EntityClusterContent = groundControlPlugin.provide(
  createRoutableExtension({
    name: 'EntityClusterContent',
    component: lazily(() =>
      import('./chunks/links').then(m => m.EntityCluster),
    ),
    mountPoint: entityRouteRef,
  }),
);

/**
 * Card of a Component: what is recorded of it in each environment.
 *
 * @public
 */
export const EntityWhereItRunsCard = groundControlPlugin.provide(
  createComponentExtension({
    name: 'EntityWhereItRunsCard',
    component: {
      lazy: lazily(() => import('./chunks/cards').then(m => m.WhereItRunsCard)),
    },
  }),
);

/**
 * Card of a squad's Group: how its services stand in each environment.
 *
 * @public
 */
export const EntitySquadStateCard = groundControlPlugin.provide(
  createComponentExtension({
    name: 'EntitySquadStateCard',
    component: {
      lazy: lazily(() => import('./chunks/cards').then(m => m.SquadStateCard)),
    },
  }),
);

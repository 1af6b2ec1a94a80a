/**
 * Ground Control's pages, tabs and cards for the new frontend system.
 *
 * @packageDocumentation
 */
import {
  ApiBlueprint,
  createFrontendPlugin,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
  EntityContextMenuItemBlueprint,
  EntityIconLinkBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { createGroundControlApi, groundControlApiRef } from './api';
import { LinksIcon } from './components/LinksIcon';
import { ReleasesIcon } from './components/ReleasesIcon';
import { ReleasesNavIcon } from './components/ReleasesNavIcon';
import { useFormLink } from './entity/useFormLink';
import { isClusterEntity, isServiceEntity, isSquad } from './predicates';
import { linksRouteRef, rootRouteRef } from './routes';

const api = ApiBlueprint.make({
  params: define =>
    define({
      api: groundControlApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: createGroundControlApi,
    }),
});

// One page with a router of its own, not sub-pages: a service's page lies two
// segments deep, and the same router serves the classic system.
const releasesPage = PageBlueprint.make({
  params: {
    path: '/releases',
    title: 'Releases',
    icon: <ReleasesNavIcon />,
    routeRef: rootRouteRef,
    loader: () => import('./chunks/shared').then(m => <m.ReleasesRouter />),
  },
});

const linksPage = PageBlueprint.make({
  name: 'links',
  params: {
    path: '/links',
    title: 'Links',
    icon: <LinksIcon />,
    routeRef: linksRouteRef,
    loader: () => import('./chunks/links').then(m => <m.LinksRouter />),
  },
});

const componentContent = EntityContentBlueprint.make({
  name: 'releases',
  params: {
    path: '/releases',
    title: 'Releases',
    group: 'deployment',
    filter: isServiceEntity,
    loader: () => import('./chunks/releases').then(m => <m.EntityReleases />),
  },
});

const groupContent = EntityContentBlueprint.make({
  name: 'squad-releases',
  params: {
    path: '/squad-releases',
    title: 'Releases',
    group: 'deployment',
    filter: isSquad,
    loader: () =>
      import('./chunks/releases').then(m => <m.EntityGroupReleases />),
  },
});

const clusterContent = EntityContentBlueprint.make({
  name: 'cluster',
  params: {
    path: '/cluster',
    title: 'Cluster',
    group: 'operation',
    filter: isClusterEntity,
    loader: () => import('./chunks/links').then(m => <m.EntityCluster />),
  },
});

const whereItRunsCard = EntityCardBlueprint.make({
  name: 'where-it-runs',
  params: {
    type: 'content',
    filter: isServiceEntity,
    loader: () => import('./chunks/cards').then(m => <m.WhereItRunsCard />),
  },
});

const squadStateCard = EntityCardBlueprint.make({
  name: 'squad-state',
  params: {
    type: 'content',
    filter: isSquad,
    loader: () => import('./chunks/cards').then(m => <m.SquadStateCard />),
  },
});

const requestReleaseLink = EntityIconLinkBlueprint.make({
  name: 'request-release',
  params: {
    filter: isServiceEntity,
    useProps: () => ({
      label: 'Request release',
      icon: <ReleasesIcon />,
      href: useFormLink('ask'),
    }),
  },
});

const rollBackItem = EntityContextMenuItemBlueprint.make({
  name: 'roll-back',
  params: {
    filter: isServiceEntity,
    icon: <ReleasesIcon />,
    useProps: () => ({
      title: 'Roll back…',
      href: useFormLink('rollback'),
    }),
  },
});

/**
 * The plugin for the new frontend system.
 *
 * @alpha
 */
export default createFrontendPlugin({
  pluginId: 'ground-control',
  title: 'Releases',
  icon: <ReleasesIcon />,
  info: { packageJson: () => import('./packageInfo') },
  routes: { root: rootRouteRef, links: linksRouteRef },
  extensions: [
    api,
    releasesPage,
    linksPage,
    componentContent,
    groupContent,
    clusterContent,
    whereItRunsCard,
    squadStateCard,
    requestReleaseLink,
    rollBackItem,
  ],
});

import { createRouteRef } from '@backstage/core-plugin-api';

/** Where the releases pages are mounted, `/releases` by default. */
export const rootRouteRef = createRouteRef({ id: 'ground-control' });

/** Where the Component's or Group's tab is mounted. */
export const entityRouteRef = createRouteRef({ id: 'ground-control:entity' });

/** Where the pages of links are mounted, `/links` by default. */
export const linksRouteRef = createRouteRef({ id: 'ground-control:links' });

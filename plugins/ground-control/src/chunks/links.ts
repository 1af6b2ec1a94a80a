/**
 * All that shows links: their pages, and what pages of clusters and services
 * say of them once they stand. They show the same links, and share what draws
 * them.
 */
export { ClusterLinks } from '../links/entity/ClusterLinks';
export { ComponentLinks } from '../links/entity/ComponentLinks';
export { LinksRouter } from '../links/LinksRouter';

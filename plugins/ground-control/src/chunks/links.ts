/**
 * Clusters and the links between them: their pages, and what pages of services
 * and requests say of links once they stand. They are made of the same parts.
 */
export { ClusterPage } from '../clusters/ClusterPage';
export { ClustersPage } from '../clusters/ClustersPage';
export { EntityCluster } from '../entity/EntityCluster';
export { AccessFacts } from '../links/access/AccessFacts';
export { ComponentLinks } from '../links/entity/ComponentLinks';
export { LinksRouter } from '../links/LinksRouter';
export { shared } from './shared';

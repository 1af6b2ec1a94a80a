/**
 * What happened and how it is: services, clusters, activity. They are made of
 * the same parts, which cost less together than each page saves by itself.
 */
export { ActivityPage } from '../activity/ActivityPage';
export { CellSheet } from '../board/CellSheet';
export { ClusterPage } from '../clusters/ClusterPage';
export { ClustersPage } from '../clusters/ClustersPage';
export { EntityCluster } from '../entity/EntityCluster';
export { EntityReleases } from '../entity/EntityReleases';
export { FindPage } from '../find/FindPage';
export { ServicePage } from '../service/ServicePage';

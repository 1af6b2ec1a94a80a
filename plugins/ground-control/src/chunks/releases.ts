/**
 * What happened, how it is, and what is asked for: services, clusters,
 * activity, and the forms that their pages open. They are made of the same
 * parts, which cost less together than each page saves by itself.
 */
export { ActivityPage } from '../activity/ActivityPage';
export { BatchSheet } from '../ask/BatchSheet';
export { RequestSheet } from '../ask/RequestSheet';
export { RollbackSheet } from '../ask/RollbackSheet';
export { CellSheet } from '../board/CellSheet';
export { ClusterPage } from '../clusters/ClusterPage';
export { ClustersPage } from '../clusters/ClustersPage';
export { EntityCluster } from '../entity/EntityCluster';
export { EntityReleases } from '../entity/EntityReleases';
export { FindPage } from '../find/FindPage';
export { ServicePage } from '../service/ServicePage';

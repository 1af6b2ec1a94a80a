export { readExported } from './readExported';
export { readIngresses } from './readIngresses';
export { readLinkRows } from './readLinkRows';
export { readLinkWatch } from './readLinkWatch';
export { readMirrored } from './readMirrored';
export { readTrust } from './readTrust';
export { LINK_TABLES } from './tables';
export type {
  CertificateState,
  ClusterIngress,
  ClusterLink,
  ClusterMirrored,
  ClusterTrust,
  ExportedService,
  LinkWatch,
} from './types';

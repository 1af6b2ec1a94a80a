export { GitopsService } from './GitopsService';
export { readRepositoryStatus } from './repositoryStatus';
export { releaseManagerLayout } from './releaseManager/releaseManagerLayout';
export type { MaskedFiles, ReleaseFile, ReleaseFiles } from './types';

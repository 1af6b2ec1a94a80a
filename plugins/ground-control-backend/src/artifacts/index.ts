export { ArtifactsService } from './ArtifactsService';
export { ArtifactUploads, isWritable } from './ArtifactUploads';
export { createArtifactStore } from './createArtifactStore';
export { FolderArtifactStore } from './FolderArtifactStore';
export { forgetStoreProblems } from './forgetStoreProblems';
export { RecentReads } from './RecentReads';
export type { ReadsFiles } from './RecentReads';
export { readStoreConfig } from './readStoreConfig';
export type { ArtifactStoreSettings } from './readStoreConfig';

export { ArtifactsService } from './ArtifactsService';
export { FolderArtifactStore } from './FolderArtifactStore';
export { forgetStoreProblems } from './forgetStoreProblems';

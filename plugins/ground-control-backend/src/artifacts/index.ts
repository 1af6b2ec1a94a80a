export { ArtifactsService } from './ArtifactsService';
export { FolderArtifactStore } from './FolderArtifactStore';

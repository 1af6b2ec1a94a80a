// Artifact stores that tests of every feature may use, wherever they lie.
export { ArtifactUploads, FolderArtifactStore } from '../artifacts';
export { S3ArtifactStore } from '../artifacts/s3/S3ArtifactStore';
export { rawZip, zipOf } from '../artifacts/__testUtils__/rawZip';
export { TestS3 } from '../artifacts/__testUtils__/TestS3';
export type { WritableStore } from '../artifacts/ArtifactUploads';

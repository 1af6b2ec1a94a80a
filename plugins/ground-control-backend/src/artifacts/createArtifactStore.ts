import { ArtifactStore } from '@ground-control/backstage-plugin-ground-control-node';
import { FolderArtifactStore } from './FolderArtifactStore';
import { ArtifactStoreSettings } from './readStoreConfig';
import { S3ArtifactStore } from './s3/S3ArtifactStore';

/** The store that the config names. */
export function createArtifactStore(
  settings: ArtifactStoreSettings,
): ArtifactStore {
  return settings.s3
    ? new S3ArtifactStore(settings.s3)
    : new FolderArtifactStore(settings.folder);
}

import { ArtifactKey } from '@ground-control/backstage-plugin-ground-control-node';
import { isPlainName } from '../gitops/isPlainName';

/**
 * Whether a name can be that of an artifact. Hidden files are uploads in
 * progress; a slash would lead elsewhere.
 */
export function isArtifactName(name: string): boolean {
  return (
    name !== '' &&
    Buffer.byteLength(name) <= 255 &&
    name.isWellFormed() &&
    !name.startsWith('.') &&
    !/[\p{Cc}/]/u.test(name)
  );
}

/** Whether an artifact can be kept under this name. */
export function isArtifactKey({ service, artifactId }: ArtifactKey): boolean {
  return isPlainName(service) && isArtifactName(artifactId);
}

import { Artifact } from '@ground-control/backstage-plugin-ground-control-common';
import { ArtifactKey } from '@ground-control/backstage-plugin-ground-control-node';
import { isPlainName } from '../gitops/isPlainName';

/** Why an artifact isn't what its name in the store says, or nothing. */
export function findArtifactFault(
  key: ArtifactKey,
  artifact: Artifact,
): string | undefined {
  if (artifact.service !== '' && artifact.service !== key.service) {
    return 'It says that it is of another service. Build it again.';
  }
  if (artifact.id !== key.artifactId) {
    return 'Its id is not the name it is kept under. Build it again.';
  }
  if (artifact.namespace !== '' && !isPlainName(artifact.namespace)) {
    return 'Its namespace can’t be the name of one. Build it again.';
  }
  return undefined;
}

import {
  ArtifactFile,
  FileFault,
  findPathFault,
  LayoutPlace,
  TreeChange,
} from '@ground-control/backstage-plugin-ground-control-node';
import { displayPath } from '../displayPath';
import { isPlainName } from '../isPlainName';
import { isFluxKustomization } from './isFluxKustomization';
import {
  formatKustomizationPath,
  formatPlace,
  formatReleaseFolder,
} from './places';
import { readArtifact } from './readArtifact';

const DESCRIPTION = 'artifact.json';

function fault(why: string): FileFault {
  return { fault: `The artifact can't be released: ${why}` };
}

/** As a folder is walked: name by name, by their bytes. */
function compareWalk(a: ArtifactFile, b: ArtifactFile): number {
  const left = a.path.split('/');
  const right = b.path.split('/');
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const order = Buffer.compare(Buffer.from(left[at]), Buffer.from(right[at]));
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** A file at the place of a folder, or of another file, would swallow it. */
function findNameFault(sorted: ArtifactFile[]): FileFault | undefined {
  for (const [at, { path }] of sorted.entries()) {
    if (findPathFault(path)) {
      return fault(
        `${displayPath(
          path,
        )} is no plain name of a file in it. Build it again without that file.`,
      );
    }
    const previous = at > 0 ? sorted[at - 1].path : undefined;
    if (previous !== undefined && `${path}/`.startsWith(`${previous}/`)) {
      return fault(
        `${displayPath(
          previous,
        )} is in it twice, or is a file and a folder. Build it again.`,
      );
    }
  }
  return undefined;
}

function findDescriptionFault(
  place: LayoutPlace,
  files: ArtifactFile[],
): FileFault | undefined {
  const description = files.find(file => file.path === DESCRIPTION);
  if (!description) {
    return fault(`there is no ${DESCRIPTION} in it. Build it again.`);
  }
  const artifact = readArtifact(description.content);
  if ('fault' in artifact) return artifact;
  const { service, namespace } = artifact;
  if (service !== '' && service !== place.service) {
    return fault('it says that it is of another service. Build it again.');
  }
  const { folder } = formatPlace(place.environment, {
    namespace,
    name: place.service,
  });
  // release-manager would put it into the folder of that other namespace.
  return folder === place.folder
    ? undefined
    : fault('it says that it is of another namespace. Build it again.');
}

/**
 * What a release of these files changes: the release's folder is replaced as a
 * whole, and the first Flux Kustomization is moved to where clusters look for
 * it. A release without one leaves the one that is there, and so does
 * release-manager. Bytes are copied as they are. Never throws.
 */
export function planRelease(
  place: LayoutPlace,
  files: ArtifactFile[],
): TreeChange[] | FileFault {
  const { environment, folder, service } = place;
  if (![environment, folder, service].every(isPlainName)) {
    return fault('its service, namespace or environment has no plain name.');
  }
  const sorted = [...files].sort(compareWalk);
  const found = findNameFault(sorted) ?? findDescriptionFault(place, sorted);
  if (found) return found;

  const releaseFolder = formatReleaseFolder(place);
  const changes: TreeChange[] = [{ kind: 'remove', path: releaseFolder }];
  let kustomization: ArtifactFile | undefined;
  for (const file of sorted) {
    if (!kustomization) {
      const is = isFluxKustomization(displayPath(file.path), file.content);
      if (typeof is === 'object') return is;
      if (is) {
        kustomization = file;
        continue;
      }
    }
    changes.push({
      kind: 'put',
      path: `${releaseFolder}/${file.path}`,
      mode: '100644',
      content: file.content,
    });
  }
  if (kustomization) {
    changes.push({
      kind: 'put',
      path: formatKustomizationPath(place),
      mode: '100644',
      content: kustomization.content,
    });
  }
  return changes;
}

import { ServiceFacts, Verdict } from './types';

/** An image as `<repository>:<tag>@<digest>`; of the last two one may be missing. */
function splitImage(image: string): { repository: string; version: string } {
  const at = image.indexOf('@');
  const named = at < 0 ? image : image.slice(0, at);
  // A colon before the last slash is a port.
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  return colon < 0
    ? { repository: named, version: image.slice(named.length) }
    : { repository: named.slice(0, colon), version: named.slice(colon + 1) };
}

/** An image of the release's own repository, of another version. */
function findOtherImage(running: string[], wanted: string[]) {
  const versions = new Map<string, Set<string>>();
  for (const image of wanted) {
    const { repository, version } = splitImage(image);
    if (version === '') continue;
    const known = versions.get(repository);
    if (known) known.add(version);
    else versions.set(repository, new Set([version]));
  }
  return running.find(image => {
    const { repository, version } = splitImage(image);
    const known = versions.get(repository);
    return known !== undefined && !known.has(version);
  });
}

/**
 * What differs between the cluster and the release, where Flux says that it is
 * applied: somebody changed it by other ways.
 */
export function findOther(
  facts: ServiceFacts,
): Pick<Verdict, 'reason' | 'message'> | undefined {
  const { release, workloads, helmReleases, missingWorkloads } = facts;
  const drifted = helmReleases.find(one => one.drifted?.status === 'True');
  if (drifted) {
    return {
      reason: 'changed-by-hand',
      message: `HelmRelease ${drifted.namespace}/${drifted.name} has drifted`,
    };
  }
  const missing = missingWorkloads[0];
  if (missing) {
    return {
      reason: 'workload-missing',
      message: `${missing} was applied and isn't there`,
    };
  }
  const other =
    release.artifactId &&
    workloads.find(
      one => one.artifactId && one.artifactId !== release.artifactId,
    );
  if (other) {
    return {
      reason: 'runs-another-artifact',
      message: `${other.kind} ${other.name} runs ${other.artifactId}`,
    };
  }
  const image = findOtherImage(
    workloads.flatMap(one => one.images),
    release.images,
  );
  return image
    ? { reason: 'changed-by-hand', message: `The image ${image} runs` }
    : undefined;
}

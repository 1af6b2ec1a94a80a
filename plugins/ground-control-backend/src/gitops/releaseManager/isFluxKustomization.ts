import { Composer, isMap, Parser } from 'yaml';
import { FileFault } from '@ground-control/backstage-plugin-ground-control-node';

const GROUP = 'kustomize.toolkit.fluxcd.io/';
/** A cluster takes no object that is larger. */
const MAX_BYTES = 2 * 1024 * 1024;

/**
 * Whether the first YAML document of a file is a Flux Kustomization. A file
 * that doesn't name its group is none, and isn't parsed: artifacts hold other
 * files by the megabyte.
 */
export function isFluxKustomization(
  path: string,
  content: Buffer,
): boolean | FileFault {
  if (!content.includes(GROUP)) return false;
  if (content.length > MAX_BYTES) {
    return {
      fault: `The artifact can't be released: ${path} names a Flux Kustomization and is larger than 2 MiB. Build it again without what doesn't belong there.`,
    };
  }
  const unreadable = {
    fault: `The artifact can't be released: ${path} names a Flux Kustomization, but its first document is no YAML. Mend the file and build it again.`,
  };
  try {
    // Both are lazy: what follows the first document is not looked at.
    const tokens = new Parser().parse(content.toString('utf8'));
    for (const document of new Composer().compose(tokens)) {
      if (document.errors.length > 0) return unreadable;
      if (!isMap(document.contents)) return false;
      const apiVersion = document.get('apiVersion');
      return (
        typeof apiVersion === 'string' &&
        apiVersion.startsWith(GROUP) &&
        document.get('kind') === 'Kustomization'
      );
    }
    return false;
  } catch {
    return unreadable;
  }
}

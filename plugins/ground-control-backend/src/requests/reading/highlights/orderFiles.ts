import { FileDiff } from '@ground-control/backstage-plugin-ground-control-common';

/** A label or annotation that says of which build the release is, and by whom. */
const LABEL =
  /^[+-]\s*["']?[\w-]+(?:\.[\w-]+)+\/(?:artifact-id|author|version)["']?\s*:/;

function isNoise({ change, hunks, masked, omitted }: FileDiff): boolean {
  if (change !== 'modified' || masked?.changed || omitted) return false;
  const lines = hunks.flatMap(hunk =>
    hunk.lines.filter(line => !line.startsWith(' ')),
  );
  return lines.length > 0 && lines.every(line => LABEL.test(line));
}

/** Puts files with highlights first and those that only label the build last. */
export function orderFiles(
  files: FileDiff[],
  highlighted: ReadonlySet<string>,
): FileDiff[] {
  const rank = (file: FileDiff) => {
    if (file.noise) return 2;
    return highlighted.has(file.path) ? 0 : 1;
  };
  return files
    .map(file => (isNoise(file) ? { ...file, noise: true as const } : file))
    .sort((a, b) => rank(a) - rank(b));
}

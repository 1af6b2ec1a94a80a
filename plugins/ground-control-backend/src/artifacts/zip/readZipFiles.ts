import { Entry, ZipFile } from 'yauzl';
import {
  ArtifactFile,
  findPathFault,
} from '@ground-control/backstage-plugin-ground-control-node';
import { eachEntry } from './eachEntry';
import { inflateEntry } from './inflateEntry';
import { ZipFault } from './types';

const DESCRIPTION = 'artifact.json';

/** What isn't an ordinary file: its content would be taken for a path, or a program. */
function isSpecial(entry: Entry): boolean {
  const isUnix = entry.versionMadeBy >>> 8 === 3;
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
  return isUnix && kind !== 0 && kind !== 0o100000;
}

/** Where a file of the zip stands in the release's folder. */
function toReleasePath(name: string, environment: string): string | undefined {
  if (name === DESCRIPTION) return DESCRIPTION;
  return name.startsWith(`${environment}/`)
    ? name.slice(environment.length + 1)
    : undefined;
}

/**
 * Reads what a release to an environment consists of: `artifact.json` from the
 * root of the zip, and what is below the folder named as the environment.
 */
export async function readZipFiles(
  zip: ZipFile,
  options: { environment: string; maxBytes: number; signal?: AbortSignal },
): Promise<ArtifactFile[] | ZipFault> {
  const files = new Map<string, Buffer>();
  let left = options.maxBytes;
  for await (const entry of eachEntry(zip)) {
    options.signal?.throwIfAborted();
    if (entry.fileName.endsWith('/')) continue;
    const path = toReleasePath(entry.fileName, options.environment);
    if (path === undefined) continue;
    if (findPathFault(path) || isSpecial(entry)) return 'bad-name';
    if (files.has(path)) return 'twice';
    const content = await inflateEntry(zip, entry, left);
    if (!content) return 'too-large';
    left -= content.length;
    files.set(path, content);
  }
  if (!files.has(DESCRIPTION)) return 'no-entry';
  if (files.size === 1) return 'no-environment';
  return [...files].map(([path, content]) => ({ path, content }));
}

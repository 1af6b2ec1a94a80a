import { ZipFile } from 'yauzl';
import { eachEntry } from './eachEntry';
import { inflateEntry } from './inflateEntry';
import { ZipFault } from './types';

/**
 * Reads one file from the root of a zip, and nothing else of it: nothing is
 * unpacked, so paths in the zip lead nowhere.
 */
export async function readZipEntry(
  zip: ZipFile,
  options: { name: string; maxBytes: number },
): Promise<Buffer | ZipFault> {
  for await (const entry of eachEntry(zip)) {
    if (entry.fileName === options.name) {
      return (await inflateEntry(zip, entry, options.maxBytes)) ?? 'too-large';
    }
  }
  return 'no-entry';
}

import { MAX_DESCRIPTION } from '../zip/types';
import { readBufferZip } from '../zip/readBufferZip';
import { readZipEntry } from '../zip/readZipEntry';

/** S3 keeps two kilobytes of metadata with an object, names included. */
const MAX_METADATA = 2_048;
const NAME = 'artifact-spec';

/**
 * What release-manager wants to find beside an artifact in a bucket: it
 * describes artifacts from there, and never opens their zips for that. Nothing
 * where it doesn't fit.
 */
export async function formatSpecMetadata(
  zip: Buffer,
): Promise<Record<string, string>> {
  const description = await readBufferZip(zip, entries =>
    readZipEntry(entries, {
      name: 'artifact.json',
      maxBytes: MAX_DESCRIPTION,
    }),
  );
  if (typeof description === 'string') return {};
  let compact: string;
  try {
    compact = JSON.stringify(JSON.parse(description.toString('utf8')));
  } catch {
    return {};
  }
  const value = Buffer.from(compact).toString('base64');
  return value.length + NAME.length <= MAX_METADATA ? { [NAME]: value } : {};
}

import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { Entry, ZipFile } from 'yauzl';

/**
 * The content of a file in a zip, or undefined where it is too large. Bytes are
 * counted as they are inflated, whatever the zip's directory says of them.
 * Throws where the content isn't what the zip's checksum is of.
 */
export async function inflateEntry(
  zip: ZipFile,
  entry: Entry,
  maxBytes: number,
): Promise<Buffer | undefined> {
  if (entry.uncompressedSize > maxBytes) return undefined;
  const open = promisify(
    (of: Entry, callback: (error: Error | null, stream: Readable) => void) =>
      zip.openReadStream(of, callback),
  );
  const stream = await open(entry);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  const content = Buffer.concat(chunks);
  if (crc32(content) !== entry.crc32) throw new Error('wrong checksum');
  return content;
}

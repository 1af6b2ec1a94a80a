import { createHash } from 'node:crypto';
import { ArtifactFile } from '@ground-control/backstage-plugin-ground-control-node';

/**
 * SHA-256 of names and contents, in hex, whatever their order was. Lengths
 * stand before both, so that no byte of one can pass for one of the other.
 */
export function digestFiles(files: ArtifactFile[]): string {
  const named = files
    .map(({ path, content }) => ({ name: Buffer.from(path), content }))
    .sort((a, b) => Buffer.compare(a.name, b.name));
  const hash = createHash('sha256');
  for (const { name, content } of named) {
    hash.update(`${name.length}:`).update(name);
    hash.update(`${content.length}:`).update(content);
  }
  return hash.digest('hex');
}

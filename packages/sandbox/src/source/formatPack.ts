import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** An object of Git, as a pack holds it. */
export interface PackedObject {
  type: 'commit' | 'tree';
  body: Buffer;
}

const TYPES = { commit: 1, tree: 2 };

/** The type in three bits and the length in groups of seven, the lowest first. */
function formatHead({ type, body }: PackedObject): Buffer {
  const bytes = [];
  let rest = Math.floor(body.length / 16);
  let byte = (TYPES[type] << 4) | body.length % 16;
  while (rest > 0) {
    bytes.push(byte | 0x80);
    byte = rest % 128;
    rest = Math.floor(rest / 128);
  }
  bytes.push(byte);
  return Buffer.from(bytes);
}

/** The bytes of a pack file; see gitformat-pack(5). */
export function formatPack(objects: PackedObject[]): Buffer {
  const head = Buffer.alloc(12);
  head.write('PACK');
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(objects.length, 8);
  const bytes = Buffer.concat([
    head,
    ...objects.flatMap(object => [
      formatHead(object),
      deflateSync(object.body, { level: 1 }),
    ]),
  ]);
  return Buffer.concat([bytes, createHash('sha1').update(bytes).digest()]);
}

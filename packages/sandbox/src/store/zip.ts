import { crc32, deflateRawSync } from 'node:zlib';
import type { NamedFile } from '../format/types.ts';

/** 1980-01-01 00:00, the earliest that a zip can say: bytes never change. */
const TIME = 0;
const DATE = 0x21;
const DEFLATED = 8;
const UTF8 = 0x0800;
const REGULAR_FILE = (0o100644 << 16) >>> 0;

/** Less memory to set up for each of a great many files of a few kilobytes. */
const SMALL_FILES = { level: 6, memLevel: 5, windowBits: 12, chunkSize: 4096 };

interface Packed {
  checksum: number;
  size: number;
  bytes: Buffer;
}

/** Manifests repeat from build to build: each text is packed once. */
export class Packer {
  private packed = new Map<string, Packed>();
  private held = 0;

  pack(content: string): Packed {
    let result = this.packed.get(content);
    if (!result) {
      const data = Buffer.from(content);
      result = {
        checksum: crc32(data),
        size: data.length,
        bytes: deflateRawSync(data, SMALL_FILES),
      };
      this.held += data.length;
      if (this.held > 32_000_000) {
        this.packed = new Map();
        this.held = data.length;
      }
      this.packed.set(content, result);
    }
    return result;
  }
}

/** A zip of the files, in their order. */
export function zip(files: NamedFile[], packer = new Packer()): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const name = Buffer.from(file.name);
    const { checksum, size, bytes } = packer.pack(file.content);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(UTF8, 2);
    shared.writeUInt16LE(DEFLATED, 4);
    shared.writeUInt16LE(TIME, 6);
    shared.writeUInt16LE(DATE, 8);
    shared.writeUInt32LE(checksum, 10);
    shared.writeUInt32LE(bytes.length, 14);
    shared.writeUInt32LE(size, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, name]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(REGULAR_FILE, 6);
    rest.writeUInt32LE(offset, 10);
    directory.push(
      // The high byte names Unix: the mode above is read only then.
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), shared, rest, name]),
    );
    parts.push(local, bytes);
    offset += local.length + bytes.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  const listed = Buffer.concat(directory);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listed, end]);
}

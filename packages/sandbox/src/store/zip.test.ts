import { crc32, inflateRawSync } from 'node:zlib';
import { zip } from './zip.ts';

/** Reads a zip by its directory, as every reader does. */
function unzip(bytes: Buffer): Record<string, string> {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06'));
  let at = bytes.readUInt32LE(end + 16);
  const files: Record<string, string> = {};
  for (let i = bytes.readUInt16LE(end + 10); i > 0; i--) {
    expect(bytes.readUInt32BE(at)).toBe(0x504b0102);
    const nameLength = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    expect(bytes.readUInt32BE(local)).toBe(0x504b0304);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + bytes.readUInt16LE(local + 26);
    const data = inflateRawSync(
      bytes.subarray(start, start + bytes.readUInt32LE(at + 20)),
    );
    expect(data.length).toBe(bytes.readUInt32LE(at + 24));
    expect(crc32(data)).toBe(bytes.readUInt32LE(at + 16));
    // The time never moves, and the mode is that of an ordinary file.
    expect(bytes.readUInt32LE(at + 12)).toBe(0x00210000);
    expect(bytes.readUInt32LE(at + 38) >>> 16).toBe(0o100644);
    files[name] = data.toString();
    at += 46 + nameLength;
  }
  expect(at).toBe(end);
  return files;
}

describe('zip', () => {
  it('holds what was put in', () => {
    const files = {
      'artifact.json': '{}\n',
      'dev/ærø.yaml': 'å: ø\n'.repeat(1000),
      'dev/empty.yaml': '',
    };
    const bytes = zip(
      Object.entries(files).map(([name, content]) => ({ name, content })),
    );
    expect(unzip(bytes)).toEqual(files);
  });

  it('gives the same bytes every time', () => {
    const files = [{ name: 'a', content: 'b'.repeat(100) }];
    expect(zip(files).equals(zip(files))).toBe(true);
  });
});

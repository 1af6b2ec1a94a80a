import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RawEntry, rawZip, zipOf } from './__testUtils__/rawZip';
import { FolderArtifactStore } from './FolderArtifactStore';

const key = { service: 'ledger', artifactId: 'master-1' };
let folder: string;
let store: FolderArtifactStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ground-control-store-'));
  store = new FolderArtifactStore(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (content: Buffer) => {
  mkdirSync(join(folder, 'ledger'), { recursive: true });
  writeFileSync(join(folder, 'ledger', 'master-1'), content);
};
const readFiles = (environment = 'dev') =>
  store.readFiles(key, { environment });
const texts = async (environment = 'dev') => {
  const read = await readFiles(environment);
  if ('fault' in read) throw new Error(read.fault);
  return Object.fromEntries(
    read.files.map(({ path, content }) => [path, content.toString()]),
  );
};
const digestOf = async (zip: Buffer) => {
  put(zip);
  const read = await readFiles();
  if ('fault' in read) throw new Error(read.fault);
  return read.digest;
};

describe('FolderArtifactStore.readFiles', () => {
  const files = {
    'artifact.json': '{}',
    'dev/40-a.yaml': 'a',
    'dev/sub/b.yaml': 'b\r\n\0',
    'prod/40-a.yaml': 'p',
    'devel/c.yaml': 'c',
    'README.md': 'r',
  };

  it('gives what a release to one environment consists of', async () => {
    put(zipOf(files));
    expect(await texts()).toEqual({
      'artifact.json': '{}',
      '40-a.yaml': 'a',
      'sub/b.yaml': 'b\r\n\0',
    });
    expect(await texts('prod')).toEqual({
      'artifact.json': '{}',
      '40-a.yaml': 'p',
    });
  });

  it('has one digest for the same files, and another for others', async () => {
    const dev = {
      'artifact.json': '{}',
      'dev/40-a.yaml': 'a',
      'dev/sub/b.yaml': 'b\r\n\0',
    };
    const digest = await digestOf(zipOf(files));
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    const reversed = Object.fromEntries(Object.entries(dev).reverse());
    expect(await digestOf(zipOf(reversed))).toBe(digest);
    const others: Record<string, string>[] = [
      { ...dev, 'artifact.json': '{ }' },
      { ...dev, 'dev/40-a.yaml': 'A' },
      { ...dev, 'dev/new.yaml': '' },
      { 'artifact.json': '{}', 'dev/40-a.yaml1:a': '', 'dev/sub/b.yaml': 'b' },
    ];
    for (const other of others) {
      expect(await digestOf(zipOf(other))).not.toBe(digest);
    }
  });

  const description: RawEntry = { name: 'artifact.json', content: '{}' };
  const manifest: RawEntry = { name: 'dev/a.yaml', content: 'a' };
  it.each<[string, RawEntry[], RegExp]>([
    [
      'a path that leads out',
      [{ name: 'dev/../../x', content: '' }],
      /not a whole zip/,
    ],
    ['an absolute path', [{ name: '/etc/x', content: '' }], /not a whole zip/],
    [
      'a path of another system',
      [{ name: 'dev\\x', content: '' }],
      /not a whole zip/,
    ],
    ["git's folder", [{ name: 'dev/.git/config', content: '' }], /lead out/],
    ['a line end', [{ name: 'dev/a\nb', content: '' }], /lead out/],
    ['an empty name', [{ name: 'dev//x', content: '' }], /lead out/],
    [
      'a link',
      [{ name: 'dev/x', content: '/etc/passwd', mode: 0o120777 }],
      /is a link/,
    ],
    ['a file twice', [manifest], /twice/],
    [
      'a second description',
      [{ name: 'dev/artifact.json', content: '' }],
      /twice/,
    ],
    [
      'a wrong checksum',
      [{ name: 'dev/x', content: 'x', claims: { checksum: 1 } }],
      /not a whole zip/,
    ],
    [
      'a wrong size',
      [{ name: 'dev/x', content: 'xyz', claims: { size: 1 } }],
      /not a whole zip/,
    ],
    [
      'too much',
      [1, 2, 3].map(n => ({
        name: `dev/${n}`,
        content: Buffer.alloc(11 * 1024 * 1024),
      })),
      /32 MiB/,
    ],
  ])('refuses a zip with %s', async (_, entries, fault) => {
    put(rawZip([description, manifest, ...entries]));
    expect(await readFiles()).toEqual({
      fault: expect.stringMatching(fault),
      missing: false,
    });
  });

  it('tells what is missing from what is wrong, and from a store that is away', async () => {
    const missing = { fault: expect.any(String), missing: true };
    expect(await readFiles()).toEqual(missing);
    put(zipOf({ 'artifact.json': '{}', 'prod/a.yaml': '' }));
    expect(await readFiles()).toEqual(missing);
    put(zipOf({ 'dev/a.yaml': '' }));
    expect(await readFiles()).toEqual({ ...missing, missing: false });
    expect(
      await store.readFiles(
        { service: '..', artifactId: 'x' },
        { environment: 'dev' },
      ),
    ).toEqual(missing);
    rmSync(folder, { recursive: true });
    await expect(readFiles()).rejects.toThrow(/can't be read \(ENOENT\)/);
  });

  it('stops when it is told to', async () => {
    put(zipOf(files));
    await expect(
      store.readFiles(key, {
        environment: 'dev',
        signal: AbortSignal.abort(new Error('enough')),
      }),
    ).rejects.toThrow('enough');
  });
});

describe('FolderArtifactStore.write', () => {
  const zip = zipOf({ 'artifact.json': '{}', 'dev/a.yaml': 'a' });
  const write = (content = zip) => store.write(key, content, {});

  it('keeps what is new, and never replaces it', async () => {
    expect(await write()).toBe('kept');
    expect(await write()).toBe('same');
    expect(await write(zipOf({ 'artifact.json': '{}' }))).toBe('other');
    expect(readFileSync(join(folder, 'ledger', 'master-1'))).toEqual(zip);
    expect(readdirSync(folder)).toEqual(['ledger']);
    expect(await texts()).toHaveProperty(['a.yaml'], 'a');
    const { signal } = new AbortController();
    const known = async () => [];
    expect((await store.findChanges({ known, signal })).added).toEqual([key]);
  });

  it('lets one of many that write at once win', async () => {
    const results = await Promise.all(
      [1, 2, 3, 4, 5].map(n => write(zipOf({ 'artifact.json': `${n}` }))),
    );
    expect(results.sort()).toEqual([
      'kept',
      'other',
      'other',
      'other',
      'other',
    ]);
  });

  it('writes nowhere else', async () => {
    for (const artifactId of ['../x', '..', '.x', 'a/b', '']) {
      await expect(
        store.write({ service: 'ledger', artifactId }, zip, {}),
      ).rejects.toThrow(/can’t be that of an artifact/);
    }
    mkdirSync(join(folder, 'ledger'));
    const outside = join(folder, 'outside');
    writeFileSync(outside, zip);
    symlinkSync(outside, join(folder, 'ledger', 'master-1'));
    expect(await write()).toBe('other');
    rmSync(folder, { recursive: true });
    await expect(write()).rejects.toThrow(/ENOENT/);
    expect(() => readdirSync(folder)).toThrow();
  });
});

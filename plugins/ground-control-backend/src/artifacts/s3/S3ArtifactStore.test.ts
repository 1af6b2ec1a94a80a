import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { artifactId, artifactJson } from '../../gitops/__testUtils__/artifacts';
import { rawZip, zipOf } from '../__testUtils__/rawZip';
import { S3Fault, TestS3 } from '../__testUtils__/TestS3';
import { isSameObject, KeyQueue } from './KeyQueue';
import { S3ArtifactStore } from './S3ArtifactStore';

const { signal } = new AbortController();
const key = { service: 'ledger', artifactId: 'master-1' };
const at = 'ledger/master-1';
const of = (artifactId_: string, service = 'ledger') => ({
  service,
  artifactId: artifactId_,
});

let s3: TestS3;
const stores: S3ArtifactStore[] = [];
const open = (limits = {}, settings = {}) => {
  const store = new S3ArtifactStore({ ...s3.settings, ...settings }, limits);
  stores.push(store);
  return store;
};
beforeEach(async () => {
  s3 = await new TestS3().start();
});
afterEach(async () => {
  stores.splice(0).forEach(store => store.close());
  await s3.stop();
});

const lists = () => s3.requests.filter(({ key: k }) => k === '').length;
const found = async (
  store: S3ArtifactStore,
  known?: ReturnType<typeof of>[],
) => {
  const changes = await store.findChanges({
    ...(known ? { known: async () => known } : {}),
    signal,
  });
  const text = (keys: ReturnType<typeof of>[]) =>
    keys.map(k => `${k.service}/${k.artifactId}`);
  return { added: text(changes.added), removed: text(changes.removed) };
};

/** What somebody knows of the bucket who believes what changed. */
const learn = async (store: S3ArtifactStore, known: Map<string, string>) => {
  const { added, removed } = await found(store);
  removed.forEach(name => known.delete(name));
  added.forEach(name => known.set(name, `${s3.objects.get(name)?.bytes}`));
};

describe('S3ArtifactStore.findChanges', () => {
  it('tells what is new, replaced or gone, and nothing twice', async () => {
    const store = open();
    for (const k of [
      at,
      'ledger/é ü+%',
      'cards/1',
      'README',
      'a/b/c',
      'cards/',
      '.x/1',
    ]) {
      s3.put(k, Buffer.from(k));
    }
    const all = ['cards/1', 'ledger/master-1', 'ledger/é ü+%'];
    expect(await found(store, [])).toEqual({ added: all, removed: [] });
    expect(await found(store)).toEqual({ added: [], removed: [] });
    s3.objects.delete('cards/1');
    s3.put(at, Buffer.from('replaced'));
    s3.put('ledger/master-0', Buffer.from(''));
    expect(await found(store)).toEqual({
      added: ['ledger/master-0', at],
      removed: ['cards/1'],
    });
    expect(await found(store)).toEqual({ added: [], removed: [] });
  });

  it('compares with what the caller has, after a restart', async () => {
    s3.put(at, Buffer.from('1'));
    s3.put('ledger/master-2', Buffer.from('2'));
    const store = open();
    expect(await found(store, [of('master-1'), of('gone')])).toEqual({
      added: ['ledger/master-2'],
      removed: ['ledger/gone'],
    });
    // What it was then is learnt by now.
    s3.put(at, Buffer.from('replaced'));
    expect(await found(store)).toEqual({ added: [at], removed: [] });
    expect(await found(store, [])).toEqual({
      added: [at, 'ledger/master-2'],
      removed: [],
    });
  });

  it('walks a large bucket in turns, at the same cost a look', async () => {
    s3.pageSize = 10;
    const name = (n: number) => `ledger/${String(n).padStart(3, '0')}`;
    for (let n = 0; n < 100; n += 1) s3.put(name(n), Buffer.from(`${n}`));
    const store = open({ pages: 3 });
    // The first time through to the end.
    expect((await found(store, [])).added).toHaveLength(100);
    expect(lists()).toBe(10);
    s3.put('ledger/099a', Buffer.from('new'));
    s3.objects.delete(name(55));
    const looks = [];
    for (let look = 0; look < 4; look += 1) {
      looks.push(await found(store));
      expect(lists()).toBeLessThanOrEqual(10 + 3 * (look + 1));
    }
    expect(looks.flatMap(look => look.added)).toEqual(['ledger/099a']);
    expect(looks.flatMap(look => look.removed)).toEqual([name(55)]);
  });

  it('tells the same as a list that is compared whole, whatever happens between looks', async () => {
    s3.pageSize = 3;
    const names = fc.constantFrom(...'abcdefghij'.split('').map(n => `s/${n}`));
    const step = fc.array(fc.tuple(names, fc.integer({ min: 0, max: 2 })));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async steps => {
        s3.objects.clear();
        const store = open({ pages: 1 });
        const known = new Map<string, string>();
        await found(store, []);
        for (const changes of steps) {
          for (const [name, content] of changes) {
            if (content === 0) s3.objects.delete(name);
            else s3.put(name, Buffer.from(`${content}`));
          }
          await learn(store, known);
        }
        // Nothing moves any more: at most one round and a half later all is told.
        for (let look = 0; look < 10; look += 1) await learn(store, known);
        expect([...known].sort()).toEqual(
          [...s3.objects].map(([k, { bytes }]) => [k, `${bytes}`]).sort(),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('keeps many keys in their order', () => {
    const queue = new KeyQueue();
    const objects = Array.from({ length: 2_500 }, (_, n) => ({
      key: `ledger/å-${n}`,
      etag: randomBytes(16).toString('hex'),
    }));
    objects.slice(0, 1_500).forEach(object => queue.push(object));
    const first = [queue.shift(), queue.shift()];
    objects.slice(1_500).forEach(object => queue.push(object));
    const rest = Array.from({ length: 2_498 }, () => queue.shift());
    expect([...first, ...rest].map(object => object?.key)).toEqual(
      objects.map(object => object.key),
    );
    expect(queue.shift()).toBeUndefined();
    expect(rest.every((o, n) => isSameObject(o!, objects[n + 2]))).toBe(true);
    expect(isSameObject(rest[0]!, objects[0])).toBe(false);
  });
});

describe('S3ArtifactStore.readDescription', () => {
  const build = { service: 'ledger', number: 1 };
  const description = artifactJson(build);

  it('takes one call for a zip of usual size', async () => {
    s3.put(at, zipOf({ 'artifact.json': description, 'dev/a.yaml': 'a' }));
    const read = await open().readDescription(key, { signal });
    expect('content' in read && read.content.toString()).toBe(description);
    expect(s3.requests).toEqual([
      { method: 'GET', key: at, range: 'bytes=-65536' },
    ]);
  });

  it('reads from a server that gives no more of an end than there is', async () => {
    s3.put(at, zipOf({ 'artifact.json': description }));
    s3.fault = () => 'strict-ranges';
    const read = await open().readDescription(key, { signal });
    expect('content' in read && read.content.toString()).toBe(description);
  });

  it.each([
    ['at the beginning', true],
    ['at the end', false],
  ])(
    'reads little of a large zip with the description %s',
    async (_, first) => {
      const large = [0, 1, 2].map(n => ({
        name: `dev/${n}.bin`,
        content: randomBytes(5 * 1024 * 1024),
      }));
      const entry = { name: 'artifact.json', content: description };
      s3.put(at, rawZip(first ? [entry, ...large] : [...large, entry]));
      const read = await open().readDescription(key, { signal });
      expect('content' in read && read.content.toString()).toBe(description);
      expect(s3.requests.length).toBeLessThanOrEqual(3);
      expect(s3.requests.every(({ range }) => range)).toBe(true);
    },
  );

  it('reads a directory that is larger than a block', async () => {
    const many = Array.from({ length: 3_000 }, (_, n) => ({
      name: `dev/${'long-name-'.repeat(5)}${n}.yaml`,
      content: `${n}`,
    }));
    s3.put(
      at,
      rawZip([...many, { name: 'artifact.json', content: description }]),
    );
    const read = await open().readDescription(key, { signal });
    expect('content' in read && read.content.toString()).toBe(description);
  });

  it.each<[string, Buffer | undefined, RegExp]>([
    ['is gone', undefined, /gone from the store/],
    ['is empty', Buffer.alloc(0), /not a whole zip/],
    ['is no zip', Buffer.from('rubbish'), /not a whole zip/],
    ['has no description', zipOf({ x: '' }), /no artifact.json/],
    [
      'has a large description',
      zipOf({ 'artifact.json': ' '.repeat(2_000_000) }),
      /1 MiB/,
    ],
  ])('says so of one that %s', async (_, bytes, fault) => {
    if (bytes) s3.put(at, bytes);
    expect(await open().readDescription(key, { signal })).toMatchObject({
      fault: expect.stringMatching(fault),
      settling: false,
    });
  });

  it('never mixes an object with the one that replaces it', async () => {
    const zipWith = (content: Buffer) =>
      rawZip([
        { name: 'artifact.json', content: description },
        { name: 'dev/a', content },
      ]);
    s3.put(at, zipWith(randomBytes(300_000)));
    s3.fault = ({ range }) => {
      if (range !== 'bytes=-65536') s3.put(at, zipWith(randomBytes(300_001)));
      return undefined;
    };
    await expect(open().readDescription(key, { signal })).rejects.toThrow(
      /was replaced in its store/,
    );
  });
});

describe('S3ArtifactStore.readFiles and write', () => {
  const zip = zipOf({
    'artifact.json': artifactJson({ service: 'ledger', number: 1 }),
    'dev/a.yaml': 'a',
  });

  it('reads what it wrote, and never replaces it', async () => {
    const store = open();
    expect(await store.write(key, zip, {})).toBe('kept');
    expect(await store.write(key, zip, {})).toBe('same');
    expect(await store.write(key, zipOf({ x: '' }), {})).toBe('other');
    expect(s3.objects.get(at)!.bytes).toEqual(zip);
    const read = await store.readFiles(key, { environment: 'dev' });
    expect('files' in read && read.files.map(file => file.path)).toEqual([
      'artifact.json',
      'a.yaml',
    ]);
    expect(await store.readFiles(key, { environment: 'prod' })).toMatchObject({
      missing: true,
    });
    expect(
      await store.readFiles(of('gone'), { environment: 'dev' }),
    ).toMatchObject({ missing: true });
  });

  it('leaves beside it what release-manager describes it from', async () => {
    await open().write(key, zip, {});
    const spec = s3.objects.get(at)!.metadata['artifact-spec'];
    expect(JSON.parse(Buffer.from(spec, 'base64').toString())).toMatchObject({
      id: artifactId({ service: 'ledger', number: 1 }),
    });
  });

  it('loses a race to one that was quicker', async () => {
    let asked = 0;
    s3.fault = ({ method }) => {
      asked += 1;
      if (method === 'PUT' && asked === 2) s3.put(at, Buffer.from('quicker'));
      return undefined;
    };
    expect(await open().write(key, zip, {})).toBe('other');
    expect(s3.objects.get(at)!.bytes.toString()).toBe('quicker');
  });

  it('writes to a server that knows no conditions', async () => {
    s3.fault = () => 'no-conditions';
    expect(await open().write(key, zip, {})).toBe('kept');
    expect(await open().write(key, zipOf({ x: '' }), {})).toBe('other');
  });
});

describe('S3ArtifactStore of a server that fails', () => {
  beforeEach(() => s3.put(at, zipOf({ 'artifact.json': '{}', 'dev/a': 'a' })));
  const calls: Array<[string, (store: S3ArtifactStore) => Promise<unknown>]> = [
    ['findChanges', s => s.findChanges({ known: async () => [key], signal })],
    ['readDescription', s => s.readDescription(key, { signal })],
    ['readFiles', s => s.readFiles(key, { environment: 'dev' })],
    ['write', s => s.write(key, Buffer.from('x'), {})],
  ];
  const faults: Array<[S3Fault, RegExp]> = [
    [{ status: 403, code: 'AccessDenied' }, /AccessDenied.*s3:ListBucket/],
    [{ status: 403, code: 'SignatureDoesNotMatch' }, /secretAccessKey/],
    [{ status: 404, code: 'NoSuchBucket' }, /no such bucket/],
    [{ status: 503, code: 'SlowDown' }, /SlowDown.*tried again/],
    [{ status: 500, code: 'InternalError' }, /the server fails/],
    ['hang', /didn't answer within/],
  ];

  it.each(
    calls.flatMap(([name, call]) =>
      faults.map(([fault, expected]) => ({ name, call, fault, expected })),
    ),
  )('$name: $fault', async ({ call, fault, expected }) => {
    s3.fault = () => fault;
    const limits = fault === 'hang' ? { timeoutMs: 150 } : {};
    const error: any = await call(open(limits)).catch(e => e);
    expect(error.name).toBe('ServiceUnavailableError');
    expect(error.message).toMatch(expected);
    expect(error.message).not.toContain('canary');
    expect(error.message).not.toContain('AKIA');
  });

  it.each(calls.slice(1))('%s: half a body', async (_, call) => {
    s3.fault = () => 'half';
    await expect(call(open())).rejects.toThrow(/can't be used/);
  });

  it('tries again what failed once', async () => {
    let asked = 0;
    s3.fault = () => {
      asked += 1;
      return asked === 1 ? { status: 503, code: 'SlowDown' } : undefined;
    };
    expect((await found(open(), [])).added).toEqual([at]);
  });

  it('stops when it is told to', async () => {
    s3.fault = () => 'hang';
    const stop = new AbortController();
    const reading = open().readFiles(key, {
      environment: 'dev',
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await expect(reading).rejects.toThrow('enough');
  });

  it('is refused with other credentials, and with none it finds', async () => {
    const credentials = { accessKeyId: 'other', secretAccessKey: 'canary' };
    await expect(found(open({}, { credentials }), [])).rejects.toThrow(
      /AccessDenied/,
    );
  });

  it('can be away', async () => {
    const store = open();
    await s3.stop();
    await expect(found(store, [])).rejects.toThrow(/ECONNREFUSED.*endpoint/);
    s3 = await new TestS3().start();
  });
});

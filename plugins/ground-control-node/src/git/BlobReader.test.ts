import { TestRepository } from '../testing/TestRepository';
import { createRecordingLogger } from '../testing/createRecordingLogger';
import { BlobReader, parseBatchHeader } from './BlobReader';
import { GitRunner } from './GitRunner';
import { formatTree, parseTree } from './parseTree';
import fc from 'fast-check';

describe('BlobReader', () => {
  let repository: TestRepository;
  let runner: GitRunner;
  let reader: BlobReader;
  const id = (path: string) => repository.git('rev-parse', `master:${path}`);

  beforeEach(() => {
    repository = TestRepository.create();
    const files: Record<string, string> = { empty: '', big: 'x'.repeat(9_000) };
    for (let i = 0; i < 300; i += 1) files[`f${i}`] = `content ${i}\n`;
    repository.commit({ message: 'one', files });
    runner = new GitRunner({
      home: `${repository.path}/test-home`,
      logger: createRecordingLogger(),
    });
    reader = new BlobReader(runner, repository.path);
  });

  afterEach(async () => {
    await reader.close();
    await runner.close();
    repository.remove();
  });

  const text = async (path: string) => {
    const object = await reader.read(id(path), { maxBytes: 5_000 });
    return object.found === 'yes' ? object.content.toString() : object.found;
  };

  it('reads many at once, each its own', async () => {
    const paths = Array.from({ length: 300 }, (_, i) => `f${i}`);
    expect(await Promise.all(paths.map(text))).toEqual(
      paths.map((_, i) => `content ${i}\n`),
    );
    expect(await text('empty')).toBe('');
  });

  it('tells missing and too large from found, and goes on', async () => {
    const found = await Promise.all([
      reader.read('0'.repeat(39).concat('1'), { maxBytes: 10 }),
      reader.read(id('big'), { maxBytes: 5_000 }),
      reader.read(id('f1'), { maxBytes: 5_000 }),
    ]);
    expect(found[0]).toEqual({ found: 'no' });
    expect(found[1]).toEqual({ found: 'too-large', type: 'blob', size: 9_000 });
    expect(found[2]).toMatchObject({ found: 'yes', type: 'blob' });
  });

  it('starts git again when it has died, and loses no request', async () => {
    expect(await text('f1')).toBe('content 1\n');
    const pending = Promise.all(['f2', 'f3', 'f4'].map(text));
    const restarted = reader.restart();
    expect(await pending).toEqual([
      'content 2\n',
      'content 3\n',
      'content 4\n',
    ]);
    await restarted;
    expect(await text('f5')).toBe('content 5\n');
  });

  it('sees objects that came after it was started', async () => {
    expect(await text('f1')).toBe('content 1\n');
    repository.commit({ message: 'two', files: { late: 'late\n' } });
    expect(await text('late')).toBe('late\n');
  });

  it('lets a caller go', async () => {
    const controller = new AbortController();
    const reading = reader.read(id('f1'), {
      maxBytes: 10,
      signal: controller.signal,
    });
    controller.abort();
    await expect(reading).rejects.toThrow(/abort/i);
    expect(await text('f2')).toBe('content 2\n');
  });

  it('refuses anything but a full id, so that no line can be smuggled in', async () => {
    const read = (name: string) => reader.read(name, { maxBytes: 10 });
    await expect(read('HEAD')).rejects.toThrow(/full id/);
    await expect(read(`${'a'.repeat(40)}\nHEAD`)).rejects.toThrow(/full id/);
  });

  it('gives up when there is no repository', async () => {
    const lost = new BlobReader(runner, `${repository.path}/nowhere`);
    await expect(lost.read('a'.repeat(40), { maxBytes: 10 })).rejects.toThrow(
      /could not read an object/,
    );
    await lost.close();
  });
});

describe('parseBatchHeader', () => {
  it('reads what git writes', () => {
    const object = 'a'.repeat(40);
    expect(parseBatchHeader(`${object} blob 12`)).toEqual({
      type: 'blob',
      size: 12,
    });
    expect(parseBatchHeader(`${object} missing`)).toBe('missing');
    expect(parseBatchHeader('')).toBeUndefined();
    expect(parseBatchHeader(`${object} blob -1`)).toBeUndefined();
  });
});

describe('parseTree', () => {
  const entry = fc.record({
    mode: fc.constantFrom('100644', '100755', '120000', '040000', '160000'),
    name: fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter(name => !name.includes('\0') && name.isWellFormed()),
    id: fc
      .uint8Array({ minLength: 20, maxLength: 20 })
      .map(bytes => Buffer.from(bytes).toString('hex')),
  });

  it('reads what formatTree writes', () => {
    fc.assert(
      fc.property(fc.array(entry), entries => {
        expect(parseTree(formatTree(entries), 20)).toEqual(entries);
      }),
    );
  });

  it('never throws, and refuses a cut-off tree', () => {
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        parseTree(Buffer.from(bytes), 20);
      }),
    );
    const whole = formatTree([
      { mode: '100644', name: 'a', id: 'a'.repeat(40) },
    ]);
    expect(parseTree(whole.subarray(0, -1), 20)).toBeUndefined();
  });
});

import fc from 'fast-check';
import { ItemSplitter } from './ItemSplitter';
import { KubeFault } from './KubeFault';
import { LineSplitter } from './LineSplitter';
import { NameFinder, ObjectName } from './NameFinder';

/** The same bytes, in pieces of any length. */
function pieces(text: string, sizes: number[]): Buffer[] {
  const bytes = Buffer.from(text);
  const result: Buffer[] = [];
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    result.push(bytes.subarray(at, at + size));
    at += size;
  }
  return result;
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);

const splitItems = (text: string, cuts: number[], maxBytes = 1e6) => {
  const items: unknown[] = [];
  const tooLarge: ObjectName[] = [];
  const splitter = new ItemSplitter({
    maxBytes,
    onItem: item => items.push(JSON.parse(item.toString())),
    onTooLarge: found => tooLarge.push(found),
  });
  for (const piece of pieces(text, cuts)) splitter.feed(piece);
  return { items, tooLarge, rest: splitter.end() };
};

describe('ItemSplitter', () => {
  it('finds any items, whatever is in them, and what stands around them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.dictionary(fc.string(), fc.jsonValue()),
        sizes,
        fc.constantFrom(undefined, 2),
        (items, around, cuts, indent) => {
          const rest = { ...around, items: [], metadata: { continue: 'x' } };
          const text = JSON.stringify({ ...rest, items }, null, indent);
          const split = splitItems(text, cuts);
          expect(split.items).toEqual(JSON.parse(JSON.stringify(items)));
          expect(split.rest).toEqual(JSON.parse(JSON.stringify(rest)));
        },
      ),
    );
  });

  it('takes no items but those of the list itself', () => {
    const text = JSON.stringify({ a: { items: [{ b: 1 }] }, items: [] });
    expect(splitItems(text, [3]).items).toEqual([]);
  });

  it('names an item that is too large, and reads the others', () => {
    const large = {
      kind: 'Kustomization',
      metadata: {
        annotations: { 'x"y': 'z'.repeat(500), name: 'not-this' },
        managedFields: [{ name: 'nor-this' }],
        name: 'large',
        namespace: 'ns',
      },
    };
    const text = JSON.stringify({ items: [{ a: 1 }, large, { b: 2 }] });
    expect(splitItems(text, [7], 300)).toMatchObject({
      items: [{ a: 1 }, { b: 2 }],
      tooLarge: [{ kind: 'Kustomization', name: 'large', namespace: 'ns' }],
    });
  });

  it.each(['<html>', '{"items":[{"a":1}', ''])('refuses %j', text => {
    expect(() => splitItems(text, [3])).toThrow(KubeFault);
  });

  it('holds little of what has no items', () => {
    const splitter = new ItemSplitter({
      maxBytes: 10,
      onItem: () => {},
      onTooLarge: () => {},
    });
    const flood = Buffer.from('"'.padEnd(40_000, 'x'));
    splitter.feed(flood);
    expect(() => splitter.feed(flood)).toThrow(/something else than a list/);
  });
});

describe('LineSplitter', () => {
  it('finds any lines, in pieces of any length, and none that is empty', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue().map(value => JSON.stringify(value))),
        sizes,
        (lines, cuts) => {
          const found: string[] = [];
          const splitter = new LineSplitter({
            maxBytes: 1e6,
            onLine: line => found.push(line.toString()),
            onTooLarge: () => {
              throw new Error('None is');
            },
          });
          const text = lines.map(line => `${line}\n\n`).join('');
          for (const piece of pieces(text, cuts)) splitter.feed(piece);
          expect(found).toEqual(lines);
          expect(splitter.isInLine).toBe(false);
          splitter.feed(Buffer.from('{"ty'));
          expect(splitter.isInLine).toBe(true);
        },
      ),
    );
  });

  it('names what is in a line over the limit, and goes on after it', () => {
    fc.assert(
      fc.property(name, name, sizes, (namespace, called, cuts) => {
        const found: string[] = [];
        const tooLarge: ObjectName[] = [];
        const splitter = new LineSplitter({
          maxBytes: 200,
          onLine: line => found.push(line.toString()),
          onTooLarge: large => tooLarge.push(large),
        });
        const event = {
          type: 'MODIFIED',
          object: {
            data: { k: 'x'.repeat(300) },
            kind: 'ConfigMap',
            metadata: { name: called, namespace },
          },
        };
        const text = `1\n${JSON.stringify(event)}\n2\n`;
        for (const piece of pieces(text, cuts)) splitter.feed(piece);
        expect(found).toEqual(['1', '2']);
        expect(tooLarge).toEqual([
          { type: 'MODIFIED', kind: 'ConfigMap', name: called, namespace },
        ]);
      }),
    );
  });

  it('holds none of a line that never ends', () => {
    const splitter = new LineSplitter({
      maxBytes: 1_000,
      onLine: () => {},
      onTooLarge: () => {},
    });
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 50; i += 1) splitter.feed(Buffer.alloc(1e6, 'x'));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60e6);
    expect(splitter.isInLine).toBe(true);
  });
});

describe('NameFinder', () => {
  it('reads anything without a fault', () => {
    fc.assert(
      fc.property(fc.string(), sizes, (text, cuts) => {
        const finder = new NameFinder();
        for (const piece of pieces(text, cuts)) finder.feed(piece);
        for (const found of Object.values(finder.found)) {
          expect(found).toMatch(/^[\w.:-]+$/);
        }
      }),
    );
  });

  it('takes no name that Kubernetes would not give', () => {
    const finder = new NameFinder();
    finder.feed(Buffer.from('{"metadata":{"name":"a\\nb","namespace":"<b>"}}'));
    expect(finder.found).toEqual({});
  });
});

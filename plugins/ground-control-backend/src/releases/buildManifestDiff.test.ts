import { Release } from '@ground-control/backstage-plugin-ground-control-common';
import fc from 'fast-check';
import { measureCpuMs } from '../__testUtils__/measureCpuMs';
import {
  buildManifestDiff,
  MOST_BYTES,
  ReleaseFile,
} from './buildManifestDiff';

const release = { position: 1 } as Release;

function file(
  path: string,
  text: string | Buffer,
  more: Partial<ReleaseFile> = {},
): ReleaseFile {
  const content = Buffer.from(text);
  return { path, content, size: content.length, ...more };
}

const unread = (path: string, size: number, object?: string): ReleaseFile => ({
  path,
  size,
  object,
});

const compare = (from: ReleaseFile[], to: ReleaseFile[]) =>
  buildManifestDiff({ release, files: from }, { release, files: to });

describe('buildManifestDiff', () => {
  it('tells added, removed and modified files apart, in order', () => {
    const diff = compare(
      [file('b', 'x\n'), file('c', 'x\n'), file('same', 'x\n')],
      [file('c', 'y\n'), file('a', 'x\ny\n'), file('same', 'x\n')],
    );
    expect(diff.files.map(f => [f.path, f.change, f.added, f.removed])).toEqual(
      [
        ['a', 'added', 2, 0],
        ['b', 'removed', 0, 1],
        ['c', 'modified', 1, 1],
      ],
    );
    expect(diff.unchangedFiles).toBe(1);
  });

  it('leaves out artifact.json, here and not in folders', () => {
    const diff = compare(
      [file('artifact.json', '1'), file('x/artifact.json', '1')],
      [file('artifact.json', '2'), file('x/artifact.json', '2')],
    );
    expect(diff.files.map(f => f.path)).toEqual(['x/artifact.json']);
  });

  it('shows three lines around a change', () => {
    const lines = [...Array(20).keys()].map(String);
    const [before, after] = [lines, lines.with(10, 'ten')].map(l =>
      file('f', `${l.join('\n')}\n`),
    );
    expect(compare([before], [after]).files[0].hunks).toEqual([
      {
        oldStart: 8,
        newStart: 8,
        lines: [' 7', ' 8', ' 9', '-10', '+ten', ' 11', ' 12', ' 13'],
      },
    ]);
  });

  it('says of masked files only whether the values differ', () => {
    const secret = (hash: string, key = 'KEY') =>
      file('s', `${key}: ***\n`, { masked: { hash } });
    expect(compare([secret('1')], [secret('1')]).files).toEqual([]);
    expect(compare([secret('1')], [secret('2')]).files).toMatchObject([
      { change: 'modified', masked: { changed: true }, hunks: [] },
    ]);
    expect(compare([secret('1')], [secret('1', 'B')]).files).toMatchObject([
      { masked: { changed: false }, added: 1, removed: 1 },
    ]);
    expect(compare([], [secret('1')]).files).toMatchObject([
      { change: 'added', masked: { changed: true }, added: 1 },
    ]);
  });

  it('omits what is too large or not text', () => {
    const large = 'x\n'.repeat(MOST_BYTES);
    const { files } = compare(
      [file('bin', Buffer.from([1, 0, 2])), file('large', 'x')],
      [file('bin', Buffer.from([1, 0, 3])), file('large', large)],
    );
    expect(files.map(f => [f.path, f.omitted, f.hunks])).toEqual([
      ['bin', 'binary', []],
      ['large', 'too-large', []],
    ]);
  });

  it('compares what was not read by its name in git', () => {
    const cases: Array<[ReleaseFile, ReleaseFile, number]> = [
      [unread('f', 9, 'a'), unread('f', 9, 'a'), 0],
      [unread('f', 9, 'a'), unread('f', 9, 'b'), 1],
      [unread('f', 9), unread('f', 9), 0],
      [unread('f', 9), unread('f', 8), 1],
      [unread('f', 9), file('f', 'x'), 1],
    ];
    for (const [from, to, changed] of cases) {
      expect(compare([from], [to]).files).toHaveLength(changed);
    }
  });

  it('gives up on files that take too long', () => {
    const noise = (seed: number) =>
      [...Array(30_000).keys()].map(i => `${(i * seed) % 65_521}\n`).join('');
    const took = measureCpuMs(() => {
      const [diff] = compare(
        [file('f', noise(7919))],
        [file('f', noise(104_729))],
      ).files;
      expect(diff.omitted).toBe('too-large');
    });
    expect(took).toBeLessThan(5_000);
  });

  it('names what is beyond what anybody reads', () => {
    const long = 'x\n'.repeat(9_000);
    const { files } = compare(
      [],
      ['a', 'b', 'c', 'd'].map(path => file(path, long)),
    );
    expect(files.map(f => [f.path, f.added, f.omitted])).toEqual([
      ['a', 9_000, undefined],
      ['b', 9_000, undefined],
      ['c', 0, 'too-large'],
      ['d', 0, 'too-large'],
    ]);
  });

  it('gives up on all files together', () => {
    const noise = (seed: number) =>
      [...Array(30_000).keys()].map(i => `${(i * seed) % 65_521}\n`).join('');
    const [before, after] = [noise(7919), noise(104_729)].map(text =>
      [...Array(20).keys()].map(i => file(`f${i}`, text)),
    );
    const took = measureCpuMs(() => {
      const { files } = compare(before, after);
      expect(new Set(files.map(f => f.omitted))).toEqual(
        new Set(['too-large']),
      );
    });
    expect(took).toBeLessThan(5_000);
  });

  it('gives hunks from which the new text can be made', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ' ', '-', '+', '\\ x'), {
        maxLength: 30,
      })
      .map(lines => lines.map(line => `${line}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [diff] = compare([file('f', before)], [file('f', after)]).files;
        const old = before.split('\n').slice(0, -1);
        const made: string[] = [];
        let at = 0;
        for (const hunk of diff?.hunks ?? []) {
          // A hunk without old lines stands behind the line it names.
          const none = hunk.lines.every(line => line.startsWith('+'));
          const start = none && old.length === 0 ? 0 : hunk.oldStart - 1;
          made.push(...old.slice(at, start));
          at = start;
          for (const line of hunk.lines) {
            if (line[0] !== '-') made.push(line.slice(1));
            if (line[0] !== '+') at += 1;
          }
        }
        made.push(...old.slice(at));
        expect(made.map(line => `${line}\n`).join('')).toBe(after);
      }),
    );
  });
});

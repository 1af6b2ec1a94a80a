import fc from 'fast-check';
import { formatCsvRow } from './formatCsvRow';

/** Reads one row, with any sign between cells, as spreadsheets do. */
function readRow(row: string, separator: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < row.length; i += 1) {
    const sign = row[i];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (row[i + 1] === '"') {
        cell += sign;
        i += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === separator || sign === '\n') {
      cells.push(cell);
      cell = '';
    } else cell += sign;
  }
  return [...cells, cell];
}

const text = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom('=', '+', '-', '@', ';', '\t', '\n', '"', ' ', 'a'))
    .map(signs => signs.join('')),
);

describe('formatCsvRow', () => {
  it('reads back as it was, but for apostrophes', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), cells => {
        const row = formatCsvRow(cells);
        expect(row.endsWith('\r\n')).toBe(true);
        const read = readRow(row.slice(0, -2), ',');
        const plain = (all: string[]) =>
          all.map(cell => cell.replaceAll("'", ''));
        expect(plain(read)).toEqual(plain(cells));
      }),
    );
  });

  it('has no cell that is calculated, whatever separates cells', () => {
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 5 }),
        fc.constantFrom(',', ';', '\t'),
        (cells, separator) => {
          for (const cell of readRow(formatCsvRow(cells), separator)) {
            expect(cell.trimStart()).not.toMatch(/^[=+\-@]/);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['=cmd|x', `"'=cmd|x"\r\n`],
    [' +1', `" '+1"\r\n`],
    ['a;=1', `"a;'=1"\r\n`],
    ['＝1', `"'＝1"\r\n`],
    ['a-b = c', `"a-b = c"\r\n`],
    ['say "x"', `"say ""x"""\r\n`],
  ])('writes %j', (cell, row) => {
    expect(formatCsvRow([cell])).toBe(row);
  });
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const src = join(__dirname, '..');
const sheets = readdirSync(src, { recursive: true })
  .map(String)
  .filter(file => /Styles\.ts$/.test(file))
  .flatMap(file =>
    Object.entries(
      jest.requireActual<Record<string, unknown>>(join(src, file)),
    ),
  )
  .filter((sheet): sheet is [string, string] => typeof sheet[1] === 'string');

describe('style sheets', () => {
  it('are found', () => expect(sheets.length).toBeGreaterThan(10));

  // A brace too few puts what follows into the rule or the query before it.
  it.each(sheets)('%s closes what it opens', (_, css) => {
    let depth = 0;
    for (const [brace] of css.matchAll(/[{}]/g)) {
      depth += brace === '{' ? 1 : -1;
      expect(depth).toBeGreaterThanOrEqual(0);
      // A query holds rules, and a rule holds none.
      expect(depth).toBeLessThanOrEqual(2);
    }
    expect(depth).toBe(0);
  });
});

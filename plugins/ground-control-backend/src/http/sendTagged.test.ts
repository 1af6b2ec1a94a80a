import fc from 'fast-check';
import { addOwn, formatTagged } from './sendTagged';

const asOf = '2026-11-21T12:00:00.000Z';
const later = '2026-11-21T12:00:15.000Z';

describe('a tagged answer', () => {
  it('is what it was made of, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.string(),
        (content, moment) => {
          const answer = { ...content, asOf: moment };
          const { body } = formatTagged(answer);
          expect(JSON.parse(body)).toEqual(JSON.parse(JSON.stringify(answer)));
        },
      ),
    );
  });

  it('has the name of its content, not of its moment', () => {
    const first = formatTagged({ asOf, cells: [1] });
    expect(formatTagged({ asOf: later, cells: [1] }).tag).toBe(first.tag);
    expect(formatTagged({ asOf, cells: [2] }).tag).not.toBe(first.tag);
    expect(first.tag).toMatch(/^W\/"[\w-]{27}"$/);
  });

  it('says what is its reader’s own', () => {
    const answer = formatTagged({ asOf, cells: [1] });
    const [mine, again, others] = [['a'], ['a'], []].map(squads =>
      addOwn(answer, { mine: squads }),
    );
    expect(JSON.parse(mine.body)).toEqual({ asOf, cells: [1], mine: ['a'] });
    expect(again.tag).toBe(mine.tag);
    expect(others.tag).not.toBe(mine.tag);
    expect(mine.tag).not.toBe(answer.tag);
  });
});

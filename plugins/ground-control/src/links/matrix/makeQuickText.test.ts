import { LinksText } from '../../hooks/useLinksText';
import { makeQuickText } from './makeQuickText';

describe('makeQuickText', () => {
  it('looks a text up once, and fills it in each time', () => {
    const look = jest.fn(
      (key: string, values: Record<string, unknown>) =>
        `${key} ${values.from ?? ''} > ${values.to ?? ''} > ${
          values.from ?? ''
        }`,
    );
    const t = makeQuickText(look as unknown as LinksText);
    const name = (from: string, to: string) =>
      t('link.name', { from, to } as never);
    expect(name('a', 'b')).toBe('link.name a > b > a');
    expect(name('$&', '$1')).toBe('link.name $& > $1 > $&');
    expect(look).toHaveBeenCalledTimes(1);
  });

  it('looks up anew what depends on a number', () => {
    const look = jest.fn((_: string, { count }: { count: number }) =>
      count === 1 ? '1 call' : `${count} calls`,
    );
    const t = makeQuickText(look as unknown as LinksText);
    expect(t('cell.calls', { count: 1 })).toBe('1 call');
    expect(t('cell.calls', { count: 3 })).toBe('3 calls');
  });
});

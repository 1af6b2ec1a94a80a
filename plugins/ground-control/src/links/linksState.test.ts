import fc from 'fast-check';
import {
  LATENCY_PERCENTILES,
  LATENCY_WINDOWS,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  DEFAULT_LINKS_STATE,
  formatLinksState,
  LINK_AXES,
  LINK_SCALES,
  LinksState,
  parseLinksState,
} from './linksState';

const names = fc.array(fc.string({ minLength: 1 }), { maxLength: 3 });

const states: fc.Arbitrary<LinksState> = fc.record(
  {
    window: fc.constantFrom(...LATENCY_WINDOWS),
    percentile: fc.constantFrom(...LATENCY_PERCENTILES),
    scale: fc.constantFrom(...LINK_SCALES),
    axis: fc.constantFrom(...LINK_AXES),
    onlyBad: fc.boolean(),
    squad: fc.oneof(
      fc.constantFrom('mine' as const, 'all' as const),
      fc.array(fc.stringMatching(/^group:default\/[a-z,]+$/), {
        minLength: 1,
        maxLength: 3,
      }),
    ),
    open: names,
    provider: names,
    role: names,
  },
  {
    requiredKeys: [
      'window',
      'percentile',
      'scale',
      'onlyBad',
      'open',
      'provider',
      'role',
    ],
  },
);

describe('linksState', () => {
  it('reads what it writes, and keeps what is not its own', () => {
    fc.assert(
      fc.property(states, state => {
        const params = formatLinksState(state, new URLSearchParams('from=a'));
        expect(params.get('from')).toBe('a');
        const again = new URLSearchParams(params.toString());
        expect(parseLinksState(again)).toEqual({ state, unknown: [] });
      }),
    );
  });

  it('leaves defaults out', () => {
    expect(formatLinksState(DEFAULT_LINKS_STATE).toString()).toBe('');
  });

  it('names what it does not know, and goes on', () => {
    const { state, unknown } = parseLinksState(
      new URLSearchParams('win=2h&pct=p42&by=colour&axis=planets&only=good'),
    );
    expect(state).toEqual(DEFAULT_LINKS_STATE);
    expect(unknown.map(({ key }) => key)).toEqual([
      'win',
      'pct',
      'by',
      'only',
      'axis',
    ]);
  });
});

import fc from 'fast-check';
import {
  BOARD_DENSITIES,
  BOARD_GROUPS,
  BOARD_SORTS,
  BOARD_STATES,
  BoardState,
  DEFAULT_BOARD_STATE,
  formatBoardState,
  parseBoardState,
} from './boardState';

const name = fc.stringMatching(/^[a-z][a-z0-9.,\\-]{0,20}$/);
const ref = name.map(text => `group:default/${text}`);

const state: fc.Arbitrary<BoardState> = fc.record(
  {
    q: fc.string(),
    squad: fc.oneof(
      fc.constant('mine' as const),
      fc.constant('all' as const),
      fc.array(ref, { minLength: 1, maxLength: 4 }),
    ),
    env: fc.array(name, { maxLength: 3 }),
    cluster: fc.array(name, { maxLength: 3 }),
    state: fc.constantFrom(...BOARD_STATES),
    group: fc.constantFrom(...BOARD_GROUPS),
    sort: fc.constantFrom(...BOARD_SORTS),
    density: fc.constantFrom(...BOARD_DENSITIES),
    column: name,
    open: fc.oneof(
      fc.record({
        service: fc.record({
          namespace: fc.oneof(fc.constant(''), name),
          name: name.map(text => `${text}@x`),
        }),
        environment: name,
      }),
      fc.record({ request: fc.nat().map(number => `REQ-${number}`) }),
    ),
  },
  { requiredKeys: ['q', 'env', 'cluster', 'state', 'sort', 'density'] },
);

describe('board state', () => {
  it('reads what it writes, also through a URL', () => {
    fc.assert(
      fc.property(state, value => {
        const url = formatBoardState(value).toString();
        const read = parseBoardState(new URLSearchParams(url));
        expect(read).toEqual({ state: value, unknown: [] });
      }),
    );
  });

  it('reads any URL without failing', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            'q',
            'squad',
            'env',
            'cluster',
            'state',
            'sort',
            'open',
            'zz',
          ),
          fc.string(),
        ),
        params => {
          const { state: read } = parseBoardState(new URLSearchParams(params));
          const again = parseBoardState(formatBoardState(read));
          expect(again.state).toEqual(read);
        },
      ),
    );
  });

  it('leaves defaults out and foreign parameters alone', () => {
    const base = new URLSearchParams('from=notification&q=old&sort=age');
    expect(formatBoardState(DEFAULT_BOARD_STATE, base).toString()).toBe(
      'from=notification',
    );
  });

  it('names what it does not understand, and keeps the default', () => {
    const params = new URLSearchParams('sort=sideways&group=cluster&open=@');
    expect(parseBoardState(params)).toEqual({
      state: DEFAULT_BOARD_STATE,
      unknown: [
        { key: 'sort', value: 'sideways' },
        { key: 'group', value: 'cluster' },
        { key: 'open', value: '@' },
      ],
    });
  });
});

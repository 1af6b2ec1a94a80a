import fc from 'fast-check';
import {
  ACTIVITY_KINDS,
  formatActivityState,
  parseActivityState,
  toActivityQuery,
} from './activityState';
import { DEFAULT_BOARD_STATE } from './boardState';
import {
  formatCompareSide,
  parseCompareSide,
  toggleSide,
} from './compareState';
import { createFormat } from './createFormat';
import { describeAge, describeDuration } from './describeAge';
import { describeError } from './describeError';
import { formatSharedSearch } from './formatSharedSearch';
import { groupByDay } from './groupByDay';
import { formatList, parseList } from './listState';
import { numberLines } from './numberLines';
import { resolveSide } from './resolveSide';
import { shortArtifactId } from './shortArtifactId';
import { shortName } from './shortName';

describe('lists in URLs', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), values => {
        expect(parseList(formatList(values))).toEqual(values);
      }),
    );
  });
});

describe('describeAge', () => {
  it.each([
    [-5, 'now', 0],
    [59.9, 'now', 0],
    [60, 'minute', 1],
    [3599, 'minute', 59],
    [3600, 'hour', 1],
    [86_399, 'hour', 23],
    [86_400, 'day', 1],
    [89 * 86_400, 'day', 89],
    [90 * 86_400, 'month', 3],
    [729 * 86_400, 'month', 24],
    [730 * 86_400, 'year', 2],
  ])('%d s is %s %d', (seconds, unit, value) => {
    expect(describeAge(seconds)).toEqual({ unit, value });
  });
});

describe('describeDuration', () => {
  it.each([
    [0, '0 second'],
    [59, '59 second'],
    [3600, '1 hour'],
    [11_520, '3 hour 12 minute'],
    [180_061, '2 day 2 hour'],
    [86_405, '1 day'],
  ])('%d s is %s', (seconds, expected) => {
    expect(
      describeDuration(seconds)
        .map(part => `${part.value} ${part.unit}`)
        .join(' '),
    ).toBe(expected);
  });
});

describe('createFormat', () => {
  const format = createFormat('en');
  it('writes ages, durations and moments', () => {
    expect(format.age(30)).toBeUndefined();
    expect(format.age(7200)).toBe('2h');
    expect(format.age(480)).toBe('8m');
    expect(format.age(240 * 86_400)).toBe('8 mths');
    expect(format.minute(new Date('2026-11-21T01:02:03Z'))).toMatch(
      /^Nov 2\d, 2026, \d\d:\d\d /,
    );
    expect(format.ago(7200)).toBe('2 hours ago');
    expect(format.duration(11_520)).toBe('3 hr 12 min');
    expect(format.moment(new Date('2026-11-21T01:02:03Z'))).toContain(
      'Nov 21, 2026, 01:02:03 UTC',
    );
    expect(format.milliseconds(6.44)).toBe('6.4 ms');
    expect(format.milliseconds(124.4)).toBe('124 ms');
    expect(format.share(0.0184)).toBe('1.8%');
    expect(format.decimal(2.345)).toBe('2.3');
    expect(format.day('2026-11-21')).toBe('Saturday, November 21, 2026');
  });
});

describe('ages of different lengths', () => {
  const format = createFormat('en');
  it('never look the same', () => {
    const age = fc.integer({ min: 60, max: 10 * 365 * 86_400 });
    fc.assert(
      fc.property(age, age, (a, b) => {
        const [x, y] = [describeAge(a), describeAge(b)];
        fc.pre(x.unit !== y.unit);
        expect(format.age(a)).not.toBe(format.age(b));
      }),
    );
  });
});

describe('formatSharedSearch', () => {
  const mine = ['group:default/a', 'group:default/b'];
  const base = new URLSearchParams('x=1&from=notification');
  it.each([
    ['mine', undefined, 'group:default/a,group:default/b'],
    ['all', undefined, 'all'],
    [['group:default/c'], undefined, 'group:default/c'],
    ['mine', 'group:default/a', null],
  ] as const)('of %j on a board of %s is %s', (squad, fixedSquad, expected) => {
    const shared = new URLSearchParams(
      formatSharedSearch(
        { ...DEFAULT_BOARD_STATE, q: 'api' },
        { squad: squad as 'mine', mine, fixedSquad },
        base,
      ),
    );
    expect(shared.get('squad')).toBe(expected);
    expect(shared.get('q')).toBe('api');
    expect(shared.get('x')).toBe('1');
    expect(shared.has('from')).toBe(false);
  });
});

describe('activity state', () => {
  it('reads what it writes', () => {
    const squads = fc.array(fc.stringMatching(/^group:default\/[a-z,]{1,9}$/), {
      minLength: 1,
      maxLength: 3,
    });
    const state = fc.record({
      kind: fc.subarray(ACTIVITY_KINDS),
      squad: fc.oneof(fc.constantFrom('mine' as const, 'all' as const), squads),
      env: fc.array(fc.string({ minLength: 1 }), { maxLength: 2 }),
      q: fc.string(),
    });
    fc.assert(
      fc.property(state, value => {
        const url = formatActivityState(value).toString();
        expect(parseActivityState(new URLSearchParams(url))).toEqual({
          state: value,
          unknown: [],
        });
      }),
    );
  });

  it('names unknown kinds, and asks for the rest', () => {
    const { state, unknown } = parseActivityState(
      new URLSearchParams('kind=policy,gossip&q=%20x%20'),
    );
    expect(unknown).toEqual([{ key: 'kind', value: 'gossip' }]);
    expect(toActivityQuery(state)).toEqual({
      kinds: ['policy'],
      squad: 'all',
      text: 'x',
    });
  });
});

describe('comparison', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{1,9}$/),
        fc.option(fc.integer({ min: 1 }), { nil: undefined }),
        (environment, position) => {
          const side =
            position === undefined
              ? { environment }
              : { environment, position };
          expect(parseCompareSide(formatCompareSide(side))).toEqual(side);
        },
      ),
    );
  });

  it.each(['', '@3', 'prod@', 'prod@x', 'prod@-1', 'prod@1.5', null])(
    'refuses %s',
    text => {
      expect(parseCompareSide(text)).toBeUndefined();
    },
  );

  it('ticks, unticks, and lets a third push out the first', () => {
    const side = (position: number) => ({ environment: 'prod', position });
    const two = toggleSide(toggleSide([], side(1)), side(2));
    expect(two).toEqual([side(1), side(2)]);
    expect(toggleSide(two, side(3))).toEqual([side(2), side(3)]);
    expect(toggleSide(two, side(1))).toEqual([side(2)]);
  });

  it('takes an environment alone for what is there now', () => {
    const detail = {
      environments: [
        { environment: 'prod', links: [], current: { position: 7 } },
        { environment: 'dev', links: [] },
      ],
    } as any;
    expect(resolveSide({ environment: 'prod' }, detail)).toEqual({
      environment: 'prod',
      position: 7,
    });
    expect(resolveSide({ environment: 'dev' }, detail)).toBeUndefined();
    expect(resolveSide({ environment: 'dev', position: 3 }, detail)).toEqual({
      environment: 'dev',
      position: 3,
    });
  });
});

describe('numberLines', () => {
  it('numbers both files', () => {
    const lines = numberLines({
      oldStart: 10,
      newStart: 20,
      lines: [' a', '-b', '+c', '+d', ' e'],
    });
    expect(lines.map(l => [l.kind, l.text, l.oldNumber, l.newNumber])).toEqual([
      ['same', 'a', 10, 20],
      ['removed', 'b', 11, undefined],
      ['added', 'c', undefined, 21],
      ['added', 'd', undefined, 22],
      ['same', 'e', 12, 23],
    ]);
  });
});

describe('groupByDay', () => {
  it('starts a new day when the day changes, and loses nothing', () => {
    const at = (text: string) => ({
      committedAt: new Date(text).toISOString(),
    });
    const items = [
      at('2026-11-21T10:00:00'),
      at('2026-11-21T00:00:00'),
      at('2026-11-20T23:59:59'),
    ];
    expect(
      groupByDay(items).map(group => [group.day, group.items.length]),
    ).toEqual([
      ['2026-11-21', 2],
      ['2026-11-20', 1],
    ]);
  });
});

describe('describeError', () => {
  const named = (name: string) => Object.assign(new Error('why'), { name });
  it.each([
    ['forbidden', { statusCode: 403, message: 'x' }],
    ['signed-out', { statusCode: 401, message: 'x' }],
    ['not-found', { statusCode: 404, message: 'x' }],
    ['failed', { statusCode: 500, message: 'x' }],
    ['timeout', named('TimeoutError')],
    ['offline', named('TypeError')],
    ['failed', named('Error')],
    ['failed', undefined],
  ])('is %s', (kind, error) => {
    expect(describeError(error).kind).toBe(kind);
  });

  it('keeps the cause, the request and its id, and no query', () => {
    expect(
      describeError({
        statusCode: 500,
        message: 'Request failed with 500',
        cause: { message: 'The database is away' },
        response: { headers: new Headers({ 'x-request-id': 'r-1' }) },
        body: { request: { method: 'GET', url: '/v1/board?squad=all' } },
      }),
    ).toEqual({
      kind: 'failed',
      message: 'The database is away',
      requestId: 'r-1',
      request: 'GET /v1/board',
    });
  });
});

describe('short names', () => {
  it.each([
    ['group:default/squad-pay', 'squad-pay'],
    ['group:finance/pay', 'finance/pay'],
    ['pay', 'pay'],
  ])('%s is %s', (ref, expected) => expect(shortName(ref)).toBe(expected));

  it.each([
    ['master-1a2b3c4d5e-6f7a8b9c0d', '1a2b3c4'],
    ['v1.2.3', 'v1.2.3'],
    ['x'.repeat(30), `${'x'.repeat(24)}…`],
  ])('%s is %s', (id, expected) => expect(shortArtifactId(id)).toBe(expected));
});

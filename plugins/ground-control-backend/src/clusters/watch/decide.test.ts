import { KubeFault } from '../kube';
import { decideConnection, JudgedKind } from './decideConnection';
import { Attempt, decideRetry, NO_STREAK, Streak } from './decideRetry';
import { describeLeftOut } from './describeLeftOut';
import { DEFAULT_TIMINGS } from './timings';

const fault = (kind: KubeFault['kind'], retryAfterMs?: number) =>
  new KubeFault(kind, `It is ${kind}`, { retryAfterMs });

describe('decideConnection', () => {
  const kind = (
    name: string,
    state: JudgedKind['state'],
    more: Partial<JudgedKind> = {},
  ): JudgedKind => ({ kind: name, state, needed: true, ...more });
  const failing = (name: string, of: KubeFault['kind']) =>
    kind(name, 'failing', { fault: fault(of), reason: `It is ${of}` });
  const live = [kind('a', 'live'), kind('b', 'live')];
  const other = (state: JudgedKind['state']) =>
    kind('other', state, { needed: false });
  const mistaken = { expected: 'one', reported: 'two' };

  it.each<
    [
      string,
      Partial<Parameters<typeof decideConnection>[0]>,
      ReturnType<typeof decideConnection>['state'],
      RegExp?,
    ]
  >([
    ['nothing was read', { hasAnswered: false }, 'starting'],
    ['all is followed', {}, 'live'],
    ['one is listed', { kinds: [...live, kind('c', 'starting')] }, 'syncing'],
    [
      'one not needed is listed',
      { kinds: [...live, other('starting')] },
      'live',
    ],
    ['one not needed is absent', { kinds: [...live, other('absent')] }, 'live'],
    [
      'one not needed may not be read',
      { kinds: [...live, other('forbidden')] },
      'live',
    ],
    ['one not needed fails', { kinds: [...live, other('failing')] }, 'live'],
    [
      'one that is needed may not be read',
      { kinds: [...live, kind('c', 'forbidden')] },
      'forbidden',
      /We may not read c \(403\)/,
    ],
    [
      'none may be read',
      { kinds: [kind('a', 'forbidden'), kind('b', 'forbidden')] },
      'forbidden',
      /a, b/,
    ],
    [
      'Flux is missing',
      { kinds: [...live, kind('c', 'absent')] },
      'failing',
      /It has no c: Flux is not installed/,
    ],
    [
      'a stream hangs',
      { kinds: [...live, failing('c', 'timed-out')] },
      'unreachable',
      /^c: It is timed-out/,
    ],
    [
      'a kind is refused as unknown',
      { kinds: [...live, failing('c', 'unauthorized')] },
      'unauthorized',
    ],
    [
      'a kind fails in another way',
      { kinds: [...live, failing('c', 'server-error')] },
      'failing',
      /^c: It is server-error/,
    ],
    ['refused', { fault: fault('unreachable') }, 'unreachable', /unreachable/],
    ['hanging', { fault: fault('timed-out') }, 'unreachable'],
    ['401', { fault: fault('unauthorized') }, 'unauthorized'],
    ['a wrong certificate', { fault: fault('untrusted') }, 'untrusted'],
    ['500', { fault: fault('server-error') }, 'failing', /server-error/],
    ['nonsense', { fault: fault('malformed') }, 'failing'],
    ['another cluster', { mistaken }, 'mistaken', /calls itself two/],
    [
      'another cluster that is gone again',
      { mistaken, fault: fault('unreachable') },
      'unreachable',
    ],
    [
      'a fault before anything was read',
      { hasAnswered: false, fault: fault('unreachable') },
      'unreachable',
    ],
    ['silence', { silentMs: 31_000 }, 'stale', /not been heard of/],
    [
      'silence that it asked for',
      { silentMs: 31_000, lastFault: fault('throttled') },
      'failing',
      /throttled/,
    ],
    ['a little silence', { silentMs: 29_000 }, 'live'],
  ])('%s', (_, more, state, words = /^/) => {
    const verdict = decideConnection({
      hasAnswered: true,
      kinds: live,
      silentMs: 0,
      staleAfterMs: 30_000,
      ...more,
    });
    expect(verdict.state).toBe(state);
    expect(verdict.reason ?? '').toMatch(words);
    const needsNone = ['live', 'syncing', 'starting'].includes(state);
    expect(Boolean(verdict.reason) || needsNone).toBe(true);
  });
});

describe('decideRetry', () => {
  const decide = (attempt: Attempt, streak: Partial<Streak> = {}) =>
    decideRetry({
      attempt,
      streak: { ...NO_STREAK, ...streak },
      timings: DEFAULT_TIMINGS,
      chance: 0,
    });
  const failed = (kind: KubeFault['kind'], retryAfterMs?: number): Attempt => ({
    kind: 'fault',
    fault: fault(kind, retryAfterMs),
    livedMs: 0,
  });

  it.each<[string, Attempt, Partial<Streak>, number, boolean]>([
    ['a watch that held', { kind: 'closed', livedMs: 30_000 }, {}, 0, false],
    ['a short watch', { kind: 'closed', livedMs: 1_000 }, {}, 250, false],
    [
      'the tenth short watch',
      { kind: 'closed', livedMs: 1_000 },
      { shortWatches: 9 },
      5_000,
      false,
    ],
    ['too old', { kind: 'gone', livedMs: 0 }, {}, 0, true],
    [
      'too old again',
      { kind: 'gone', livedMs: 0 },
      { relists: 1 },
      2_000,
      true,
    ],
    [
      'too old for long',
      { kind: 'gone', livedMs: 0 },
      { relists: 20 },
      60_000,
      true,
    ],
    [
      'too old after a watch that held',
      { kind: 'gone', livedMs: 40_000 },
      { relists: 20 },
      0,
      true,
    ],
    ['absent', { kind: 'absent' }, {}, 60_000, true],
    ['a fault', failed('server-error'), {}, 1_000, false],
    ['the fourth', failed('server-error'), { faults: 3 }, 8_000, false],
    ['the fortieth', failed('server-error'), { faults: 39 }, 30_000, false],
    ['forbidden', failed('forbidden'), {}, 60_000, false],
    ['asked to wait', failed('throttled', 20_000), {}, 20_000, false],
    ['asked to wait a little', failed('throttled', 1), {}, 1_000, false],
    ['hung', failed('timed-out'), {}, 1_000, true],
    ['nonsense', failed('malformed'), {}, 1_000, true],
  ])('%s', (_, attempt, streak, delayMs, relist) => {
    expect(decide(attempt, streak)).toMatchObject({ delayMs, relist });
  });

  it('costs little however often a server ends every watch as too old', () => {
    let streak = NO_STREAK;
    let now = 0;
    let lists = 0;
    while (now < 3_600_000) {
      const next = decide({ kind: 'gone', livedMs: 0 }, streak);
      streak = next.streak;
      now += next.delayMs;
      lists += 1;
    }
    // One a minute, and those of the first minute.
    expect(lists).toBeLessThan(68);
  });
});

describe('describeLeftOut', () => {
  it.each([
    [0, undefined],
    [1, 'Too large to be read, and left out: Pod ns/p0'],
    [
      5,
      'Too large to be read, and left out: Pod ns/p0, Pod ns/p1, Pod ns/p2 and 2 more',
    ],
  ])('%d', (count, words) => {
    const names = Array.from({ length: count }, (_, i) => ({
      kind: 'Pod',
      namespace: 'ns',
      name: `p${i}`,
    }));
    expect(describeLeftOut(names)).toBe(words);
    expect(describeLeftOut([{}])).toMatch(/left out: without a name$/);
  });
});

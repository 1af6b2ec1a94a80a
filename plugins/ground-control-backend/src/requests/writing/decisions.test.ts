import { DecisionRow, ReleaseRow } from '../types';
import {
  AttemptEnd,
  decideAttempt,
  decideRest,
  decideWait,
  MAX_REFUSALS,
  REFUSALS_TO_HOLD,
} from './decideAttempt';
import { decideBatch, decideMost, MOST } from './decideBatch';
import { decideTrailers } from './decideTrailers';
import { decideWritable } from './decideWritable';
import { WritingFacts } from './readFacts';

const request = (row: Partial<ReleaseRow> = {}) =>
  ({
    number: 1,
    attempts: 0,
    service: 'ledger',
    environment: 'prod',
    replaces_revision: 'aaaa',
    replaces_edit_revision: null,
    ...row,
  } as ReleaseRow);

describe('decideBatch', () => {
  it.each([
    [[0, 0, 0], 3],
    [[0, 0, 1, 0], 2],
    [[1, 0, 0], 1],
    [[2, 1], 1],
    [[], 0],
  ])('takes of %j the first %d', (attempts, count) => {
    const claimed = attempts.map((n, i) => request({ number: i, attempts: n }));
    expect(decideBatch(claimed)).toEqual(claimed.slice(0, count));
  });

  it.each([
    [[0, 0, 0], 2, 2],
    [[0, 0, 1], 1, 1],
    [[1, 0], 50, 1],
  ])('takes of %j, at most %d, the first %d', (attempts, most, count) => {
    const claimed = attempts.map((n, i) => request({ number: i, attempts: n }));
    expect(decideBatch(claimed, most)).toEqual(claimed.slice(0, count));
  });
});

describe('decideMost', () => {
  it('takes half as many after each push that ran out of time, and more after one that arrived', () => {
    const ends = ['timeout', 'timeout', 'refused', 'pushed', 'pushed'] as const;
    let most = MOST;
    const line = ends.map(end => {
      most = decideMost(most, { count: Math.min(most, 40), end });
      return most;
    });
    expect(line).toEqual([20, 10, 10, 20, 40]);
    expect(decideMost(1, { count: 1, end: 'timeout' })).toBe(1);
    expect(decideMost(MOST, { count: 60, end: 'lost' })).toBe(30);
    expect(decideMost(MOST, { count: MOST, end: 'pushed' })).toBe(MOST);
  });
});

describe('decideAttempt', () => {
  const at = { now: 1_000_000, failures: 1, during: 'push' as const };
  const reason = 'why';
  const decide = (end: AttemptEnd, rows = [request()], failures = 1) =>
    decideAttempt(rows, end, { ...at, failures }).get(1);

  it.each<[AttemptEnd['kind'], object]>([
    ['unreachable', { code: 'remote-unreachable' }],
    ['forbidden', { code: 'remote-forbidden' }],
    ['missing', { code: 'remote-missing' }],
    ['empty', { code: 'remote-empty' }],
    ['timeout', { code: 'remote-timeout', attempts: 1 }],
    ['failing', { code: 'remote-failing', attempts: 1 }],
    ['write-failed', { code: 'write-failed' }],
  ])('holds after %s, and looks again', (kind, expected) => {
    expect(decide({ kind, reason } as AttemptEnd)).toEqual({
      kind: 'hold',
      message: reason,
      until: at.now + 2_000,
      ...expected,
    });
  });

  it('leaves what was pushed to ingest', () => {
    expect(decide({ kind: 'pushed' })).toEqual({
      kind: 'postpone',
      until: at.now + 10_000,
    });
  });

  it('tries what was refused together each alone, at once and without a word', () => {
    const rows = [request(), request({ number: 2 })];
    const decided = decideAttempt(rows, { kind: 'refused', reason }, at);
    const alone = { kind: 'postpone', until: at.now, attempts: 1 };
    expect([...decided.values()]).toEqual([alone, alone]);
  });

  it('tries what failed together each alone, later', () => {
    const rows = [request(), request({ number: 2 })];
    const decided = decideAttempt(rows, { kind: 'failing', reason }, at);
    const alone = {
      kind: 'postpone',
      until: at.now + 2_000,
      attempts: 1,
      step: { code: 'remote-failing', message: reason },
    };
    expect([...decided.values()]).toEqual([alone, alone]);
  });

  it('holds what ran out of time together, which goes in halves', () => {
    const rows = [request(), request({ number: 2, attempts: 1 })];
    const decided = decideAttempt(rows, { kind: 'timeout', reason }, at);
    const held = {
      kind: 'hold',
      code: 'remote-timeout',
      message: reason,
      until: at.now + 2_000,
    };
    expect([...decided.values()]).toEqual([held, held]);
  });

  it.each(['timeout', 'failing'] as const)(
    'tries what came to %s alone again seldom, so that others get through',
    kind => {
      expect(decide({ kind, reason }, [request({ attempts: 3 })])).toEqual({
        kind: 'hold',
        code: `remote-${kind}`,
        message: reason,
        until: at.now + 60_000,
        // Refusals alone are counted, and end it.
        attempts: 3,
      });
    },
  );

  it.each(['timeout', 'failing'] as const)(
    'blames no commit for a fetch that came to %s',
    kind => {
      for (const rows of [[request()], [request(), request({ number: 2 })]]) {
        const outcomes = decideAttempt(
          rows,
          { kind, reason },
          { ...at, during: 'fetch' },
        );
        expect(outcomes.get(1)).toEqual({
          kind: 'hold',
          code: `remote-${kind}`,
          message: reason,
          until: at.now + 2_000,
        });
      }
    },
  );

  it('tells what was refused alone, waits longer each time, and ends it', () => {
    const waits = [];
    for (let attempts = 0; attempts < REFUSALS_TO_HOLD; attempts += 1) {
      const outcome = decide({ kind: 'refused', reason }, [
        request({ attempts }),
      ]);
      expect(outcome).toMatchObject({
        kind: 'postpone',
        attempts: attempts + 1,
        step: { code: 'push-refused', message: reason },
      });
      waits.push((outcome as { until: number }).until - at.now);
    }
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000]);
    let heldMs = 0;
    for (let n = REFUSALS_TO_HOLD; n < MAX_REFUSALS; n += 1) {
      const held = decide({ kind: 'refused', reason }, [
        request({ attempts: n, state: 'held' }),
      ]);
      expect(held).toMatchObject({
        kind: 'hold',
        code: 'push-refused',
        message: expect.stringContaining(reason),
        attempts: n + 1,
      });
      heldMs += (held as { until: number }).until - at.now;
    }
    expect(62_000 + heldMs).toBeCloseTo(15 * 60_000, -4);
    expect(
      decide({ kind: 'refused', reason }, [
        request({ attempts: MAX_REFUSALS }),
      ]),
    ).toEqual({ kind: 'fail', code: 'push-refused', message: reason });
  });

  it('waits a minute at most', () => {
    expect([1, 2, 5, 6, 50].map(decideWait)).toEqual([
      2_000, 4_000, 32_000, 60_000, 60_000,
    ]);
  });

  it('keeps the place of those that lost, while the writer rests', () => {
    const lost = (writerRests: boolean) =>
      decideAttempt(
        [request()],
        { kind: 'lost', reason },
        {
          ...at,
          failures: 3,
          writerRests,
        },
      ).get(request().number);
    const step = { code: 'push-lost', message: reason };
    expect(lost(true)).toEqual({ kind: 'postpone', until: at.now, step });
    expect(lost(false)).toEqual({
      kind: 'postpone',
      until: at.now + 8_000,
      step,
    });
    expect([1, 2, 5, 6, 50].map(decideRest)).toEqual([
      500, 1_000, 8_000, 8_000, 8_000,
    ]);
  });
});

describe('decideWritable', () => {
  const decide = (
    facts: Partial<WritingFacts>,
    row: Partial<ReleaseRow> = {},
  ) =>
    decideWritable(
      request(row),
      { currentRevision: 'aaaa', editRevision: null, ...facts },
      1_000,
    );

  it('writes what replaces what it was to replace', () => {
    expect(decide({})).toBeUndefined();
    expect(
      decide({ currentRevision: null }, { replaces_revision: null }),
    ).toBeUndefined();
    // Somebody edited it by hand before, and that was there to be seen.
    expect(
      decide({ editRevision: 'eeee' }, { replaces_edit_revision: 'eeee' }),
    ).toBeUndefined();
  });

  it.each<[string, Partial<WritingFacts>, RegExp]>([
    ['another release', { currentRevision: 'bbbb' }, /by commit bbbb,/],
    ['no release any more', { currentRevision: null }, /: it was removed,/],
    ['a commit that was not read yet', { touchedBy: 'cccc' }, /cccc/],
    ['an edit that was not there', { editRevision: 'eeee' }, /eeee/],
  ])('outdates it for %s', (_, facts, message) => {
    expect(decide(facts)).toMatchObject({
      kind: 'outdate',
      code: 'moved',
      message: expect.stringMatching(message),
    });
  });

  it('outdates it where an edit that was there is gone', () => {
    expect(decide({}, { replaces_edit_revision: 'eeee' })).toMatchObject({
      kind: 'outdate',
      message: expect.stringMatching(/: the branch was rewritten,/),
    });
  });

  it('writes nothing twice, whatever else there is', () => {
    const moved = { currentRevision: 'bbbb', touchedBy: 'cccc' };
    const arrived = { revision: 'dddd', by: 'branch' as const };
    expect(decide({ ...moved, arrived })).toMatchObject({ kind: 'postpone' });
    const merged = (position?: number) => ({
      revision: 'dddd',
      by: 'merge' as const,
      entry: { revision: 'ffff', position },
    });
    expect(decide({ ...moved, arrived: merged(9) })).toMatchObject({
      kind: 'commit',
      revision: 'ffff',
      position: 9,
    });
    expect(decide({ ...moved, arrived: merged() })).toMatchObject({
      kind: 'postpone',
    });
  });
});

describe('decideTrailers', () => {
  const decision = (row: Partial<DecisionRow>) =>
    ({
      decision: 'approve',
      decided_by: 'user:default/bo',
      decided_by_name: 'Bo Berg',
      decided_by_email: 'bo@example.com',
      ...row,
    } as DecisionRow);
  const head = { sequence: 7, hash: 'ab' };

  it('names the request, who decided, and the head of the trail', () => {
    expect(
      decideTrailers(
        request({ number: 12 }),
        [
          decision({}),
          decision({
            decision: 'override',
            decided_by: 'user:default/cy',
            decided_by_name: null,
            decided_by_email: null,
          }),
          decision({ decision: 'reject' }),
        ],
        head,
      ),
    ).toEqual([
      ['Release-request', 'REQ-12'],
      ['Approved-by', 'Bo Berg <bo@example.com>'],
      ['Overridden-by', 'user:default/cy'],
      ['Audit-head', '7 ab'],
    ]);
  });

  it('takes nothing from a name that would look like an address', () => {
    const [, [, value]] = decideTrailers(
      request(),
      [decision({ decided_by_name: 'Eve <bo@example.com>' })],
      head,
    );
    expect(value).toBe('Eve bo@example.com <bo@example.com>');
  });
});

import {
  JudgedRelease,
  ReleasePolicy,
} from '@ground-control/backstage-plugin-ground-control-node';
import { judgeByPolicies } from './judgeByPolicies';

const release: JudgedRelease = {
  service: { namespace: '', name: 'ledger-api' },
  environment: 'prod',
  environments: ['dev', 'prod'],
  intent: 'promote',
  artifact: { id: 'a', service: 'ledger-api', namespace: '', images: [] },
};
const fine = {
  level: 'pass',
  title: 'Fine',
  reason: 'It is fine.',
  momentary: false,
  overridable: false,
} as const;
const policy = (id: string, judge: ReleasePolicy['judge']): ReleasePolicy => ({
  id,
  judge,
});
const judge = (policies: ReleasePolicy[], signal?: AbortSignal) =>
  judgeByPolicies(policies, release, {
    now: new Date(),
    maxMs: 50,
    ...(signal && { signal }),
  });

describe('judgeByPolicies', () => {
  it('keeps the order, and leaves out who has nothing to say', async () => {
    const slow = policy('slow', async () => {
      await new Promise(resolve => setTimeout(resolve, 20));
      return fine;
    });
    const silent = policy('silent', async () => undefined);
    const quick = policy('quick', async () => fine);
    const verdicts = await judge([slow, silent, quick]);
    expect(verdicts.map(one => one.policy)).toEqual(['slow', 'quick']);
    expect(verdicts[0]).toEqual({ policy: 'slow', ...fine });
  });

  it.each<[string, ReleasePolicy['judge'], RegExp]>([
    [
      'throws',
      async () => {
        throw new Error('no such host');
      },
      /could not be asked: no such host\. So/,
    ],
    [
      'throws at once',
      () => {
        throw new TypeError('undefined is not a function');
      },
      /not a function/,
    ],
    ['throws nonsense', () => Promise.reject('x'), /unknown error/],
    ['never answers', () => new Promise(() => {}), /longer than 0.05 s/],
    [
      'says no verdict',
      async () => ({ ...fine, level: 'fine' } as never),
      /is not a verdict/,
    ],
    ['says null', async () => null as never, /is not a verdict/],
  ])(
    'blocks by the name of one that %s, and hears the others',
    async (_, bad, reason) => {
      const [verdict, other] = await judge([
        policy('office-hours', bad),
        policy('other', async () => fine),
      ]);
      expect(verdict).toMatchObject({
        policy: 'office-hours',
        level: 'block',
        title: 'Policy office-hours failed',
        overridable: true,
      });
      expect(verdict.reason).toMatch(reason);
      expect(verdict.remedy).toMatch(/office-hours/);
      expect(other.policy).toBe('other');
    },
  );

  it('tells a policy that nobody waits for it any more', async () => {
    let given: AbortSignal | undefined;
    await judge([
      policy('slow', (_, { signal }) => {
        given = signal;
        return new Promise(() => {});
      }),
    ]);
    expect(given?.aborted).toBe(true);
  });

  it('ends when it is aborted', async () => {
    const stop = new AbortController();
    const waiting = judge(
      [policy('slow', () => new Promise(() => {}))],
      stop.signal,
    );
    stop.abort(new Error('shutting down'));
    await expect(waiting).rejects.toThrow('shutting down');
  });

  it('makes what it says fit', async () => {
    const [verdict] = await judge([
      policy('long', async () => ({
        ...fine,
        title: 'x'.repeat(100),
        reason: `a\u0000\n${'b'.repeat(5_000)}`,
      })),
    ]);
    expect(verdict.title).toHaveLength(40);
    expect(verdict.reason).toMatch(/^a b{1998}$/);
  });
});

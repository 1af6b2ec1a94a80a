import { ClusterServiceState } from '@ground-control/backstage-plugin-ground-control-common';
import { decideFollowing } from './decideFollowing';
import { FollowedCluster, FollowFacts } from './types';

const SECOND = 1_000;
const COMMITTED = Date.parse('2026-03-02T12:00:00.000Z');
const OURS = 'master-1111111111-2222222222';
const OTHER = 'master-3333333333-2222222222';

interface Says {
  state: ClusterServiceState;
  reason?: string;
  message?: string;
  runs?: string;
  /** The release that it was judged on; the request's by default. */
  position?: number;
  since?: number;
}

/** A request whose release is at position 7, and what is seen of it over time. */
class Timeline {
  private seconds = 0;
  private before: FollowedCluster[] = [];
  readonly codes: string[] = [];
  readonly messages: Array<string | undefined> = [];
  end: ReturnType<typeof decideFollowing>['end'];

  constructor(private readonly names = ['aws-prod-1', 'az-prod-1']) {}

  get states() {
    return this.before.map(({ state }) => state);
  }

  get reasons() {
    return this.before.map(({ reason }) => reason);
  }

  /** A cluster that isn't among them isn't heard of. */
  at(
    seconds: number,
    says: Record<string, Says>,
    others: Partial<Pick<FollowFacts, 'replacedBy' | 'commit'>> & {
      gone?: boolean;
    } = {},
  ): this {
    this.seconds = seconds;
    const now = COMMITTED + seconds * SECOND;
    const { gone, ...facts } = others;
    const decision = decideFollowing({
      request: {
        number: 1,
        environment: 'prod',
        namespace: 'payments',
        service: 'ledger-api',
        artifact_id: OURS,
        revision: '4f2c1aa'.padEnd(40, '0'),
        since: COMMITTED,
        deadline_at: null,
      },
      ...(!gone && {
        release: { environment: 'prod', position: 7, released_at: COMMITTED },
      }),
      commit: 'on-branch',
      ...facts,
      clusters: this.names.map(name => ({
        cluster: {
          name,
          environment: 'prod',
          connection: says[name] ? 'live' : 'unreachable',
          since: COMMITTED,
          observedAt: says[name] ? now : COMMITTED,
          mayNotRead: false,
          row: {} as never,
        },
        judged: says[name] && {
          cluster: name,
          environment: 'prod',
          namespace: 'payments',
          service: 'ledger-api',
          release_position: says[name].position ?? 7,
          state: says[name].state,
          reason: (says[name].reason ?? 'applied') as never,
          message: says[name].message ?? null,
          since: COMMITTED + (says[name].since ?? seconds) * SECOND,
          blocked_by: null,
          running_artifact_id: says[name].runs ?? null,
          replicas_ready: null,
          replicas_desired: null,
          drift_corrected_at: null,
        },
      })),
      before: this.before,
      now,
      failAfterMs: 60 * SECOND,
      deadlineMs: 900 * SECOND,
    });
    this.before = decision.clusters;
    this.codes.push(
      ...decision.steps.map(
        ({ code, cluster }) => `${this.seconds} ${cluster} ${code}`,
      ),
    );
    this.messages.push(...decision.steps.map(({ message }) => message));
    this.end ??= decision.end;
    return this;
  }
}

const pending: Says = { state: 'pending', reason: 'waits-for-source' };
const rolling: Says = { state: 'rolling-out', reason: 'progressing' };
const runs: Says = { state: 'reconciled', runs: OURS };
const crashes: Says = {
  state: 'failed',
  reason: 'crash-loop',
  message: 'restarted 5 times; exit code 1',
};

describe('decideFollowing', () => {
  it('succeeds when every cluster runs it, and tells each step once', () => {
    const line = new Timeline()
      .at(1, { 'aws-prod-1': pending, 'az-prod-1': pending })
      .at(2, { 'aws-prod-1': rolling, 'az-prod-1': pending })
      .at(3, { 'aws-prod-1': rolling, 'az-prod-1': rolling });
    expect(line.states).toEqual(['arrived', 'arrived']);
    line.at(4, { 'aws-prod-1': runs, 'az-prod-1': rolling });
    expect(line.end).toBeUndefined();
    line.at(9, { 'aws-prod-1': runs, 'az-prod-1': runs });
    expect(line.states).toEqual(['running', 'running']);
    expect(line.end).toMatchObject({ type: 'succeed', code: 'running' });
    expect(line.codes).toEqual([
      '2 aws-prod-1 cluster-arrived',
      '3 az-prod-1 cluster-arrived',
      '4 aws-prod-1 cluster-running',
      '9 az-prod-1 cluster-running',
    ]);
  });

  it('does not take the release before for its own', () => {
    const line = new Timeline(['aws-prod-1']).at(1, {
      'aws-prod-1': { ...runs, runs: OTHER, position: 6 },
    });
    expect(line.states).toEqual(['waiting']);
    line.at(2, { 'aws-prod-1': { ...crashes, position: 6, since: -900 } });
    expect(line.states).toEqual(['waiting']);
    expect(line.end).toBeUndefined();
  });

  it('does not take another artifact for its own', () => {
    const line = new Timeline(['aws-prod-1']).at(1, {
      'aws-prod-1': { ...runs, runs: OTHER },
    });
    expect(line.states).toEqual(['arrived']);
    expect(line.reasons).toEqual([`It runs ${OTHER}`]);
    expect(line.end).toBeUndefined();
    line.at(2, { 'aws-prod-1': { state: 'drifted', reason: 'other' } });
    expect(line.states).toEqual(['arrived']);
  });

  it('takes a cluster that does not tell what runs at its word, and says so', () => {
    const line = new Timeline().at(1, {
      'aws-prod-1': { state: 'reconciled' },
      'az-prod-1': runs,
    });
    expect(line.end).toEqual({
      type: 'succeed',
      code: 'running',
      message:
        'It runs in aws-prod-1, az-prod-1. aws-prod-1: Reconciled; which artifact runs there isn’t told',
    });
    expect(line.states).toEqual(['running', 'running']);
    expect(line.reasons).toEqual([
      'Reconciled; which artifact runs there isn’t told',
      undefined,
    ]);
    expect(line.messages).toEqual([line.reasons[0], undefined]);
    const silent = new Timeline()
      .at(1, { 'aws-prod-1': { state: 'reconciled' }, 'az-prod-1': rolling })
      .at(2, { 'az-prod-1': runs });
    expect(silent.end?.message).toBe(line.end?.message);
  });

  const back = (says: Says) =>
    new Timeline()
      .at(1, { 'aws-prod-1': runs, 'az-prod-1': rolling })
      .at(2, { 'aws-prod-1': says, 'az-prod-1': rolling })
      .at(3, { 'aws-prod-1': says, 'az-prod-1': runs });

  it.each<[string, Says, string]>([
    [
      'drifts',
      { state: 'drifted', reason: 'changed-by-hand', message: 'by hand' },
      'arrived',
    ],
    ['runs another artifact', { ...runs, runs: OTHER }, 'arrived'],
    ['goes back to an earlier commit', pending, 'waiting'],
  ])(
    'takes one that ran it back when it %s before the others run it',
    (_, says, state) => {
      const line = back(says);
      expect(line.states).toEqual([state, 'running']);
      expect(line.end).toBeUndefined();
      expect(line.codes).toEqual([
        '1 aws-prod-1 cluster-running',
        '1 az-prod-1 cluster-arrived',
        '2 aws-prod-1 cluster-stopped',
        '3 az-prod-1 cluster-running',
      ]);
      expect(line.messages[2]).toBe(line.reasons[0]);
      line.at(4, { 'aws-prod-1': runs, 'az-prod-1': runs });
      expect(line.codes.at(-1)).toBe('4 aws-prod-1 cluster-running');
      expect(line.end).toMatchObject({ type: 'succeed', code: 'running' });
      line.at(5, { 'aws-prod-1': says, 'az-prod-1': runs });
      expect(line.end).toMatchObject({ type: 'succeed', code: 'running' });
    },
  );

  it.each<[string, Says]>([
    ['is suspended', { state: 'suspended', reason: 'suspended' }],
    ['said so of an earlier release', { ...pending, position: 6 }],
  ])('takes nothing back from one that %s', (_, says) => {
    expect(back(says).end).toMatchObject({ type: 'succeed', code: 'running' });
  });

  it('fails when time is up over one that no longer runs it', () => {
    const line = back({ ...runs, runs: OTHER }).at(900, {
      'aws-prod-1': { ...runs, runs: OTHER },
      'az-prod-1': runs,
    });
    expect(line.end).toMatchObject({
      code: 'deadline',
      message: `In time it did not come to run in aws-prod-1: It runs ${OTHER}`,
    });
  });

  it('takes nothing back because a later release is known', () => {
    const line = new Timeline()
      .at(1, { 'aws-prod-1': runs, 'az-prod-1': rolling })
      .at(
        2,
        {
          'aws-prod-1': { state: 'drifted', reason: 'runs-another-artifact' },
          'az-prod-1': rolling,
        },
        { replacedBy: { position: 9, removed: false } },
      );
    expect(line.states).toEqual(['running', 'arrived']);
    expect(line.end?.message).toMatch(/not seen to run in az-prod-1$/);
  });

  it('lets a slow pod be, and fails one that goes on', () => {
    const line = new Timeline()
      .at(1, { 'aws-prod-1': runs, 'az-prod-1': rolling })
      .at(10, { 'aws-prod-1': runs, 'az-prod-1': { ...crashes, since: 10 } });
    expect(line.states).toEqual(['running', 'failed']);
    expect(line.end).toBeUndefined();
    line
      .at(40, { 'aws-prod-1': runs, 'az-prod-1': rolling })
      .at(50, { 'aws-prod-1': runs, 'az-prod-1': { ...crashes, since: 50 } })
      .at(109, { 'aws-prod-1': runs, 'az-prod-1': { ...crashes, since: 50 } });
    expect(line.end).toBeUndefined();
    line.at(110, {
      'aws-prod-1': runs,
      'az-prod-1': { ...crashes, since: 50 },
    });
    expect(line.end).toEqual({
      type: 'fail',
      code: 'cluster-failed',
      message: 'It fails in az-prod-1: restarted 5 times; exit code 1',
    });
    expect(line.codes).toEqual([
      '1 aws-prod-1 cluster-running',
      '1 az-prod-1 cluster-arrived',
      '10 az-prod-1 cluster-failed',
      '50 az-prod-1 cluster-failed',
    ]);
  });

  it('counts no failure from before its commit', () => {
    const line = new Timeline(['aws-prod-1']).at(1, {
      'aws-prod-1': { ...crashes, since: -500 },
    });
    expect(line.end).toBeUndefined();
    line.at(61, { 'aws-prod-1': { ...crashes, since: -500 } });
    expect(line.end).toMatchObject({ code: 'cluster-failed' });
  });

  it('waits for a cluster that is not heard of until time is up, and names it', () => {
    const line = new Timeline()
      .at(5, { 'aws-prod-1': runs })
      .at(899, { 'aws-prod-1': runs });
    expect(line.states).toEqual(['running', 'waiting']);
    expect(line.end).toBeUndefined();
    line.at(900, { 'aws-prod-1': runs });
    expect(line.end).toEqual({
      type: 'fail',
      code: 'deadline',
      message:
        'In time it did not come to run in az-prod-1: The cluster is not heard of',
    });
  });

  it('takes nothing back from a cluster that falls silent, or moves a pod', () => {
    const line = new Timeline()
      .at(1, { 'aws-prod-1': runs, 'az-prod-1': rolling })
      .at(2, { 'az-prod-1': rolling })
      .at(3, { 'aws-prod-1': rolling, 'az-prod-1': rolling });
    expect(line.states).toEqual(['running', 'arrived']);
    line.at(4, { 'az-prod-1': runs });
    expect(line.end).toMatchObject({ type: 'succeed', code: 'running' });
  });

  it('does not fail by what a silent cluster said last', () => {
    const line = new Timeline(['aws-prod-1'])
      .at(1, { 'aws-prod-1': crashes })
      .at(200, {});
    expect(line.states).toEqual(['failed']);
    expect(line.end).toBeUndefined();
  });

  it('fails one that breaks after it ran, while others are on their way', () => {
    const line = new Timeline()
      .at(1, { 'aws-prod-1': runs, 'az-prod-1': pending })
      .at(5, { 'aws-prod-1': { ...crashes, since: 5 }, 'az-prod-1': pending })
      .at(65, { 'aws-prod-1': { ...crashes, since: 5 }, 'az-prod-1': pending });
    expect(line.end).toMatchObject({ code: 'cluster-failed' });
  });

  it('ends at once where no cluster carries the environment', () => {
    expect(new Timeline([]).at(0, {}).end).toMatchObject({
      type: 'succeed',
      code: 'no-clusters',
    });
  });

  it('ends when a later release takes its place, and says where it never ran', () => {
    const line = new Timeline()
      .at(1, { 'aws-prod-1': runs, 'az-prod-1': pending })
      .at(
        2,
        {
          'aws-prod-1': { ...runs, runs: OTHER, position: 9 },
          'az-prod-1': pending,
        },
        { replacedBy: { position: 9, removed: false } },
      );
    expect(line.end).toMatchObject({ type: 'succeed', code: 'replaced' });
    expect(line.end?.message).toMatch(/not seen to run in az-prod-1$/);
  });

  it('is no success for being replaced while it failed', () => {
    const line = new Timeline(['aws-prod-1'])
      .at(1, { 'aws-prod-1': crashes })
      .at(
        9,
        { 'aws-prod-1': crashes },
        { replacedBy: { position: 9, removed: false } },
      );
    expect(line.end).toMatchObject({
      type: 'fail',
      code: 'failed-and-replaced',
    });
    expect(line.end?.message).toMatch(/exit code 1/);
  });

  it('does not fail by what a later release does', () => {
    const line = new Timeline()
      .at(1, { 'aws-prod-1': runs, 'az-prod-1': rolling })
      .at(
        2,
        {
          'aws-prod-1': { ...crashes, position: 9, runs: OTHER },
          'az-prod-1': { ...crashes, position: 9, runs: OTHER },
        },
        { replacedBy: { position: 9, removed: false } },
      );
    expect(line.states).toEqual(['running', 'arrived']);
    expect(line.end).toMatchObject({ type: 'succeed', code: 'replaced' });
  });

  it('has run everywhere before anything replaced it', () => {
    const line = new Timeline(['aws-prod-1']).at(
      1,
      { 'aws-prod-1': runs },
      { replacedBy: { position: 9, removed: true } },
    );
    expect(line.end).toMatchObject({ type: 'succeed', code: 'running' });
  });

  it('keeps what it knows while the branch is read anew, and then says that it is gone', () => {
    const line = new Timeline()
      .at(1, { 'aws-prod-1': runs, 'az-prod-1': pending })
      .at(1_000, {}, { gone: true, commit: 'unknown' });
    expect(line.states).toEqual(['running', 'waiting']);
    expect(line.end).toBeUndefined();
    line.at(1_001, {}, { gone: true, commit: 'lost' });
    expect(line.end).toMatchObject({
      type: 'fail',
      code: 'not-on-branch',
      message: expect.stringMatching(/no longer on the branch/),
    });
  });

  it('says of a merge that left its release out that it did', () => {
    const line = new Timeline().at(1_000, {}, { gone: true });
    expect(line.end).toMatchObject({
      type: 'fail',
      code: 'not-on-branch',
      message:
        'Commit 4f2c1aa000, by which the branch has it, releases nothing of ledger-api in prod: a merge left it out',
    });
  });
});

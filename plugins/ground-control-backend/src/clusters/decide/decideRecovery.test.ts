import {
  ALL_READY_FOR_MS,
  decideRecovery,
  Recovery,
  RecoverySight,
} from './decideRecovery';

const MINUTE = 60_000;
const NOTHING: RecoverySight = {
  fluxReady: false,
  hasRevision: false,
  ready: 0,
  total: 0,
  missing: 3,
};

/** Plays what is seen, at minutes. */
function play(
  known: { instance?: string; heardOfAt?: number },
  sights: [number, Partial<RecoverySight>][],
  last?: Recovery,
) {
  let recovery = last;
  for (const [minute, sight] of sights) {
    recovery = decideRecovery(
      recovery,
      known,
      { ...NOTHING, ...sight },
      minute * MINUTE,
    );
  }
  return recovery;
}

describe('decideRecovery', () => {
  it('is none at the first sight of a cluster, nor while it is the same', () => {
    expect(play({}, [[1, { instance: 'a', fluxReady: true }]])).toBeUndefined();
    expect(
      play({ instance: 'a', heardOfAt: 1 }, [
        [1, { instance: 'a' }],
        [2, {}],
      ]),
    ).toBeUndefined();
  });

  it('notes each moment once, from when the old cluster was last heard of', () => {
    const instance = 'b';
    const all = { instance, fluxReady: true, hasRevision: true, missing: 0 };
    const recovery = play({ instance: 'a', heardOfAt: 10 * MINUTE }, [
      [15, {}],
      [20, { instance }],
      [25, { instance, fluxReady: true }],
      [26, { instance, fluxReady: false }],
      [
        30,
        { instance, fluxReady: true, hasRevision: true, ready: 1, total: 1 },
      ],
      [35, { ...all, ready: 3, total: 4 }],
      [40, { ...all, ready: 4, total: 4, allReadySince: 40 * MINUTE }],
      [41, { ...all, ready: 4, total: 4, allReadySince: 40 * MINUTE }],
      [50, { instance }],
    ]);
    expect(recovery).toEqual({
      startedAt: 10 * MINUTE,
      instance: 'b',
      apiReachableAt: 20 * MINUTE,
      fluxReadyAt: 25 * MINUTE,
      firstRevisionAt: 30 * MINUTE,
      allReadyAt: 40 * MINUTE,
      ready: 4,
      total: 4,
    });
  });

  it('does not end in the moment in which nothing else is there yet', () => {
    const sight = {
      instance: 'b',
      hasRevision: true,
      ready: 1,
      total: 1,
      missing: 0,
      allReadySince: MINUTE,
    };
    const soon = decideRecovery(
      { startedAt: 0, instance: 'b', firstRevisionAt: 1 },
      { instance: 'b' },
      { ...NOTHING, ...sight },
      MINUTE + ALL_READY_FOR_MS - 1,
    );
    expect(soon?.allReadyAt).toBeUndefined();
    expect(
      play({ instance: 'b' }, [[5, { ...sight, missing: 2 }]], soon),
    ).toEqual({ ...soon, ready: 1, total: 3 });
  });

  it('begins anew when the cluster is thrown away again', () => {
    const first = { startedAt: 1, instance: 'b', apiReachableAt: 2 };
    expect(
      play(
        { instance: 'b', heardOfAt: 3 * MINUTE },
        [[4, { instance: 'c' }]],
        first,
      ),
    ).toMatchObject({ startedAt: 3 * MINUTE, instance: 'c' });
  });
});

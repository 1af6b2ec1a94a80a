import {
  ago,
  ask,
  expectedOf,
  Given,
  Row,
  saidOf,
  inClusters,
  MINUTE,
  NOW,
  rollback,
  soaked,
} from './__testUtils__/policyRows';
import { PolicyFacts } from './types';

const past = (...stays: PolicyFacts['soak']['stays']) => ({
  ...soaked(1),
  soak: { before: 'staging', stays, clusters: [] },
});

const unasked = ({ soak }: Given): Given => ({ soak });

describe('the policy soak', () => {
  it.each<Row>([
    [
      'none asked, never there',
      {},
      'pass',
      'Never ran in staging',
      /^It never ran in staging; no soak is asked\.$/,
    ],
    [
      'none asked, well',
      unasked(
        inClusters(300, {
          cluster: 'a',
          state: 'reconciled',
          since: ago(180),
        }),
      ),
      'pass',
      'Healthy for 3 h',
      /^Healthy in staging for 3 h; no soak is asked\.$/,
    ],
    [
      'none asked, not watched',
      unasked(soaked(180)),
      'pass',
      '3 h in staging',
      /^Current in staging for 3 h, and no cluster of it is watched; no/,
    ],
    [
      'none asked, failed',
      unasked(inClusters(300, { cluster: 'b', state: 'failed' })),
      'pass',
      'Not well in staging',
      /^It is failed in b of staging; no soak is asked\.$/,
    ],
    [
      'none asked, on its way',
      unasked(inClusters(300, { cluster: 'b', state: 'pending' })),
      'pass',
      'Not running in staging yet',
    ],
    [
      'none asked, not heard of',
      unasked(inClusters(300, { cluster: 'b', state: 'stale' })),
      'pass',
      'Health in staging unknown',
      /in b of staging can't be told now; no soak/,
    ],
    [
      'none asked, replaced there',
      unasked(past({ from: ago(200), to: ago(60), healthyMs: 29 * MINUTE })),
      'pass',
      'No longer in staging',
      /^It was healthy in staging for 29 min, until 1 h ago; no soak/,
    ],
    [
      'none asked, replaced there, and nothing is known',
      unasked(past({ from: ago(200), to: ago(60) })),
      'pass',
      'No longer in staging',
      /until 1 h ago, and how well it did isn’t known; no soak/,
    ],
    [
      'none asked, and nobody looked',
      { soak: { before: 'staging', stays: [], clusters: [], unread: true } },
      'pass',
      'No soak asked',
      /wasn't looked at; no soak is asked/,
    ],
    [
      'the first environment',
      { ...soaked(1), soak: { stays: [], clusters: [] } },
      'pass',
      'No soak asked',
      /first environment/,
    ],
    [
      'never there',
      { ...soaked(1), soak: { before: 'staging', stays: [], clusters: [] } },
      'warning',
      'Never ran in staging',
      /soak: 30m in ground-control.yaml, line 7/,
    ],
    [
      'long enough',
      soaked(192),
      'pass',
      'Soaked 3 h 12 min',
      /no cluster of staging is watched/,
    ],
    ['just enough', soaked(30), 'pass', 'Soaked 30 min'],
    ['too short', soaked(29), 'block', 'Soaked 29 min'],
    ['of the future, by another clock', soaked(-5), 'block', 'Soaked 0 s'],
    [
      'replaced there',
      {
        ...soaked(1),
        soak: {
          before: 'staging',
          stays: [{ from: ago(200), to: ago(60) }],
          clusters: [],
        },
      },
      'warning',
      'No longer in staging',
      /until 1 h ago; how well it did isn’t known/,
    ],
    [
      'replaced there before its time',
      past({ from: ago(200), to: ago(60), healthyMs: 29 * MINUTE }),
      'warning',
      'No longer in staging',
      /it was well for 29 min, and soak: 30m/,
    ],
    [
      'replaced there after its time',
      past({ from: ago(200), to: ago(60), healthyMs: 30 * MINUTE }),
      'pass',
      'Soaked 30 min',
      /no cluster reported a failure of it, until 1 h ago/,
    ],
    [
      'replaced there, and well in an earlier stay',
      past(
        { from: ago(70), to: ago(60), healthyMs: 0 },
        { from: ago(900), to: ago(800), healthyMs: 40 * MINUTE },
      ),
      'pass',
      'Soaked 40 min',
    ],
    [
      'replaced there after its time, where nobody watches',
      {
        ...past({ from: ago(200), to: ago(60) }),
        soak: {
          before: 'staging',
          stays: [{ from: ago(200), to: ago(60) }],
          clusters: [],
          unwatched: true,
        },
      },
      'pass',
      'Soaked 2 h 20 min',
      /no cluster of staging is watched, until 1 h ago/,
    ],
    [
      'well everywhere, since the last',
      inClusters(
        300,
        { cluster: 'a', state: 'reconciled', since: ago(200) },
        { cluster: 'b', state: 'reconciled', since: ago(60) },
      ),
      'pass',
      'Soaked 1 h',
      /every cluster/,
    ],
    [
      'well for too short',
      inClusters(
        300,
        { cluster: 'a', state: 'reconciled', since: ago(200) },
        { cluster: 'b', state: 'reconciled', since: ago(10) },
      ),
      'block',
      'Soaked 10 min',
    ],
    [
      'well, and its pods never restarted',
      inClusters(300, {
        cluster: 'a',
        state: 'reconciled',
        since: ago(200),
        restarts: 0,
      }),
      'pass',
      'Soaked 3 h 20 min',
      /and well in every cluster; none of its pods restarted; soak: 30m in/,
    ],
    [
      'well, with restarts',
      inClusters(
        300,
        { cluster: 'a', state: 'reconciled', since: ago(200), restarts: 2 },
        { cluster: 'b', state: 'reconciled', since: ago(200), restarts: 0 },
        { cluster: 'c', state: 'reconciled', since: ago(200), restarts: 1 },
      ),
      'pass',
      'Soaked 3 h 20 min, 3 restarts',
      /every cluster; 3 restarts of its pods in a, c; soak: 30m in/,
    ],
    [
      'well, and not all was counted',
      inClusters(
        10,
        { cluster: 'a', state: 'reconciled', since: ago(10), restarts: 1 },
        { cluster: 'b', state: 'reconciled', since: ago(10) },
      ),
      'block',
      'Soaked 10 min, 1 restart',
      /every cluster; 1 restart of its pods in a, as far as is known; soak/,
    ],
    [
      'none asked, well with restarts',
      unasked(
        inClusters(300, {
          cluster: 'a',
          state: 'reconciled',
          since: ago(180),
          restarts: 12,
        }),
      ),
      'pass',
      'Healthy for 3 h, 12 restarts',
      /^Healthy in staging for 3 h; 12 restarts of its pods in a; no soak is/,
    ],
    [
      'well before its release, which counts',
      inClusters(10, { cluster: 'a', state: 'reconciled', since: ago(200) }),
      'block',
      'Soaked 10 min',
    ],
    [
      'failed',
      inClusters(
        300,
        { cluster: 'a', state: 'stale' },
        { cluster: 'b', state: 'failed', since: ago(200) },
      ),
      'block',
      'Not well in staging',
      /failed in b/,
    ],
    [
      'drifted',
      inClusters(300, { cluster: 'a', state: 'drifted', since: ago(200) }),
      'block',
      'Not well in staging',
    ],
    [
      'on its way',
      inClusters(300, { cluster: 'a', state: 'rolling-out', since: ago(200) }),
      'block',
      'Not running in staging yet',
    ],
    [
      'not arrived',
      inClusters(300, { cluster: 'a', state: 'pending' }),
      'block',
      'Not running in staging yet',
    ],
    [
      'not heard of',
      inClusters(
        300,
        { cluster: 'a', state: 'reconciled', since: ago(200) },
        { cluster: 'b', state: 'stale' },
      ),
      'warning',
      'Soak in staging unknown',
      /in b can't be told/,
    ],
    [
      'a rollback',
      { ...soaked(1), release: rollback },
      'pass',
      'No soak for a rollback',
    ],
  ])('%s', (...row) => {
    const said = saidOf('soak', row);
    expect(said).toEqual({
      ...expectedOf('soak', row),
      // What a rule warns of for good is no matter of the clock.
      momentary: said.level !== 'warning' || !/^Never|^No lo/.test(said.title),
    });
    expect(said.reason).not.toContain('undefined');
  });
});

describe('a soak that blocks', () => {
  it('says when it is over, where time alone is missing', () => {
    expect(ask('soak', soaked(10, 30))).toMatchObject({
      level: 'block',
      until: new Date(NOW + 20 * MINUTE).toISOString(),
    });
  });
});

describe('what a decision is bound to', () => {
  it.each([
    ['never there', past(), false],
    ['gone too soon', past({ from: ago(9), to: ago(8), healthyMs: 1 }), false],
    ['gone after its time', past({ from: 1, to: 2, healthyMs: 2e6 }), true],
    ['too short', soaked(29), true],
    ['long enough', soaked(30), true],
  ])('is no matter of the clock: %s', (_, facts, momentary) => {
    expect(ask('soak', facts)?.momentary).toBe(momentary);
  });
});

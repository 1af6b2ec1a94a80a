import {
  commitAt,
  kustomization,
  KustomizationOptions,
  positionAt,
} from '../__testUtils__/objects';
import { observeKustomization } from '../observe/observeKustomization';
import { AppliedFacts, decideApplied } from './decideApplied';

const FAILS = {
  ready: 'False',
  reason: 'HealthCheckFailed',
  message: 'timeout waiting for Deployment/payments/b',
} as const;
const WHY = FAILS.message;

/** Kustomizations by name, of which 12 is fetched. */
function decide(
  given: Record<string, KustomizationOptions>,
  { tip, ...more }: Partial<AppliedFacts> & { tip?: number } = {},
) {
  return decideApplied({
    kustomizations: Object.entries(given).map(
      ([name, options]) =>
        observeKustomization(kustomization({ name, ...options }))!,
    ),
    fetched: commitAt(12),
    positionOf: commit => positionAt(commit, tip),
    ...more,
  });
}

const named = (name: string, why: string = WHY) => ({
  kind: 'Kustomization',
  namespace: 'flux-system',
  name,
  why,
});

describe('decideApplied', () => {
  it.each<
    [string, Record<string, KustomizationOptions>, number | undefined, number]
  >([
    ['all are at the same commit', { a: { applied: 12 } }, 12, 0],
    [
      'some have not got so far',
      { a: { applied: 12 }, b: { applied: 9 }, c: { applied: 11 } },
      9,
      0,
    ],
    [
      'one that is behind is suspended',
      { a: { applied: 12 }, b: { applied: 9, suspend: true } },
      12,
      0,
    ],
    ['all are suspended', { a: { applied: 12, suspend: true } }, undefined, 0],
    ['one applied nothing yet', { a: { applied: 12 }, b: {} }, 12, 1],
    ['all applied nothing yet', { a: {}, b: {} }, undefined, 2],
    ['there are none', {}, undefined, 0],
  ])('where %s', (_, given, position, unapplied) => {
    expect(decide(given)).toEqual({
      ...(position !== undefined && { revision: commitAt(position) }),
      unapplied,
    });
  });

  it('takes a commit that isn’t known for older than all, unless it is what was fetched', () => {
    const given = { a: { applied: 10 }, b: { applied: 12 } };
    expect(decide(given, { tip: 11 }).revision).toBe(commitAt(10));
    const ahead = { a: { applied: 13 }, b: { applied: 10 } };
    expect(decide(ahead, { tip: 11 }).revision).toBe(commitAt(13));
  });

  it('names what fails to apply what was fetched, the furthest behind first', () => {
    const given = {
      c: { applied: 9, ...FAILS },
      b: { applied: 9, ...FAILS },
      a: { applied: 10, ...FAILS },
    };
    expect(decide(given).blockedBy).toEqual(named('b'));
    expect(decide({ ...given, d: FAILS }).blockedBy).toEqual(named('d'));
  });

  it.each<[string, KustomizationOptions]>([
    ['is suspended', { applied: 9, suspend: true, ...FAILS }],
    [
      'waits for others',
      { applied: 9, ...FAILS, reason: 'DependencyNotReady' },
    ],
    ['is only on its way', { applied: 9, ready: 'Unknown' }],
    ['has applied it, and broke since', { applied: 12, ...FAILS }],
  ])('names none that %s', (_, options) => {
    expect(decide({ a: options }).blockedBy).toBeUndefined();
  });

  it('goes on to name one while it tries again, until that succeeds', () => {
    const before = named('b');
    const trying: KustomizationOptions = {
      applied: 9,
      ready: 'Unknown',
      reason: 'Progressing',
    };
    const decideB = (options: KustomizationOptions) =>
      decide({ a: trying, b: options }, { before }).blockedBy;
    expect(decideB(trying)).toEqual(before);
    expect(decideB({ applied: 12 })).toBeUndefined();
    // A newer commit came, which it hasn't begun with.
    expect(decideB({ applied: 11 })).toBeUndefined();
    expect(decideB({ applied: 9, ...FAILS, message: 'another' })).toEqual(
      named('b', 'another'),
    );
  });
});

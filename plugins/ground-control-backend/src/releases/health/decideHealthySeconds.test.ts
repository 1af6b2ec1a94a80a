import { decideHealthySeconds } from './decideHealthySeconds';
import { Failure, StayFacts, Watch } from './types';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 1_000 * DAY;

/** Hours ago. */
const ago = (hours: number) => NOW - hours * HOUR;
const failed = (since: number, until?: number): Failure => ({
  since: ago(since),
  ...(until !== undefined && { until: ago(until) }),
  recovered: until !== undefined,
});
const watch = (cluster: string, since: number, until: number): Watch => ({
  cluster,
  since: ago(since),
  until: ago(until),
});

/** Current from 10 to 2 hours ago, and watched all the while. */
const stay = (more: Partial<StayFacts> = {}): StayFacts => ({
  from: ago(10),
  to: ago(2),
  arrivedAt: ago(10),
  failures: [],
  watches: [watch('aws', 100, 0)],
  ...more,
});

describe('decideHealthySeconds', () => {
  it.each<[string, StayFacts, number | undefined]>([
    ['its whole stay', stay(), 8],
    ['it until it failed', stay({ failures: [failed(4, 3)] }), 6],
    ['it since it recovered', stay({ failures: [failed(9, 8)] }), 6],
    [
      'the longest that no cluster failed',
      stay({ failures: [failed(8, 4), failed(9, 8)] }),
      2,
    ],
    ['nothing when it failed to its end', stay({ failures: [failed(3)] }), 0],
    [
      'nothing when it was replaced while it failed',
      stay({ failures: [{ ...failed(3, 1), recovered: false }] }),
      0,
    ],
    [
      'nothing when it failed at once, by another clock',
      stay({ failures: [failed(11, 1)] }),
      0,
    ],
    ['nothing when its request failed', stay({ request: 'failed' }), 0],
    ['its stay when it was seen running', stay({ request: 'succeeded' }), 8],
    ['what it ran of its stay', stay({ arrivedAt: ago(7) }), 5],
    [
      'its stay when it ran at once, by another clock',
      stay({ arrivedAt: ago(11) }),
      8,
    ],
    [
      'no failure before it ran',
      stay({ arrivedAt: ago(5), failures: [failed(9, 6)] }),
      3,
    ],
    ['nothing when it never ran', stay({ arrivedAt: undefined }), 0],
    ['nothing when it ran too late', stay({ arrivedAt: ago(1) }), 0],
  ])('counts %s', (_, facts, hours) => {
    const seconds = hours && hours * 3_600;
    expect(decideHealthySeconds(facts, NOW)).toBe(seconds);
  });

  it.each<[string, Watch[], boolean]>([
    ['without a cluster', [], false],
    ['watched for all of it', [watch('aws', 10, 2)], true],
    ['watched since after its beginning', [watch('aws', 9, 0)], false],
    ['not watched any more at its end', [watch('aws', 20, 3)], false],
    ['watched only before', [watch('aws', 20, 11)], false],
    ['watched only since', [watch('aws', 1, 0)], false],
    ['with a gap', [watch('aws', 20, 6), watch('aws', 5, 0)], false],
    [
      'with a gap as a deployment of the portal makes it',
      [watch('aws', 20, 6), watch('aws', 6 - 1 / 60, 0)],
      true,
    ],
    [
      'of two clusters, with one watched for some of it',
      [watch('aws', 20, 0), watch('az', 20, 5)],
      false,
    ],
    [
      'of two clusters, with one that came meanwhile',
      [watch('aws', 20, 0), watch('az', 5, 0)],
      true,
    ],
    [
      'of two clusters, with one that came after it',
      [watch('aws', 20, 0), watch('az', 1, 0)],
      true,
    ],
  ])('knows of a stay %s', (_, watches, known) => {
    expect(decideHealthySeconds(stay({ watches }), NOW)).toBe(
      known ? 8 * 3_600 : undefined,
    );
    // That it failed is known however little was watched.
    const failures = [failed(3)];
    expect(decideHealthySeconds(stay({ watches, failures }), NOW)).toBe(0);
    // That it never ran isn't.
    expect(
      decideHealthySeconds(stay({ watches, arrivedAt: undefined }), NOW),
    ).toBe(known ? 0 : undefined);
  });

  it('knows nothing of who came when that is forgotten', () => {
    const long = stay({
      from: ago(100 * 24),
      watches: [watch('aws', 200 * 24, 0), watch('az', 80 * 24, 0)],
    });
    expect(decideHealthySeconds(long, NOW)).toBeUndefined();
  });
});

import fc from 'fast-check';
import { decideNotices } from './decideNotices';
import { formatTitle } from './formatNotice';
import { Notice, NoticeKind, Unwell } from './types';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

function unwell(one: Partial<Unwell> = {}): Unwell {
  return {
    cluster: 'aws-prod-1',
    environment: 'prod',
    namespace: 'payments',
    service: 'ledger-api',
    state: 'failed',
    since: 0,
    why: 'it crashes',
    squadRef: 'group:default/squad-ledger',
    ...one,
  };
}

/** What is seen at times in seconds, and what is told then. */
class Play {
  notices: Notice[] = [];
  readonly told: string[] = [];

  at(second: number, seen: Unwell[], unheard: string[] = []): this {
    const steps = decideNotices({
      // As from the database: a restart between any two changes nothing.
      notices: JSON.parse(JSON.stringify(this.notices)),
      unwell: seen,
      unheard: new Set(unheard),
      now: second * SECOND,
      flapMs: 20 * SECOND,
      stuckMs: 10 * MINUTE,
    });
    for (const { before, after, tell } of steps) {
      if (before) {
        const key = JSON.stringify([before.kind, before.service]);
        this.notices = this.notices.filter(
          one => JSON.stringify([one.kind, one.service]) !== key,
        );
      }
      if (after) this.notices.push(after);
      if (tell) {
        const { kind, clusters } = (after ?? before)!;
        this.told.push(`${second} ${tell} ${kind} ${clusters.join('+')}`);
      }
    }
    return this;
  }
}

describe('decideNotices', () => {
  it('tells once that it fails, and once that it is over', () => {
    const { told, notices } = new Play()
      .at(0, [unwell()])
      .at(19, [unwell()])
      .at(20, [unwell()])
      .at(25, [unwell()])
      .at(600, [unwell()])
      .at(700, [])
      .at(719, [])
      .at(720, [])
      .at(800, []);
    expect(told).toEqual([
      '20 begun failed aws-prod-1',
      '720 over failed aws-prod-1',
    ]);
    expect(notices).toEqual([]);
  });

  it('does not tell what passes at once', () => {
    const play = new Play();
    for (let second = 0; second < 200; second += 10) {
      play.at(second, second % 20 ? [] : [unwell({ since: second * SECOND })]);
    }
    expect(play.told).toEqual([]);
  });

  it('does not tell an end that passes at once', () => {
    const play = new Play().at(0, [unwell()]).at(30, [unwell()]);
    for (let second = 40; second < 200; second += 10) {
      play.at(second, second % 20 ? [unwell()] : []);
    }
    expect(play.told).toEqual(['30 begun failed aws-prod-1']);
  });

  it('tells once for all clusters', () => {
    const other = unwell({ cluster: 'gcp-prod-1', since: 40 * SECOND });
    const { told, notices } = new Play()
      .at(0, [unwell()])
      .at(30, [unwell()])
      .at(60, [unwell(), other])
      .at(90, [other])
      .at(120, [other]);
    expect(told).toEqual(['30 begun failed aws-prod-1']);
    expect(notices[0].clusters).toEqual(['gcp-prod-1']);
  });

  it('begins and ends nothing in a cluster that is not heard of', () => {
    const { told } = new Play()
      .at(0, [unwell()])
      .at(30, [unwell()])
      .at(60, [], ['aws-prod-1'])
      .at(120, [], ['aws-prod-1'])
      .at(150, [unwell()])
      .at(200, [])
      .at(230, []);
    expect(told).toEqual([
      '30 begun failed aws-prod-1',
      '230 over failed aws-prod-1',
    ]);
  });

  it('is not over while the next release is on its way', () => {
    const { told } = new Play()
      .at(0, [unwell()])
      .at(30, [unwell()])
      .at(60, [unwell({ state: 'pending', since: 60 * SECOND })])
      .at(90, [unwell({ state: 'rolling-out', since: 90 * SECOND })])
      .at(120, [unwell({ since: 120 * SECOND })])
      .at(150, [unwell({ since: 120 * SECOND })])
      .at(180, [])
      .at(200, []);
    expect(told).toEqual([
      '30 begun failed aws-prod-1',
      '200 over failed aws-prod-1',
    ]);
  });

  it.each<[Unwell['state'], boolean]>([
    ['suspended', true],
    ['pending', true],
    ['rolling-out', true],
    ['unknown', true],
    ['stale', true],
    ['drifted', false],
    ['reconciled', false],
  ])('goes on while what failed is now %s: %s', (state, goesOn) => {
    const after = state === 'reconciled' ? [] : [unwell({ state })];
    const { told } = new Play()
      .at(0, [unwell()])
      .at(30, [unwell()])
      .at(60, after)
      .at(80, after);
    expect(told.includes('80 over failed aws-prod-1')).toBe(!goesOn);
  });

  it('is not over because somebody suspended it', () => {
    const suspended = unwell({ state: 'suspended', since: 60 * SECOND });
    const { told } = new Play()
      .at(0, [unwell()])
      .at(30, [unwell()])
      .at(60, [suspended])
      .at(9_999, [suspended])
      // Resumed, it goes on failing, and is then mended.
      .at(10_000, [unwell({ since: 10_000 * SECOND })])
      .at(10_100, [unwell({ since: 10_000 * SECOND })])
      .at(10_200, [suspended])
      .at(10_300, [])
      .at(10_320, []);
    expect(told).toEqual([
      '30 begun failed aws-prod-1',
      '10320 over failed aws-prod-1',
    ]);
  });

  it('tells of a release that waits for too long, and of drift', () => {
    const waits = unwell({ state: 'pending' });
    const { told } = new Play()
      .at(599, [waits])
      .at(600, [waits])
      .at(610, [unwell({ state: 'rolling-out', since: 605 * SECOND })])
      .at(650, [unwell({ state: 'drifted', since: 640 * SECOND })])
      .at(670, [unwell({ state: 'drifted', since: 640 * SECOND })]);
    expect(told).toEqual([
      '600 begun stuck aws-prod-1',
      '670 over stuck aws-prod-1',
      '670 begun drifted aws-prod-1',
    ]);
  });

  it('tells of a suspended release nothing: somebody meant it', () => {
    const { told } = new Play().at(9_999, [unwell({ state: 'suspended' })]);
    expect(told).toEqual([]);
  });

  it('waits until somebody owns it', () => {
    const { told } = new Play()
      .at(0, [unwell({ squadRef: undefined })])
      .at(60, [unwell({ squadRef: undefined })])
      .at(90, [unwell()]);
    expect(told).toEqual(['90 begun failed aws-prod-1']);
  });
});

describe('formatTitle', () => {
  const letters = (max: number) =>
    fc.stringMatching(new RegExp(`^[a-z][a-z0-9-]{0,${max - 1}}$`));

  it('has 50 characters at most, and the whole environment', () => {
    fc.assert(
      fc.property(
        letters(63),
        letters(20),
        fc.constantFrom<NoticeKind>('failed', 'drifted', 'stuck'),
        fc.constantFrom<'begun' | 'over'>('begun', 'over'),
        (service, environment, kind, tell) => {
          const title = formatTitle(
            {
              environment,
              namespace: '',
              service,
              kind,
              since: 0,
              clusters: [],
            },
            tell,
          );
          expect(title.length).toBeLessThanOrEqual(50);
          expect(title).toContain(` ${environment}: ${service[0]}`);
          expect(title.endsWith(service.slice(-1))).toBe(true);
          expect(title.length === 50 || title.endsWith(service)).toBe(true);
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { decideNotices } from './decideNotices';
import { formatTitle } from './formatNotice';
import { Notice, NoticeKind, Tell, Unwell } from './types';

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
    isCurrent: true,
    squadRef: 'group:default/squad-ledger',
    ...one,
  };
}

/** What is seen at times in seconds, and what is told then. */
class Play {
  notices: Notice[] = [];
  readonly told: string[] = [];
  readonly whys: string[] = [];

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
    for (const { before, after, tell, why } of steps) {
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
        this.whys.push(why ?? '');
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

describe('decideNotices, of a further release', () => {
  const a = (one: Partial<Unwell> = {}) => unwell({ release: 'aaa', ...one });
  const b = (one: Partial<Unwell> = {}) =>
    unwell({ release: 'bbb', why: 'b crashes', ...one });
  const toldOfA = () => new Play().at(0, [a()]).at(20, [a()]);
  const OF_A = '20 begun failed aws-prod-1';

  it('tells once more when it fails as well, after the same time', () => {
    const { told, notices } = toldOfA()
      .at(100, [b({ state: 'pending', since: 100 * SECOND })])
      .at(130, [b({ state: 'rolling-out', since: 130 * SECOND })])
      .at(150, [b({ since: 150 * SECOND })])
      .at(169, [b({ since: 150 * SECOND })])
      .at(170, [b({ since: 150 * SECOND })])
      .at(400, [b({ since: 150 * SECOND })])
      .at(500, [])
      .at(520, []);
    expect(told).toEqual([
      OF_A,
      '170 newer failed aws-prod-1',
      '520 over failed aws-prod-1',
    ]);
    expect(notices).toEqual([]);
  });

  it('counts from when it was seen, though failing goes on without a break', () => {
    const { told } = toldOfA().at(100, [b()]).at(119, [b()]).at(120, [b()]);
    expect(told).toEqual([OF_A, '120 newer failed aws-prod-1']);
  });

  it('tells each further release, and nothing of one that passes at once', () => {
    const play = toldOfA()
      .at(100, [b()])
      .at(110, [b({ state: 'rolling-out' })])
      .at(115, [b()])
      .at(125, [b({ state: 'rolling-out' })])
      .at(130, []);
    expect(play.told).toEqual([OF_A]);
    const c = unwell({ release: 'ccc' });
    play.at(140, [b()]).at(160, [b()]).at(200, [c]).at(220, [c]);
    expect(play.told).toEqual([
      OF_A,
      '160 newer failed aws-prod-1',
      '220 newer failed aws-prod-1',
    ]);
  });

  it('is another trouble when it was well between', () => {
    const { told } = toldOfA()
      .at(100, [])
      .at(120, [])
      .at(200, [b({ since: 200 * SECOND })])
      .at(220, [b({ since: 200 * SECOND })]);
    expect(told).toEqual([
      OF_A,
      '120 over failed aws-prod-1',
      '220 begun failed aws-prod-1',
    ]);
  });

  it('tells nothing of the same release in one more cluster', () => {
    const more = [a(), a({ cluster: 'gcp-prod-1', since: 100 * SECOND })];
    const { told } = toldOfA().at(100, more).at(200, more).at(300, [more[1]]);
    expect(told).toEqual([OF_A]);
  });

  it('tells nothing while a cluster was judged on the older one alone', () => {
    const late = unwell({
      cluster: 'gcp-prod-1',
      release: 'older',
      isCurrent: false,
    });
    const play = toldOfA().at(100, [late]).at(200, [late]);
    expect(play.told).toEqual([OF_A]);
    // And then only why the newer one fails.
    play.at(300, [b(), late]).at(320, [b(), late]);
    expect(play.told[1]).toBe('320 newer failed aws-prod-1+gcp-prod-1');
    expect(play.whys[1]).toBe('aws-prod-1: b crashes');
  });

  it('tells of what was told before releases were remembered nothing again', () => {
    const play = toldOfA();
    delete play.notices[0].release;
    play.at(100, [a()]).at(200, [a()]);
    expect(play.told).toEqual([OF_A]);
    expect(play.notices[0].release).toBe('aaa');
    play.at(300, [b()]).at(320, [b()]);
    expect(play.told).toEqual([OF_A, '320 newer failed aws-prod-1']);
  });

  it.each([false, true])(
    'knows what it told of, though the next came meanwhile (told before: %s)',
    wasTold => {
      const late = a({ isCurrent: false });
      const play = wasTold ? toldOfA() : new Play();
      if (wasTold) delete play.notices[0].release;
      const { told } = play
        .at(30, [late])
        .at(40, [b({ state: 'rolling-out' })])
        .at(50, [b()])
        .at(70, [b()]);
      expect(told).toEqual([
        wasTold ? OF_A : '30 begun failed aws-prod-1',
        '70 newer failed aws-prod-1',
      ]);
    },
  );

  it('remembers which one it told of, and not which came while it waited', () => {
    const { told } = new Play()
      .at(0, [a()])
      .at(15, [b()])
      .at(20, [b()])
      .at(60, [b()]);
    expect(told).toEqual([OF_A]);
  });

  it('tells that a further one is stuck, or has drifted', () => {
    const stuck = (release: string, since: number) =>
      unwell({ state: 'pending', release, since: since * SECOND });
    const drifted = (release: string) => unwell({ state: 'drifted', release });
    const { told } = new Play()
      .at(600, [stuck('aaa', 0)])
      .at(700, [stuck('bbb', 700)])
      .at(1_299, [stuck('bbb', 700)])
      .at(1_300, [stuck('bbb', 700)])
      .at(1_320, [stuck('bbb', 700)])
      .at(1_400, [drifted('bbb')])
      .at(1_420, [drifted('ccc')])
      .at(1_440, [drifted('ccc')]);
    expect(told).toEqual([
      '600 begun stuck aws-prod-1',
      '1320 newer stuck aws-prod-1',
      '1400 begun drifted aws-prod-1',
      '1420 over stuck aws-prod-1',
      '1440 newer drifted aws-prod-1',
    ]);
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
        fc.constantFrom<Tell>('begun', 'newer', 'over'),
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

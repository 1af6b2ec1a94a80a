import fc from 'fast-check';
import {
  LinkCode,
  LinkState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { pairKey } from '../../latency/book/pairKey';
import { decideLinkNotices } from './decideLinkNotices';
import { formatLinkNotice, formatLinkTitle } from './formatLinkNotice';
import { LinkNotice } from './types';

const SECOND = 1_000;
const PAY = 'group:default/pay';

const CODES: Partial<Record<LinkState, LinkCode>> = {
  down: 'all-lost',
  high: 'slower',
};

/** `aws>gcp down`: how links stand; others aren't linked. */
type Seen = string[];

/** What is seen at times in seconds, and what is told then. */
class Play {
  notices: LinkNotice[] = [];
  readonly told: string[] = [];
  calls: Record<string, Record<string, number>> = {
    [PAY]: { 'aws>gcp': 4, 'aws>azure': 3 },
  };

  at(second: number, ...seen: Seen): this {
    const links = new Map(
      seen.map(text => {
        const [pair, state] = text.split(' ') as [string, LinkState];
        const [from, to] = pair.split('>');
        const code = CODES[state] ?? 'as-usual';
        return [pairKey(from, to), { state, code, since: second * SECOND }];
      }),
    );
    const calls = new Map(
      Object.entries(this.calls).map(([squad, pairs]) => [
        squad,
        new Map(
          Object.entries(pairs).map(([pair, count]) => {
            const [from, to] = pair.split('>');
            return [pairKey(from, to), count];
          }),
        ),
      ]),
    );
    const steps = decideLinkNotices({
      // As from the database: a restart between any two changes nothing.
      notices: JSON.parse(JSON.stringify(this.notices)),
      links,
      calls,
      now: second * SECOND,
      gatherMs: { down: 4 * SECOND, high: 10 * SECOND },
      holdMs: 300 * SECOND,
    });
    for (const step of steps) {
      this.notices = this.notices
        .filter(one => one.squadRef !== step.squadRef)
        .concat(step.after);
      if (step.tell) {
        const { title } = formatLinkNotice(step);
        const squad = step.squadRef.split('/')[1];
        this.told.push(`${second} ${squad}: ${title}`);
      }
    }
    return this;
  }
}

describe('decideLinkNotices', () => {
  it('tells once that a link is down, and once that it is no longer', () => {
    const { told, notices } = new Play()
      .at(0, 'aws>gcp down')
      .at(2, 'aws>gcp down')
      .at(4, 'aws>gcp down')
      .at(60, 'aws>gcp down')
      .at(600, 'aws>gcp normal')
      .at(899, 'aws>gcp normal')
      .at(900, 'aws>gcp normal')
      .at(2_000, 'aws>gcp normal');
    expect(told).toEqual([
      '4 pay: Down: aws → gcp, 4 of your calls',
      '900 pay: No longer down: aws → gcp',
    ]);
    expect(notices).toEqual([]);
  });

  it('tells nothing again while it flaps', () => {
    const play = new Play();
    for (let second = 0; second < 3_000; second += 10) {
      const isDown = Math.floor(second / 100) % 2 === 0;
      play.at(second, isDown ? 'aws>gcp down' : 'aws>gcp normal');
    }
    expect(play.told).toEqual(['10 pay: Down: aws → gcp, 4 of your calls']);
    play.at(3_000, 'aws>gcp normal').at(3_299, 'aws>gcp normal');
    expect(play.told).toHaveLength(2);
  });

  it('does not tell what passes at once, nor what is only elevated', () => {
    const { told } = new Play()
      .at(0, 'aws>gcp down')
      .at(2, 'aws>gcp normal')
      .at(10, 'aws>gcp elevated')
      .at(100, 'aws>gcp elevated')
      .at(500, 'aws>gcp elevated');
    expect(told).toEqual([]);
  });

  it('tells of several links in one', () => {
    const { told } = new Play()
      .at(0, 'aws>gcp down')
      .at(3, 'aws>gcp down', 'aws>azure down')
      .at(5, 'aws>gcp down', 'aws>azure down')
      .at(60, 'aws>gcp down', 'aws>azure down')
      .at(100, 'aws>gcp normal', 'aws>azure down')
      .at(130, 'aws>gcp normal', 'aws>azure normal')
      .at(400, 'aws>gcp normal', 'aws>azure normal')
      .at(430, 'aws>gcp normal', 'aws>azure normal');
    expect(told).toEqual([
      '5 pay: 2 links not well, 7 of your calls',
      '400 pay: 2 links are no longer unwell',
    ]);
  });

  it('tells of a link that breaks later, and of one that stays unwell', () => {
    const { told } = new Play()
      .at(0, 'aws>gcp high')
      .at(10, 'aws>gcp high')
      .at(60, 'aws>gcp high', 'aws>azure down')
      .at(70, 'aws>gcp high', 'aws>azure down')
      .at(100, 'aws>gcp high', 'aws>azure normal')
      .at(400, 'aws>gcp high', 'aws>azure normal');
    expect(told).toEqual([
      '10 pay: Slow: aws → gcp, 4 of your calls',
      '70 pay: Down: aws → azure, 3 of your calls',
      '400 pay: No longer down: aws → azure',
    ]);
  });

  it('tells that what was high is down, once, and not the way back', () => {
    const { told } = new Play()
      .at(0, 'aws>gcp high')
      .at(10, 'aws>gcp high')
      .at(20, 'aws>gcp down')
      .at(30, 'aws>gcp down')
      .at(40, 'aws>gcp high')
      .at(50, 'aws>gcp high')
      .at(60, 'aws>gcp down')
      .at(70, 'aws>gcp down');
    expect(told).toEqual([
      '10 pay: Slow: aws → gcp, 4 of your calls',
      '30 pay: Down: aws → gcp, 4 of your calls',
    ]);
  });

  it('tells of what was high for a moment that it is down', () => {
    const { told } = new Play()
      .at(0, 'aws>gcp high')
      .at(3, 'aws>gcp high')
      .at(8, 'aws>gcp down')
      .at(60, 'aws>gcp down');
    expect(told).toEqual(['8 pay: Down: aws → gcp, 4 of your calls']);
  });

  it('begins and ends nothing by a link that is not heard of', () => {
    const { told } = new Play()
      .at(0, 'aws>gcp down')
      .at(10, 'aws>gcp down')
      .at(20, 'aws>gcp stale')
      .at(900, 'aws>gcp stale')
      .at(1_000, 'aws>gcp normal')
      .at(1_299, 'aws>gcp normal')
      .at(1_300, 'aws>gcp normal');
    expect(told).toEqual([
      '10 pay: Down: aws → gcp, 4 of your calls',
      '1300 pay: No longer down: aws → gcp',
    ]);
  });

  it('tells each squad whose calls cross it, and nobody else', () => {
    const play = new Play();
    play.calls = {
      [PAY]: { 'aws>azure': 1 },
      'group:default/fx': { 'aws>gcp': 2 },
    };
    play
      .at(0, 'aws>gcp down', 'gcp>aws down')
      .at(9, 'aws>gcp down', 'gcp>aws down');
    expect(play.told).toEqual(['9 fx: Down: aws → gcp, 2 of your calls']);
    // It calls no more; that it is over is told all the same.
    play.calls = {};
    play.at(20, 'aws>gcp down').at(30).at(330);
    expect(play.told.slice(1)).toEqual(['330 fx: No longer down: aws → gcp']);
  });
});

describe('formatLinkNotice', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,126}$/);
  const notice = fc.record({
    squadRef: fc.constant(PAY),
    from: name,
    to: name,
    state: fc.constantFrom('down' as const, 'high' as const),
    code: fc.constantFrom<LinkCode>('all-lost', 'loss', 'no-answer', 'slower'),
    since: fc.constant(0),
    calls: fc.nat(99_999),
  });

  it('has titles of 50 characters at most, with both clusters', () => {
    fc.assert(
      fc.property(notice, fc.boolean(), (one, begins) => {
        const title = formatLinkTitle(
          begins ? { begun: [one], over: [] } : { begun: [], over: [one] },
          [one],
        );
        expect(title.length).toBeLessThanOrEqual(50);
        expect(title).toContain(`: ${one.from[0]}`);
        expect(title).toContain(` → ${one.to[0]}`);
      }),
    );
  });

  it('says all that is not well, because it takes the place of the one before', () => {
    const one = (to: string, more: Partial<LinkNotice>): LinkNotice => ({
      squadRef: PAY,
      from: 'aws',
      to,
      state: 'high',
      code: 'loss',
      since: Date.UTC(2026, 2, 2, 8, 1),
      calls: 2,
      toldState: 'high',
      ...more,
    });
    const over = one('azure', { state: 'down', overSince: 1 });
    expect(
      formatLinkNotice({
        squadRef: PAY,
        before: [],
        after: [one('gcp', {}), one('b', { overSince: 2 })],
        tell: { begun: [], over: [over] },
      }),
    ).toEqual({
      title: 'No longer down: aws → azure',
      description:
        'aws → gcp: lossy since 2 Mar 2026, 08:01 UTC, 2 of your calls\naws → azure: no longer down',
      link: '/links/calls?squad=group%3Adefault%2Fpay',
      severity: 'normal',
      topic: 'link.affects-you',
      scope: `ground-control:links:${PAY}`,
    });
  });
});

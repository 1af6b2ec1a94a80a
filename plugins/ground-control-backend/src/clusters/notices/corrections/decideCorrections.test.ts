import { decideCorrections } from './decideCorrections';
import { formatCorrection, formatCorrectionTitle } from './formatCorrection';
import { Corrected, CorrectionNotice, CorrectionTimes } from './types';

const HOUR = 60 * 60_000;
const SUBJECT = {
  environment: 'prod',
  namespace: 'payments',
  service: 'ledger-api',
};
const SQUAD = 'group:default/squad-ledger';

/** What clusters say at times in hours, and what is told then. */
class Play {
  readonly told: string[] = [];

  constructor(public notices: CorrectionNotice[] = []) {}

  at(hour: number, times?: CorrectionTimes, squadRef?: string | null): this {
    const one: Corrected = { ...SUBJECT, times: times ?? {} };
    if (squadRef !== null) one.squadRef = squadRef ?? SQUAD;
    const steps = decideCorrections({
      // As from the database: a restart between any two changes nothing.
      notices: JSON.parse(JSON.stringify(this.notices)),
      corrected: times ? [one] : [],
      now: hour * HOUR,
    });
    for (const { after, tell } of steps) {
      this.notices = after ? [after] : [];
      if (tell) {
        this.told.push(
          `${hour} ${tell.squadRef} ${Object.keys(tell.times).join('+')}`,
        );
      }
    }
    return this;
  }
}

describe('decideCorrections', () => {
  it('tells once of what is corrected again and again', () => {
    const play = new Play();
    for (let hour = 0; hour < 72; hour += 0.5) play.at(hour, { 'az-1': hour });
    expect(play.told).toEqual([`0 ${SQUAD} az-1`]);
  });

  it('tells it again after a day without any', () => {
    const { told } = new Play()
      .at(0, { 'az-1': 1 })
      .at(10, { 'az-1': 2 })
      .at(33, { 'az-1': 3 })
      .at(50, { 'az-1': 3 })
      .at(57, { 'az-1': 3 })
      .at(58, { 'az-1': 4 })
      .at(58.1, { 'az-1': 4 });
    expect(told).toEqual([`0 ${SQUAD} az-1`, `58 ${SQUAD} az-1`]);
  });

  it('compares a cluster with itself alone, whatever its clock says', () => {
    const { told } = new Play()
      .at(0, { 'az-1': 9_000 * HOUR })
      .at(1, { 'az-1': 9_000 * HOUR })
      .at(30, { 'az-1': 9_000 * HOUR, 'gcp-1': 5 })
      .at(60, { 'az-1': 7, 'gcp-1': 5 });
    expect(told).toEqual([
      `0 ${SQUAD} az-1`,
      `30 ${SQUAD} gcp-1`,
      `60 ${SQUAD} az-1`,
    ]);
  });

  it('tells once for all clusters', () => {
    const { told } = new Play()
      .at(0, { 'az-1': 1, 'gcp-1': 2 })
      .at(1, { 'az-1': 1, 'gcp-1': 3 })
      .at(2, { 'aws-1': 1, 'az-1': 1, 'gcp-1': 3 });
    expect(told).toEqual([`0 ${SQUAD} az-1+gcp-1`]);
  });

  it('goes on over the next release, which has none of its own yet', () => {
    const play = new Play().at(0, { 'az-1': 1 }).at(1).at(2, { 'az-1': 2 });
    expect(play.told).toEqual([`0 ${SQUAD} az-1`]);
    play.at(3).at(25.9);
    expect(play.notices).toHaveLength(1);
    play.at(26);
    expect(play.notices).toEqual([]);
  });

  it('tells nobody of what was corrected before anybody told of it', () => {
    const known = [{ ...SUBJECT, seen: { 'az-1': 1 } }];
    const play = new Play(known).at(0, { 'az-1': 1 }).at(1, { 'az-1': 1 });
    expect(play.told).toEqual([]);
    expect(play.notices).toEqual(known);
    expect(play.at(2, { 'az-1': 2 }).told).toEqual([`2 ${SQUAD} az-1`]);
  });

  it('waits for a day until somebody owns it', () => {
    const waits = () =>
      new Play().at(0, { 'az-1': 1 }, null).at(1, { 'az-1': 1 }, null);
    expect(waits().told).toEqual([]);
    expect(waits().at(23, { 'az-1': 1 }).told).toEqual([`23 ${SQUAD} az-1`]);
    expect(waits().at(24, { 'az-1': 1 }).told).toEqual([]);
    // Whose it was before was told of other ones.
    const { told } = new Play()
      .at(0, { 'az-1': 1 })
      .at(30, { 'az-1': 2 }, null)
      .at(31, { 'az-1': 2 }, 'group:default/others');
    expect(told).toEqual([`0 ${SQUAD} az-1`, '31 group:default/others az-1']);
  });
});

describe('formatCorrection', () => {
  it('says what, where and when', () => {
    const at = Date.parse('2026-03-02T12:00:00Z');
    expect(formatCorrection(SUBJECT, { 'az-prod-1': at })).toEqual({
      title: 'Flux undid changes to ledger-api in az-prod-1',
      description: [
        'ledger-api',
        'az-prod-1: undone at 2 Mar 2026, 12:00 UTC',
        'It is again as the config repository has it; make changes that are to stay there. You are told of further ones after 24 hours without any.',
      ].join('\n'),
      link: '/releases/services/payments/ledger-api?from=notification',
      severity: 'normal',
      topic: 'release.drift-corrected',
      scope: 'ground-control:drift-corrected:prod:payments/ledger-api',
    });
  });

  it.each([
    [
      'ledger-api',
      ['az-1', 'gcp-1'],
      'Flux undid changes to ledger-api in az-1, gcp-1',
    ],
    [
      'ledger-api',
      ['az-prod-1', 'gcp-prod-1'],
      'Flux undid changes in prod: ledger-api',
    ],
    [
      'a-service-with-quite-a-name',
      ['az-prod-1'],
      'Flux undid changes in prod: a-service-w…ite-a-name',
    ],
  ])('names %s in %j as there is room', (service, clusters, title) => {
    const formatted = formatCorrectionTitle({ ...SUBJECT, service }, clusters);
    expect(formatted).toBe(title);
    expect(title.length).toBeLessThanOrEqual(50);
  });
});

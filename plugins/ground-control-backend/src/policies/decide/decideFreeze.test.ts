import {
  ask,
  expectedOf,
  Row,
  saidOf,
  freeze,
  frozen,
  rollback,
} from './__testUtils__/policyRows';

describe('the policy freeze', () => {
  it.each<Row>([
    ['none', {}, 'pass', 'No freeze'],
    [
      'on',
      frozen(freeze('2026-03-02T00:00', '2026-03-05T08:00')),
      'block',
      'Frozen until Thu 08:00',
      /prod now \(Year end\): freeze: x in ground-control.yaml, line 9/,
    ],
    [
      'to come',
      frozen(freeze('2026-03-04T16:00', '2026-03-05T08:00')),
      'pass',
      'No freeze until Wed 16:00',
    ],
    [
      'far away',
      frozen(freeze('2026-04-04T16:00', '2026-04-05T08:00')),
      'pass',
      'No freeze',
    ],
    [
      'over',
      frozen(freeze('2026-02-04T16:00', '2026-02-05T08:00')),
      'pass',
      'No freeze',
    ],
    [
      'a rollback',
      {
        ...frozen(freeze('2026-03-02T00:00', '2026-03-05T08:00')),
        release: rollback,
      },
      'pass',
      'Frozen, not for a rollback',
    ],
  ])('%s', (...row) => {
    const said = saidOf('freeze', row);
    expect(said).toEqual(expectedOf('freeze', row));
    expect(said.reason).not.toContain('undefined');
  });
});

describe('a freeze that blocks', () => {
  it('says when it is over, which a request waits for', () => {
    expect(
      ask('freeze', frozen(freeze('2026-03-02T10:00', '2026-03-02T14:00'))),
    ).toMatchObject({ level: 'block', until: '2026-03-02T13:00:00.000Z' });
  });
});

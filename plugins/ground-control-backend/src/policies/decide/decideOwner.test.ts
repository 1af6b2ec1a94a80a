import { expectedOf, Row, saidOf } from './__testUtils__/policyRows';

describe('the policy owner', () => {
  it.each<Row>([
    ['agrees', {}, 'pass', 'Owner agrees'],
    [
      'the same in the artifact',
      { release: { artifactSquadRef: 'group:default/squad-ledger' } },
      'pass',
      'Owner agrees',
    ],
    [
      'differs',
      { release: { artifactSquadRef: 'group:default/squad-fx' } },
      'warning',
      'Owner and artifact differ',
      /squad-ledger owns.*squad-fx/,
    ],
    [
      'nobody',
      { release: { squadRef: undefined } },
      'warning',
      'No squad owns it',
    ],
  ])('%s', (...row) => {
    const said = saidOf('owner', row);
    expect(said).toEqual(expectedOf('owner', row));
    expect(said.reason).not.toContain('undefined');
  });
});

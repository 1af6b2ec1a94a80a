import { expectedOf, Row, saidOf, rollback } from './__testUtils__/policyRows';

describe('the policy policy-file', () => {
  it.each<Row>([
    [
      'broken, where approvals are needed',
      { fileFault: { line: 4, message: 'the value is wrong' } },
      'block',
      'Policies can’t be read',
      /^ground-control.yaml, line 4: the value is wrong\./,
    ],
    [
      'broken, where none are',
      {
        fileFault: { message: 'it is not YAML' },
        release: { environment: 'dev' },
        rules: { approvals: { value: 0 } },
      },
      'warning',
      'Policies can’t be read',
      /floor of app-config/,
    ],
    [
      'broken, for a rollback',
      { fileFault: { message: 'it is not YAML' }, release: rollback },
      'warning',
      'Policies can’t be read',
    ],
  ])('%s', (...row) => {
    const said = saidOf('policy-file', row);
    expect(said).toEqual(expectedOf('policy-file', row));
    expect(said.reason).not.toContain('undefined');
  });
});

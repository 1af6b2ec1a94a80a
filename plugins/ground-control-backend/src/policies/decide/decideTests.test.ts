import {
  at,
  expectedOf,
  Row,
  saidOf,
  results,
  rollback,
} from './__testUtils__/policyRows';

describe('the policy tests', () => {
  it.each<Row>([
    ['none known', {}, 'warning', 'No test results in artifact'],
    [
      'all passed',
      { release: { artifact: results(412, 0) } },
      'pass',
      '412 tests passed',
      /2 were skipped/,
    ],
    [
      'some failed',
      { release: { artifact: results(410, 2) } },
      'warning',
      '2 tests failed',
      /2 of 412/,
    ],
    [
      'all passed, and of what runs some did not',
      { release: { artifact: results(412, 0) }, runs: results(400, 3) },
      'pass',
      '412 tests passed',
      /2 were skipped; of what runs, 3 of 403 failed\.$/,
    ],
    [
      'more failed than of what runs',
      { release: { artifact: results(409, 3) }, runs: results(410, 1) },
      'warning',
      '3 tests failed, 2 new',
      /3 of 412 .* built; of what runs, 1 of 411 failed \(/,
    ],
    [
      'as many failed as of what runs',
      { release: { artifact: results(410, 1) }, runs: results(410, 1) },
      'warning',
      '1 test failed',
    ],
    [
      'some failed, and none of what runs',
      { release: { artifact: results(410, 2) }, runs: results(300, 0) },
      'warning',
      '2 tests failed',
      /; of what runs, none of 300 failed/,
    ],
    [
      'one failed',
      { release: { artifact: results(1, 1) } },
      'warning',
      '1 test failed',
    ],
    [
      'failed, which blocks',
      {
        release: { artifact: results(1, 1) },
        rules: { tests: { value: 'block', ...at(3, 'tests: block') } },
      },
      'block',
      '1 test failed',
      /built \(tests: block in ground-control.yaml, line 3\)/,
    ],
    [
      'not looked at',
      {
        release: { artifact: results(1, 1) },
        rules: { tests: { value: 'off' } },
      },
      'pass',
      'Tests not looked at',
    ],
    [
      'a rollback',
      { release: { ...rollback, artifact: results(1, 1) } },
      'pass',
      'No tests for a rollback',
    ],
  ])('%s', (...row) => {
    const said = saidOf('tests', row);
    expect(said).toEqual(expectedOf('tests', row));
    expect(said.reason).not.toContain('undefined');
  });
});

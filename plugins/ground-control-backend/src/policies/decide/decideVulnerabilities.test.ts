import {
  artifact,
  at,
  expectedOf,
  Row,
  saidOf,
  rollback,
  vulnerable,
} from './__testUtils__/policyRows';

describe('the policy vulnerabilities', () => {
  it.each<Row>([
    ['no scan', {}, 'warning', 'No scan in artifact'],
    [
      'none new',
      {
        release: { artifact: vulnerable([3, 0], [2, 0]) },
        runs: vulnerable([3, 0], [2, 0]),
      },
      'pass',
      'No new high vulnerability',
    ],
    [
      'new in the code',
      {
        release: { artifact: vulnerable([4, 0], [2, 0]) },
        runs: vulnerable([3, 0], [2, 0]),
      },
      'warning',
      '1 new high',
      /1 high in the code/,
    ],
    [
      'as many in all, and new in the image',
      {
        release: { artifact: vulnerable([0, 0], [3, 0]) },
        runs: vulnerable([2, 0], [1, 0]),
      },
      'warning',
      '2 new high',
      /2 high in the image/,
    ],
    [
      'fewer in all',
      {
        release: { artifact: vulnerable([1, 0], [1, 0]) },
        runs: vulnerable([2, 0], [2, 0]),
      },
      'pass',
      'No new high vulnerability',
    ],
    [
      'nothing runs',
      { release: { artifact: vulnerable([1, 0]) } },
      'warning',
      '1 new high',
      /isn't known what runs/,
    ],
    [
      'what runs has no scan',
      { release: { artifact: vulnerable([1, 0]) }, runs: artifact() },
      'warning',
      '1 new high',
    ],
    [
      'a scan was lost',
      {
        release: { artifact: vulnerable([1, 0]) },
        runs: vulnerable([1, 0], [0, 0]),
      },
      'warning',
      'No scan of the image in artifact',
    ],
    [
      'new medium, not looked at',
      { release: { artifact: vulnerable([0, 5]) }, runs: vulnerable([0, 0]) },
      'pass',
      'No new high vulnerability',
    ],
    [
      'new medium, looked at',
      {
        release: { artifact: vulnerable([0, 5]) },
        runs: vulnerable([0, 0]),
        rules: { mediumVulnerabilities: { value: 'warn' } },
      },
      'warning',
      '5 new medium',
    ],
    [
      'medium that blocks, beside high that warns',
      {
        release: { artifact: vulnerable([1, 2]) },
        runs: vulnerable([0, 0]),
        rules: {
          mediumVulnerabilities: { value: 'block', ...at(8, 'medium: block') },
        },
      },
      'block',
      '2 new medium',
      /1 high in the code, 2 medium in the code \(medium: block in ground-control.yaml, line 8\)/,
    ],
    [
      'not looked at',
      {
        release: { artifact: vulnerable([1, 2]) },
        rules: { highVulnerabilities: { value: 'off' } },
      },
      'pass',
      'Vulnerabilities not looked at',
    ],
    [
      'a rollback',
      { release: { ...rollback, artifact: vulnerable([9, 9]) } },
      'pass',
      'No scans for a rollback',
    ],
  ])('%s', (...row) => {
    const said = saidOf('vulnerabilities', row);
    expect(said).toEqual(expectedOf('vulnerabilities', row));
    expect(said.reason).not.toContain('undefined');
  });
});

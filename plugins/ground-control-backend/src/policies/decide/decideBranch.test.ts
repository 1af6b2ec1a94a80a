import {
  artifact,
  expectedOf,
  Row,
  saidOf,
  rollback,
  takes,
} from './__testUtils__/policyRows';
import { measureCpuMs } from '../../__testUtils__/measureCpuMs';
import { matchesBranch } from './decideBranch';

describe('the policy branch', () => {
  it.each<Row>([
    ['no rule', {}, 'pass', 'Any branch'],
    [
      'a match',
      takes('^master$'),
      'pass',
      'Branch allowed',
      /master may be released to prod/,
    ],
    ['found anywhere', takes('aste'), 'pass', 'Branch allowed'],
    [
      'no match',
      takes('^release/'),
      'block',
      'Branch not allowed',
      /branch master, and prod takes only branches that match \^release\/ in policies\/ledger-api.json, line 6/,
    ],
    [
      'no branch',
      {
        ...takes('^master$'),
        release: { artifact: artifact({ branch: undefined }) },
      },
      'block',
      'Branch unknown',
    ],
    [
      'no RE2',
      takes('(?=master)'),
      'block',
      'Branch pattern can’t be read',
      /policies\/ledger-api.json/,
    ],
    [
      'a broken pattern',
      takes('master('),
      'block',
      'Branch pattern can’t be read',
    ],
    [
      'a long pattern',
      takes('a'.repeat(2_000)),
      'block',
      'Branch pattern can’t be read',
    ],
    [
      'a hostile pattern',
      takes('(((a{1000}){1000}){1000})$'),
      'block',
      'Branch pattern can’t be read',
    ],
    [
      'a rollback too',
      { ...takes('^release/'), release: rollback },
      'block',
      'Branch not allowed',
    ],
    [
      'a broken file',
      {
        branch: { path: 'policies/ledger-api.json', fault: 'It is not JSON.' },
      },
      'block',
      'Branch restrictions can’t be read',
      /^policies\/ledger-api.json: It is not JSON\./,
    ],
  ])('%s', (...row) => {
    const said = saidOf('branch', row);
    expect(said).toEqual(expectedOf('branch', row));
    expect(said.reason).not.toContain('undefined');
  });
});

describe('matchesBranch', () => {
  it.each([
    ['^master$', 'master', true],
    ['^master$', 'master-2', false],
    ['feature', 'a-feature/x', true],
    ['^(master|release/.*)$', 'release/1.2', true],
    ['(?i)^MASTER$', 'master', true],
    ['^mast\\C', 'master', undefined],
    ['(a)\\1', 'aa', undefined],
    ['', 'anything', true],
  ])('%j in %j: %s', (pattern, branch, found) => {
    expect(matchesBranch(pattern, branch)).toBe(found);
  });

  it('takes no longer for what takes JavaScript forever', () => {
    const took = measureCpuMs(() => {
      expect(matchesBranch('^(a+)+$', `${'a'.repeat(900)}!`)).toBe(false);
      expect(matchesBranch('(x+x+)+y', 'x'.repeat(1_000))).toBe(false);
    });
    expect(took).toBeLessThan(5_000);
  });
});

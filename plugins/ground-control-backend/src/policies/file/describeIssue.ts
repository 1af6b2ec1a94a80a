import { ZodIssue } from 'zod';

/** What belongs where; never what stands there, which may be a secret. */
const EXPECTED: Record<string, string> = {
  approvals: 'a whole number from 0 to 3',
  onlyWhenWarning: 'true or false',
  rollbackNeedsApproval: 'true or false',
  soak: 'a length of time such as 30m, 2h or 1d, at most 30d',
  tests: 'warn, block or off',
  vulnerabilities: 'high and medium, each with warn, block or off',
  high: 'warn, block or off',
  medium: 'warn, block or off',
  links: 'warn, block or off',
  freeze:
    'a list of at most 100 windows, each with from, to and zone, and days where it comes every week',
  days: 'a list of days such as [fri, sat]',
  from: 'a time such as 2026-12-23T16:00, or with days one such as 16:00',
  to: 'a later time such as 2027-01-02T08:00, or with days one such as 08:00 or mon 08:00',
  zone: 'a time zone such as Europe/Copenhagen',
  reason: 'a text',
  environments: 'the names of environments, each with its rules',
};
const KEYS = {
  level: 'environments and freeze',
  environment:
    'approvals, onlyWhenWarning, rollbackNeedsApproval, soak, tests, vulnerabilities, links and freeze',
  vulnerabilities: 'high and medium',
  freeze: 'from, to, zone, reason and days',
};

function keysAt(path: ReadonlyArray<string | number>): string {
  if (path.at(-1) === 'vulnerabilities') return KEYS.vulnerabilities;
  if (path.includes('freeze')) return KEYS.freeze;
  return path.length === 0 ? KEYS.level : KEYS.environment;
}

/** Says what is wrong at a place of a level, and what to do, without quoting it. */
export function describeIssue(issue: ZodIssue): {
  path: Array<string | number>;
  message: string;
} {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return {
      path: [...path, issue.keys[0]],
      message: `there is a key that is not known here; known are ${keysAt(
        path,
      )}`,
    };
  }
  const key = path.findLast(
    (part): part is string =>
      typeof part === 'string' && Object.hasOwn(EXPECTED, part),
  );
  const isEnvironment = path.length === 2 && path[0] === 'environments';
  if (key === undefined || isEnvironment) {
    return { path, message: 'the value must be keys with their values' };
  }
  return { path, message: `the value of ${key} must be ${EXPECTED[key]}` };
}

import { Artifact } from '@ground-control/backstage-plugin-ground-control-common';
import { EnvironmentRules, FreezeWindow } from '../rules';
import { defaultRules } from '../rules/defaultRules';
import { ReleaseToJudge } from '../types';
import { BUILT_IN_POLICIES } from './builtInPolicies';
import { matchesBranch } from './decideBranch';
import { fitTitle, formatSpan } from './formatSpan';
import { PolicyFacts, Saying } from './types';

const NOW = Date.parse('2026-03-02T12:00:00Z');
const MINUTE = 60_000;
const ago = (minutes: number) => NOW - minutes * MINUTE;
const at = (line: number, text?: string) => ({
  rule: { file: 'ground-control.yaml', line, ...(text && { text }) },
});

const artifact = (more: Partial<Artifact> = {}): Artifact => ({
  id: 'master-1',
  service: 'ledger-api',
  namespace: 'payments',
  branch: 'master',
  images: [],
  ...more,
});
const vulnerable = (code?: [number, number], image?: [number, number]) =>
  artifact({
    vulnerabilities: {
      ...(code && { code: { high: code[0], medium: code[1], low: 0 } }),
      ...(image && { image: { high: image[0], medium: image[1], low: 0 } }),
    },
  });

type Given = Partial<Omit<PolicyFacts, 'release' | 'rules'>> & {
  release?: Partial<ReleaseToJudge>;
  rules?: Partial<EnvironmentRules>;
  runs?: Artifact;
};

function factsOf({ release, rules, runs, ...given }: Given): PolicyFacts {
  return {
    now: NOW,
    release: {
      service: { namespace: 'payments', name: 'ledger-api' },
      environment: 'prod',
      intent: 'promote',
      artifact: artifact(),
      squadRef: 'group:default/squad-ledger',
      ...(runs && { current: { artifact: runs, position: 1, releasedAt: 0 } }),
      ...release,
    },
    rules: { ...defaultRules('prod', ['dev', 'staging', 'prod']), ...rules },
    branch: { restrictions: [] },
    soak: { before: 'staging', stays: [], clusters: [] },
    ...given,
  };
}

function ask(id: string, given: Given): Saying | undefined {
  return BUILT_IN_POLICIES.find(one => one.id === id)?.decide(factsOf(given));
}

type Row = [
  what: string,
  given: Given,
  level: Saying['level'],
  title: string,
  reason?: RegExp,
];

const soaked = (minutes: number, asked = 30): Given => ({
  rules: { soakMs: { value: asked * MINUTE, ...at(7, `soak: ${asked}m`) } },
  soak: { before: 'staging', stays: [{ from: ago(minutes) }], clusters: [] },
});
const inClusters = (
  minutes: number,
  ...clusters: PolicyFacts['soak']['clusters']
): Given => {
  const given = soaked(minutes);
  return { ...given, soak: { ...given.soak!, clusters } };
};
const takes = (pattern: string): Given => ({
  branch: {
    restrictions: [
      {
        value: pattern,
        rule: { file: 'policies/ledger-api.json', line: 6, text: pattern },
      },
    ],
  },
});
const freeze = (from: string, to: string): FreezeWindow => ({
  kind: 'once',
  from,
  to,
  zone: 'Europe/Copenhagen',
  reason: 'Year end',
});
const frozen = (...windows: FreezeWindow[]): Given => ({
  rules: { freezes: windows.map(value => ({ value, ...at(9, 'freeze: x') })) },
});
const rollback = { intent: 'rollback' as const };
const results = (passed: number, failed: number) =>
  artifact({ tests: { passed, failed, skipped: 2 } });

const TABLES: Record<string, Row[]> = {
  branch: [
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
  ],
  soak: [
    ['none asked', {}, 'pass', 'No soak asked'],
    [
      'the first environment',
      { ...soaked(1), soak: { stays: [], clusters: [] } },
      'pass',
      'No soak asked',
      /first environment/,
    ],
    [
      'never there',
      { ...soaked(1), soak: { before: 'staging', stays: [], clusters: [] } },
      'warning',
      'Never ran in staging',
      /soak: 30m in ground-control.yaml, line 7/,
    ],
    [
      'long enough',
      soaked(192),
      'pass',
      'Soaked 3 h 12 min',
      /no cluster of staging is watched/,
    ],
    ['just enough', soaked(30), 'pass', 'Soaked 30 min'],
    ['too short', soaked(29), 'block', 'Soaked 29 min'],
    ['of the future, by another clock', soaked(-5), 'block', 'Soaked 0 s'],
    [
      'replaced there',
      {
        ...soaked(1),
        soak: {
          before: 'staging',
          stays: [{ from: ago(200), to: ago(60) }],
          clusters: [],
        },
      },
      'warning',
      'No longer in staging',
      /2 h 20 min until 1 h ago/,
    ],
    [
      'well everywhere, since the last',
      inClusters(
        300,
        { cluster: 'a', state: 'reconciled', since: ago(200) },
        { cluster: 'b', state: 'reconciled', since: ago(60) },
      ),
      'pass',
      'Soaked 1 h',
      /every cluster/,
    ],
    [
      'well for too short',
      inClusters(
        300,
        { cluster: 'a', state: 'reconciled', since: ago(200) },
        { cluster: 'b', state: 'reconciled', since: ago(10) },
      ),
      'block',
      'Soaked 10 min',
    ],
    [
      'well before its release, which counts',
      inClusters(10, { cluster: 'a', state: 'reconciled', since: ago(200) }),
      'block',
      'Soaked 10 min',
    ],
    [
      'failed',
      inClusters(
        300,
        { cluster: 'a', state: 'stale' },
        { cluster: 'b', state: 'failed', since: ago(200) },
      ),
      'block',
      'Not well in staging',
      /failed in b/,
    ],
    [
      'drifted',
      inClusters(300, { cluster: 'a', state: 'drifted', since: ago(200) }),
      'block',
      'Not well in staging',
    ],
    [
      'on its way',
      inClusters(300, { cluster: 'a', state: 'rolling-out', since: ago(200) }),
      'block',
      'Not running in staging yet',
    ],
    [
      'not arrived',
      inClusters(300, { cluster: 'a', state: 'pending' }),
      'block',
      'Not running in staging yet',
    ],
    [
      'not heard of',
      inClusters(
        300,
        { cluster: 'a', state: 'reconciled', since: ago(200) },
        { cluster: 'b', state: 'stale' },
      ),
      'warning',
      'Soak in staging unknown',
      /in b can't be told/,
    ],
    [
      'a rollback',
      { ...soaked(1), release: rollback },
      'pass',
      'No soak for a rollback',
    ],
  ],
  tests: [
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
  ],
  vulnerabilities: [
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
  ],
  freeze: [
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
  ],
  owner: [
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
  ],
  'policy-file': [
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
  ],
};

describe.each(Object.entries(TABLES))('the policy %s', (id, rows) => {
  it.each(rows)('%s', (_, given, level, title, reason = /./) => {
    const said = ask(id, given)!;
    expect(said).toMatchObject({ level, title });
    expect(said.reason).toMatch(reason);
    expect(said.title.length).toBeLessThanOrEqual(40);
    expect(said.momentary).toBe(id === 'freeze' || id === 'soak');
    // Whoever can't release is told what would help, and who may go over it.
    expect(said.remedy !== undefined).toBe(level !== 'pass');
    expect(said.overridable).toBe(level === 'block');
    expect(said.reason).not.toContain('undefined');
  });
});

describe('built-in policies', () => {
  it('are in the order in which they are shown, and each has its table', () => {
    expect(BUILT_IN_POLICIES.map(({ id }) => id)).toEqual([
      'policy-file',
      'branch',
      'soak',
      'tests',
      'vulnerabilities',
      'freeze',
      'owner',
    ]);
    expect(Object.keys(TABLES).sort()).toEqual(
      BUILT_IN_POLICIES.map(({ id }) => id).sort(),
    );
    expect(ask('policy-file', {})).toBeUndefined();
  });

  it('keep titles short, whatever the environments are called', () => {
    const long = 'e'.repeat(63);
    for (const rows of Object.values(TABLES)) {
      for (const [, given] of rows) {
        const facts = factsOf(given);
        const renamed = {
          ...facts,
          release: { ...facts.release, environment: long },
          soak: { ...facts.soak, ...(facts.soak.before && { before: long }) },
        };
        for (const { decide } of BUILT_IN_POLICIES) {
          expect(decide(renamed)?.title.length ?? 0).toBeLessThanOrEqual(40);
        }
      }
    }
    expect(fitTitle('x'.repeat(41))).toHaveLength(40);
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
    const started = Date.now();
    expect(matchesBranch('^(a+)+$', `${'a'.repeat(900)}!`)).toBe(false);
    expect(matchesBranch('(x+x+)+y', 'x'.repeat(1_000))).toBe(false);
    expect(Date.now() - started).toBeLessThan(1_000);
  });
});

describe('formatSpan', () => {
  it.each([
    [45_000, '45 s'],
    [30 * MINUTE, '30 min'],
    [192 * MINUTE, '3 h 12 min'],
    [120 * MINUTE, '2 h'],
    [52 * 60 * MINUTE, '2 d 4 h'],
    [-1, '0 s'],
  ])('writes %d as %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });
});

import fc from 'fast-check';
import { mergeRules } from '../rules';
import { findLevels, namesService, namesSquad } from './findLevels';
import { findPolicyFileFault } from './findPolicyFileFault';
import { parseDuration } from './parseDuration';
import { readPolicyFile } from './readPolicyFile';

const ENVIRONMENTS = ['dev', 'staging', 'prod'];
const NONE = { environments: new Map(), freezes: [] };
const SECRET = 'hunter2-canary';

const read = (text: string) => readPolicyFile(Buffer.from(text), ENVIRONMENTS);
const ledger = {
  service: { namespace: 'payments', name: 'ledger-api' },
  squadRef: 'group:default/squad-ledger',
};
const rulesOf = (text: string, of = ledger, environment = 'prod') => {
  const { fault, ...levels } = findLevels(read(text), of);
  return {
    fault,
    rules: mergeRules({
      environment,
      environments: ENVIRONMENTS,
      floor: NONE,
      ...levels,
    }),
  };
};

const GOOD = `# Rules of releases.
defaults:
  environments:
    prod:
      approvals: 1
      soak: 30m
      tests: block
      vulnerabilities:
        high: block
        medium: warn
  freeze:
    - { from: 2026-12-23T16:00, to: 2027-01-02, zone: Europe/Copenhagen, reason: "Christmas" }
squads:
  group:default/squad-ledger:
    environments:
      prod:
        onlyWhenWarning: true
        freeze:
          - days: [fri]
            from: '16:00'
            to: mon 08:00
            zone: Europe/Copenhagen
services:
  payments/ledger-api:
    environments:
      prod: { approvals: 2, soak: 2h, links: block }
`;

describe('readPolicyFile', () => {
  it('reads every rule with its line', () => {
    const { rules, fault } = rulesOf(GOOD);
    expect(fault).toBeUndefined();
    const file = 'ground-control.yaml';
    expect(rules).toMatchObject({
      approvals: { value: 2, rule: { file, line: 26, text: 'approvals: 2' } },
      onlyWhenWarning: { value: true, rule: { line: 17, keptBy: 'squad' } },
      soakMs: { value: 7_200_000, rule: { line: 26, keptBy: 'squad' } },
      tests: { value: 'block', rule: { line: 7, text: 'tests: block' } },
      highVulnerabilities: {
        value: 'block',
        rule: { line: 9, keptBy: 'platform' },
      },
      mediumVulnerabilities: { value: 'warn', rule: { line: 10 } },
      links: { value: 'block', rule: { file, line: 26, text: 'links: block' } },
    });
    expect(rules.freezes.map(({ rule }) => rule?.line)).toEqual([12, 19]);
    expect(rules.freezes.map(({ value }) => value)).toMatchObject([
      { kind: 'once', from: '2026-12-23T16:00', to: '2027-01-02T00:00' },
      { kind: 'weekly', days: [5], to: { day: 1, hour: 8 } },
    ]);
    const other = {
      service: { namespace: '', name: 'fx-api' },
      squadRef: 'group:default/squad-fx',
    };
    expect(rulesOf(GOOD, other).rules.approvals.value).toBe(1);
  });

  it.each([
    '',
    '\n# nothing\n',
    '---\n',
    'defaults:\nsquads:\nservices:\n',
    'squads:\n  a:\n',
  ])('takes %j for no rules', text => {
    expect(rulesOf(text).fault).toBeUndefined();
    expect(findPolicyFileFault(Buffer.from(text))).toBeUndefined();
  });

  const inProd = (line: string) =>
    `defaults:\n  environments:\n    prod:\n      ${line}\n`;
  it.each([
    [inProd(`approvals: ${SECRET}`), 4, /whole number from 0 to 3/],
    [inProd('approvals: 4'), 4, /0 to 3/],
    [inProd('approvals: -1'), 4, /0 to 3/],
    [inProd('approvals: 1.5'), 4, /0 to 3/],
    [inProd('soak: 30 minutes'), 4, /30m/],
    [inProd('soak: 31d'), 4, /at most 30d/],
    [inProd('tests: maybe'), 4, /warn, block or off/],
    [inProd(`links: ${SECRET}`), 4, /links must be warn, block or off/],
    [inProd('links: { gcp: block }'), 4, /links must be warn, block or off/],
    [inProd('vulnerabilities: { low: warn }'), 4, /known are high and medium/],
    [inProd('vulnerabilities: block'), 4, /high and medium/],
    [inProd(`${SECRET}: 1`), 4, /not known here; known are approvals/],
    [
      inProd(
        'freeze: [{ days: [fri], from: "16:00", to: "08:00", zone: Mars/Olympus }]',
      ),
      4,
      /time zone/,
    ],
    [
      inProd('freeze: [{ days: [], from: "16:00", to: "08:00", zone: UTC }]'),
      4,
      /list of days/,
    ],
    [
      inProd('freeze: [{ from: 2026-12-24, to: 2026-12-23, zone: UTC }]'),
      4,
      /later time/,
    ],
    [inProd('freeze: [{ from: 2026-12-24, to: 2026-12-25 }]'), 4, /time zone/],
    [inProd('freeze: always'), 4, /list of at most/],
    [
      'defaults:\n  environments:\n    prd: { approvals: 1 }\n',
      3,
      /no such environment; there are dev, staging, prod/,
    ],
    ['defaults:\n  environment: {}\n', 2, /known are environments and freeze/],
    ['defaults: 5\n', 1, /keys with their values/],
    [`\n${SECRET}: {}\n`, 2, /known are defaults, squads and services/],
    ['- a\n', 1, /keys with their values/],
    ['defaults:\n  environments:\n\t prod: {}\n', 3, /not YAML/],
    ['defaults: {\n', 2, /not YAML/],
    ['defaults: {}\n---\ndefaults: {}\n', 2, /not YAML/],
    ['a: &x 1\ndefaults: *x\n', 1, /anchor or alias/],
    ['defaults: {}\nsquads: {}\ndefaults: {}\n', 3, /given twice/],
    [inProd(`approvals: "${SECRET}`), 5, /not YAML/],
    ['defaults: !!js/function "x"\n', 1, /tag|not YAML|keys/],
  ])(
    'says of %j what is wrong, where, and quotes nothing',
    (text, line, message) => {
      const { fault } = rulesOf(text);
      expect(fault?.line).toBe(line);
      expect(fault?.message).toMatch(message);
      expect(fault?.message).not.toContain(SECRET);
    },
  );

  it('keeps a fault to the part that it lies in', () => {
    const text = GOOD.replace('approvals: 2', 'approvals: 9');
    expect(rulesOf(text).fault?.line).toBe(26);
    expect(rulesOf(text).rules.approvals.value).toBe(1);
    const other = { ...ledger, service: { namespace: '', name: 'fx-api' } };
    expect(rulesOf(text, other).fault).toBeUndefined();
    expect(findPolicyFileFault(Buffer.from(text))?.fault).toMatch(/line 26/);
  });

  it('is safe against what is made to hurt it', () => {
    const started = Date.now();
    const bomb = `a: &a [${'x,'.repeat(9)}x]\n${[...'bcdefghi']
      .map(
        (name, i) =>
          `${name}: &${name} [${`*${'abcdefgh'[i]},`.repeat(9)}*${
            'abcdefgh'[i]
          }]\n`,
      )
      .join('')}`;
    const harmless = ['%YAML 9.9\n---\ndefaults: {}\n'];
    const hostile = [
      ...harmless,
      bomb,
      '['.repeat(100_000),
      `${'{a: '.repeat(30_000)}`,
      `defaults: ${'['.repeat(2_000)}${']'.repeat(2_000)}`,
      Array.from({ length: 30_000 }, (_, i) => `k${i}: 1`).join('\n'),
      'x'.repeat(300_000),
      '? [complex, key]\n: 1\n',
      '__proto__: { approvals: 0 }\n',
      'defaults: { environments: { __proto__: { approvals: 0 } } }\n',
      '\u0000\u0000',
    ];
    const found = hostile.map(text => rulesOf(text));
    expect(found.map(({ rules }) => rules.approvals.value)).toEqual(
      hostile.map(() => 1),
    );
    expect(found.filter(({ fault }) => !fault)).toHaveLength(harmless.length);
    expect(({} as { approvals?: number }).approvals).toBeUndefined();
    expect(Date.now() - started).toBeLessThan(30_000);
  });

  it('never throws, and never quotes', () => {
    const piece = fc.constantFrom(
      ...'defaults:|squads:|services:|environments:|prod:|approvals:|soak:|links:|freeze:|days:|\n|  |    |- |[|]|{|}|1|30m|fri|&a|*a|"|#'.split(
        '|',
      ),
      SECRET,
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 60 }).map(parts => parts.join('')),
          fc.string({ unit: 'binary' }),
        ),
        text => {
          const { fault } = rulesOf(text);
          expect(fault?.message ?? '').not.toContain(SECRET);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('names in the file', () => {
  it.each([
    ['squad-ledger', true],
    ['Squad-Ledger', true],
    ['group:squad-ledger', true],
    ['default/squad-ledger', true],
    ['group:default/squad-ledger', true],
    ['group:bank/squad-ledger', false],
    ['user:default/squad-ledger', false],
    ['ledger', false],
    ['', false],
  ])('%j is the squad: %s', (name, is) => {
    expect(namesSquad(name, 'group:default/squad-ledger')).toBe(is);
  });

  it.each([
    ['ledger-api', true],
    ['payments/ledger-api', true],
    ['cards/ledger-api', false],
    ['payments/ledger', false],
    ['a/payments/ledger-api', false],
  ])('%j is the service: %s', (name, is) => {
    expect(namesService(name, ledger.service)).toBe(is);
  });
});

describe('parseDuration', () => {
  it.each([
    ['30m', 1_800_000],
    ['1d12h', 129_600_000],
    ['90s', 90_000],
    ['0m', 0],
    ['', undefined],
    ['30', undefined],
    ['m', undefined],
    ['1h-30m', undefined],
    ['99999999999m', undefined],
  ])('reads %j as %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});

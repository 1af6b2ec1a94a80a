import fc from 'fast-check';
import { parseDuration } from '../file/parseDuration';
import { readPolicyFile } from '../file';
import { EnvironmentRules } from '../rules';
import { defaultRules } from '../rules/defaultRules';
import { decideEditing, EditingFacts } from './decideEditing';
import { decideEffects, formatEffect } from './decideEffects';
import { formatDuration } from './formatDuration';
import { targetOfSection } from './PolicyTarget';
import { readSection } from './readSection';
import { resolveSection } from './resolveSection';

const DEE = 'user:default/dee';
const PAT = 'user:default/pat';
const LEDGER = 'group:default/ledger';

describe('decideEditing', () => {
  const facts: EditingFacts = {
    canWrite: true,
    person: DEE,
    permitted: true,
    isDefaults: false,
    platformEngineers: [PAT],
    squads: [{ squadRef: LEDGER, leads: [DEE] }],
    ownerDiffers: false,
  };
  const fx = { squadRef: 'group:default/fx', leads: ['user:default/flo'] };
  it.each<[string, Partial<EditingFacts>, string | undefined]>([
    ['a lead', {}, undefined],
    ['a platform engineer', { person: PAT }, undefined],
    ['nobody in person', { person: undefined }, 'not-a-person'],
    ['whoever lacks the permission', { permitted: false }, 'permission'],
    [
      'a platform engineer without it',
      { person: PAT, permitted: false },
      'permission',
    ],
    ['somebody else', { person: 'user:default/eve' }, 'not-a-lead'],
    [
      'the lead of one of two squads',
      { squads: [...facts.squads, fx] },
      'not-a-lead',
    ],
    [
      'a lead, of the defaults',
      { isDefaults: true, squads: [] },
      'not-platform',
    ],
    [
      'a platform engineer, of the defaults',
      { isDefaults: true, person: PAT },
      undefined,
    ],
    [
      'a lead where the owner is in doubt',
      { ownerDiffers: true },
      'not-platform',
    ],
    [
      'a platform engineer there',
      { ownerDiffers: true, person: PAT },
      undefined,
    ],
    [
      'anybody where no squad owns it',
      { squads: [{ leads: [] }] },
      'not-platform',
    ],
    ['a lead where there is nothing', { squads: [] }, 'not-platform'],
    ['a lead, of a broken file', { fault: 'It is broken.' }, 'file'],
    ['a lead where nothing is written', { canWrite: false }, 'not-configured'],
  ])('answers %s', (_, more, code) => {
    const permit = decideEditing({ ...facts, ...more });
    expect(permit.allowed ? undefined : permit.code).toBe(code);
  });
});

describe('decideEffects', () => {
  const environments = ['dev', 'prod'];
  const rules = defaultRules('prod', environments);
  const effects = (
    before: Partial<EnvironmentRules>,
    after: Partial<EnvironmentRules>,
  ) =>
    decideEffects(
      { environment: 'prod', rules: { ...rules, ...before } },
      { environment: 'prod', rules: { ...rules, ...after } },
    ).map(effect =>
      [formatEffect(effect), effect.approvalsRemoved && 'red']
        .filter(Boolean)
        .join(' '),
    );
  const always = { onlyWhenWarning: { value: false } };
  const warned = { onlyWhenWarning: { value: true } };
  const freeze = {
    kind: 'once' as const,
    from: '2026-12-23T16:00',
    to: '2027-01-02T08:00',
    zone: 'Europe/Oslo',
  };

  it.each<
    [string, Partial<EnvironmentRules>, Partial<EnvironmentRules>, string[]]
  >([
    ['nothing', {}, {}, []],
    [
      'fewer approvals',
      { approvals: { value: 2 } },
      { approvals: { value: 1 } },
      ['prod: approvals 2 → 1 (laxer) red'],
    ],
    [
      'more approvals',
      {},
      { approvals: { value: 3 } },
      ['prod: approvals 1 → 3 (stricter)'],
    ],
    [
      'asking only when something warns',
      always,
      warned,
      ['prod: onlyWhenWarning false → true (laxer) red'],
    ],
    [
      'the same where nobody is asked',
      { ...always, approvals: { value: 0 } },
      { ...warned, approvals: { value: 0 } },
      ['prod: onlyWhenWarning false → true (laxer)'],
    ],
    [
      'a longer soak',
      {},
      { soakMs: { value: 5_400_000 } },
      ['prod: soak 0m → 1h30m (stricter)'],
    ],
    [
      'tests that count no more',
      {},
      { tests: { value: 'off' } },
      ['prod: tests warn → off (laxer)'],
    ],
    [
      'links that count',
      {},
      { links: { value: 'block' } },
      ['prod: links off → block (stricter)'],
    ],
    [
      'a freeze',
      {},
      { freezes: [{ value: freeze }] },
      [
        'prod: freeze none → 2026-12-23T16:00 to 2027-01-02T08:00 Europe/Oslo (stricter)',
      ],
    ],
    [
      'a freeze that goes',
      { freezes: [{ value: freeze }] },
      {},
      [
        'prod: freeze 2026-12-23T16:00 to 2027-01-02T08:00 Europe/Oslo → none (laxer)',
      ],
    ],
  ])('tells of %s', (_, before, after, said) => {
    expect(effects(before, after)).toEqual(said);
  });

  it.each<[string | undefined, string | undefined, string]>([
    [undefined, '^master$', 'stricter'],
    ['^master$', undefined, 'laxer'],
    ['^master$', '.*', 'other'],
  ])('tells of the pattern %s that becomes %s', (before, after, direction) => {
    const state = { environment: 'prod', rules };
    expect(
      decideEffects(
        { ...state, branchRestriction: before },
        { ...state, branchRestriction: after },
      ),
    ).toMatchObject([{ rule: 'branch-restriction', direction }]);
  });
});

describe('resolveSection', () => {
  const squads = ['group:a/ledger', 'group:b/ledger', 'group:a/fx'];
  const services = [
    { namespace: 'x', name: 'api' },
    { namespace: 'y', name: 'api' },
  ];
  const nameIn = (yaml: string, squad: string) => {
    const { section } = resolveSection(
      readPolicyFile(Buffer.from(yaml)),
      { level: 'squad', squad },
      { squads, services: [] },
    );
    return 'name' in section ? section.name : undefined;
  };

  it.each([
    ['a name that means it alone', '', 'group:a/fx', 'fx'],
    [
      'the whole ref where the name means others',
      '',
      'group:a/ledger',
      'group:a/ledger',
    ],
    ['its own part', 'squads: { a/ledger: {} }', 'group:a/ledger', 'a/ledger'],
    [
      'its own part beside others’',
      'squads: { ledger: {}, b/ledger: {} }',
      'group:b/ledger',
      'b/ledger',
    ],
    [
      'a new part where one is shared',
      'squads: { ledger: {} }',
      'group:b/ledger',
      'group:b/ledger',
    ],
    [
      'a part by another spelling',
      'squads: { Group:FX: {} }',
      'group:a/fx',
      'Group:FX',
    ],
  ])('finds for a squad %s', (_, yaml, squad, name) => {
    expect(nameIn(yaml, squad)).toBe(name);
  });

  it('says whom the part of a service is about', () => {
    const targetOf = (
      yaml: string,
      service: { namespace: string; name: string },
      known: typeof services,
    ) => {
      const subject = { level: 'service' as const, service };
      const { section } = resolveSection(
        readPolicyFile(Buffer.from(yaml)),
        subject,
        { squads: [], services: known },
      );
      return targetOfSection(section, subject);
    };
    const [first] = services;
    const shared = 'services: { api: {} }';
    expect(targetOf(shared, first, [first])).toEqual({
      of: 'name',
      name: 'api',
    });
    expect(targetOf(shared, first, services)).toEqual({
      of: 'service',
      service: first,
    });
    // It has no other name than one that means all of them.
    const bare = { namespace: '', name: 'api' };
    expect(targetOf('', bare, [...services, bare])).toEqual({
      of: 'name',
      name: 'api',
    });
  });
});

describe('readSection', () => {
  const yaml = Buffer.from(
    'defaults:\n  environments:\n    prod: { approvals: 1 }\n\nsquads:\n  fx: {}\n  ledger:\n    freeze: []\n# End\n',
  );
  it.each([
    [['defaults'], 1, 'defaults:\n  environments:\n    prod: { approvals: 1 }'],
    [['squads', 'fx'], 6, '  fx: {}'],
    [['squads', 'ledger'], 7, '  ledger:\n    freeze: []'],
    [['services', 'x'], undefined, ''],
  ])('reads %j with its lines', (path, line, text) => {
    const found = readSection(yaml, path);
    expect([found.line, found.text]).toEqual([line, text]);
  });
});

it('formatDuration writes what parseDuration reads', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 * 86_400 }), seconds => {
      const ms = seconds * 1_000;
      expect(parseDuration(formatDuration(ms))).toBe(ms);
    }),
  );
});

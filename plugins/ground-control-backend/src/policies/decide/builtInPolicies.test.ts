import { ask, at, factsOf, Given, rollback } from './__testUtils__/policyRows';
import { BUILT_IN_POLICIES, judgeBuiltIn } from './builtInPolicies';

describe('built-in policies', () => {
  it('are in the order in which they are shown', () => {
    expect(BUILT_IN_POLICIES.map(({ id }) => id)).toEqual([
      'policy-file',
      'branch',
      'soak',
      'tests',
      'vulnerabilities',
      'links',
      'freeze',
      'owner',
    ]);
    // Of a file that can be read there is nothing to say.
    expect(ask('policy-file', {})).toBeUndefined();
  });

  const ruleOf = (id: string, given: Given) =>
    judgeBuiltIn(
      BUILT_IN_POLICIES.find(policy => policy.id === id)!,
      factsOf(given),
    )?.rule;

  it.each([
    ['branch', {}, 'any branch', 'squad'],
    ['soak', {}, 'soak: 0m', 'platform'],
    ['tests', {}, 'tests: warn', 'platform'],
    ['vulnerabilities', {}, 'vulnerabilities: { high: warn }', 'platform'],
    ['freeze', {}, 'no freeze', 'platform'],
    ['owner', {}, 'catalog and artifact name the same squad', undefined],
    ['tests', { release: rollback }, 'rollbacks are exempt', undefined],
    ['freeze', { release: rollback }, 'rollbacks are exempt', undefined],
    ['branch', { release: rollback }, 'any branch', 'squad'],
  ])('name the rule of %s that nobody wrote: %j', (id, given, text, keptBy) => {
    expect(ruleOf(id, given)).toEqual({
      file: 'built in',
      text,
      ...(keptBy && { keptBy }),
    });
  });

  it('name of a rule that nobody wrote no part that somebody did', () => {
    const written = at(4, 'vulnerabilities: { medium: block }');
    const rules = {
      mediumVulnerabilities: { value: 'block' as const, ...written },
    };
    expect(ruleOf('vulnerabilities', { rules })).toMatchObject({
      file: 'built in',
      text: 'vulnerabilities: { high: warn }',
    });
  });

  it('keep the rule that somebody wrote', () => {
    const written = at(3, 'tests: block');
    const rules = { tests: { value: 'block' as const, ...written } };
    expect(ruleOf('tests', { rules })).toEqual(written.rule);
  });
});

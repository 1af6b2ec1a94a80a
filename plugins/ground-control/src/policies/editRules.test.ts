import fc from 'fast-check';
import {
  POLICY_RULES,
  PolicyLevelRules,
} from '@ground-control/backstage-plugin-ground-control-common';
import { RULE_VALUES } from './describeRule';
import { changeFreezes, changeRule, readFreezes, readRule } from './editRules';

const FREEZE = { from: '2026-12-23', to: '2027-01-02', zone: 'Europe/Oslo' };
const environments = fc.constantFrom('dev', 'staging', 'prod');
const changes = fc.array(
  fc
    .constantFrom(...POLICY_RULES)
    .chain(rule =>
      fc.tuple(
        environments,
        fc.constant(rule),
        fc.constantFrom('', ...(RULE_VALUES[rule] ?? ['30m', '2h'])),
      ),
    ),
);

describe('editRules', () => {
  it('reads back what a field said last, and leaves others alone', () => {
    fc.assert(
      fc.property(changes, list => {
        const said = new Map<string, string>();
        let rules: PolicyLevelRules = {};
        for (const [environment, rule, text] of list) {
          rules = changeRule(rules, environment, rule, text);
          said.set(`${environment} ${rule}`, text);
        }
        for (const environment of ['dev', 'staging', 'prod']) {
          for (const rule of POLICY_RULES) {
            expect(readRule(rules, environment, rule)).toBe(
              said.get(`${environment} ${rule}`) ?? '',
            );
          }
        }
      }),
    );
  });

  it('leaves nothing behind of what isn’t said any more', () => {
    let rules = changeRule({}, 'prod', 'highVulnerabilities', 'block');
    expect(rules).toEqual({
      environments: { prod: { vulnerabilities: { high: 'block' } } },
    });
    rules = changeRule(rules, 'prod', 'highVulnerabilities', '');
    expect(rules).toEqual({});
    rules = changeFreezes(changeFreezes({}, [FREEZE], 'prod'), [FREEZE]);
    expect(readFreezes(rules, 'prod')).toEqual([FREEZE]);
    expect(readFreezes(rules)).toEqual([FREEZE]);
    expect(changeFreezes(changeFreezes(rules, [], 'prod'), [])).toEqual({});
  });
});

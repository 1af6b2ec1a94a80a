import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { parse } from 'yaml';
import { findLevels, findPolicyFileFault, readPolicyFile } from './file';
import { readPoliciesConfig } from './readPoliciesConfig';
import { mergeRules } from './rules';

const ENVIRONMENTS = ['dev', 'staging', 'prod'];
const page = readFileSync(
  join(__dirname, '../../../../docs/policies.md'),
  'utf8',
);
const [example, floor, restrictions] = [
  ...page.matchAll(/```yaml\n([\s\S]*?)```/g),
].map(([, text]) => text);
const settingsOf = (text: string) =>
  readPoliciesConfig(
    new ConfigReader(parse(text).groundControl.policies),
    ENVIRONMENTS,
  );

function rules(config?: string) {
  const none = { environments: new Map(), freezes: [] };
  const { defaults, others } = findLevels(
    readPolicyFile(Buffer.from(example), ENVIRONMENTS),
    {
      service: { namespace: 'payments', name: 'ledger-api' },
      squadRef: 'group:default/squad-ledger',
    },
  );
  const merged = mergeRules({
    environment: 'prod',
    environments: ENVIRONMENTS,
    floor: config ? settingsOf(config).floor : none,
    defaults,
    others,
  });
  return {
    approvals: merged.approvals.value,
    onlyWhenWarning: merged.onlyWhenWarning.value,
    soakMs: merged.soakMs.value,
    tests: merged.tests.value,
    high: merged.highVulnerabilities.value,
    medium: merged.mediumVulnerabilities.value,
    freezes: merged.freezes.map(({ value }) => value.reason),
  };
}

describe('docs/policies.md', () => {
  it('says what its example comes to', () => {
    expect(findPolicyFileFault(Buffer.from(example))).toBeUndefined();
    const expected = {
      approvals: 2,
      onlyWhenWarning: true,
      soakMs: 7_200_000,
      tests: 'warn',
      high: 'block',
      medium: 'warn',
      freezes: ['Year end', 'Weekend'],
    };
    expect(rules()).toEqual(expected);
    expect(rules(floor)).toEqual({
      ...expected,
      onlyWhenWarning: false,
      tests: 'block',
    });
    expect(settingsOf(restrictions).branchRestrictions).toHaveLength(1);
  });
});

import { RuleSource } from '@ground-control/backstage-plugin-ground-control-common';
import { EnvironmentRules } from '../rules';
import { decideBranch } from './decideBranch';
import { decideFile } from './decideFile';
import { decideFreeze } from './decideFreeze';
import { decideLinks } from './decideLinks';
import { decideOwner } from './decideOwner';
import { decideSoak } from './decideSoak';
import { decideTests } from './decideTests';
import { decideVulnerabilities } from './decideVulnerabilities';
import { Decide, PolicyFacts, Saying } from './types';

/** A policy that is built in, and the rule that holds where nobody wrote one. */
interface BuiltInPolicy {
  id: string;
  decide: Decide;
  /** In the words that a file would use, where there are such. */
  unwritten?: (rules: EnvironmentRules) => string;
  /** Who may change that rule. */
  keptBy?: RuleSource['keptBy'];
  /** What was released here before needs nothing of it. */
  exemptsRollbacks?: boolean;
}

/**
 * The built-in policies, in the order in which they are shown. The first
 * speaks only where policies can't be read, and `links` where a rule asks, or
 * the service may call somebody over a link.
 */
export const BUILT_IN_POLICIES: readonly BuiltInPolicy[] = [
  { id: 'policy-file', decide: decideFile },
  {
    id: 'branch',
    decide: decideBranch,
    unwritten: () => 'any branch',
    keptBy: 'squad',
  },
  {
    id: 'soak',
    decide: decideSoak,
    unwritten: ({ soakMs }) => `soak: ${soakMs.value / 60_000}m`,
    keptBy: 'platform',
    exemptsRollbacks: true,
  },
  {
    id: 'tests',
    decide: decideTests,
    unwritten: ({ tests }) => `tests: ${tests.value}`,
    keptBy: 'platform',
    exemptsRollbacks: true,
  },
  {
    id: 'vulnerabilities',
    decide: decideVulnerabilities,
    unwritten: ({ highVulnerabilities }) =>
      `vulnerabilities: { high: ${highVulnerabilities.value} }`,
    keptBy: 'platform',
    exemptsRollbacks: true,
  },
  {
    id: 'links',
    decide: decideLinks,
    unwritten: ({ links }) => `links: ${links.value}`,
    keptBy: 'platform',
    exemptsRollbacks: true,
  },
  {
    id: 'freeze',
    decide: decideFreeze,
    unwritten: () => 'no freeze',
    keptBy: 'platform',
    exemptsRollbacks: true,
  },
  {
    id: 'owner',
    decide: decideOwner,
    unwritten: () => 'catalog and artifact name the same squad',
  },
];

/** What a built-in policy says, always with the rule that it goes by. */
export function judgeBuiltIn(
  policy: BuiltInPolicy,
  facts: PolicyFacts,
): Saying | undefined {
  const { decide, exemptsRollbacks, keptBy, unwritten } = policy;
  const said = decide(facts);
  if (!said || said.rule || !unwritten) return said;
  const file = 'built in';
  const rule =
    exemptsRollbacks && facts.release.intent === 'rollback'
      ? { file, text: 'rollbacks are exempt' }
      : { file, text: unwritten(facts.rules), ...(keptBy && { keptBy }) };
  return { ...said, rule };
}

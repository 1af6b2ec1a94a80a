import {
  findBranchNameFault,
  Layout,
  ServicePolicies,
} from '@ground-control/backstage-plugin-ground-control-node';
import { matchesBranch } from '../decide/decideBranch';
import { describeRule, Ruled } from '../rules';
import { ChangedFile, PolicyChange } from './types';

type ServiceChange = Exclude<PolicyChange, { kind: 'rules' }>;
type GlobalRestriction = Ruled<string> & { environment: string };

const refused = (message: string) => ({ kind: 'refused', message } as const);

function without<T extends { environment: string }>(
  list: T[],
  environment: string,
): T[] {
  return list.filter(one => one.environment !== environment);
}

/**
 * An auto-release of a branch that may not be released there would fail each
 * time, so neither of the two is taken while the other stands.
 */
function findConflict(
  policies: ServicePolicies,
  environment: string,
  global: readonly GlobalRestriction[],
): string | undefined {
  const isHere = (one: { environment: string }) =>
    one.environment === environment;
  const everywhere = global.filter(isHere);
  const restrictions =
    everywhere.length > 0
      ? everywhere.map(({ value, rule }) => ({
          pattern: value,
          where: describeRule(rule),
        }))
      : policies.branchRestrictions.filter(isHere).map(({ branchRegex }) => ({
          pattern: branchRegex,
          where: `${branchRegex} of this service`,
        }));
  for (const { branch } of policies.autoReleases.filter(isHere)) {
    const against = restrictions.find(
      ({ pattern }) => matchesBranch(pattern, branch) !== true,
    );
    if (against) {
      return `${environment} takes only branches that match ${against.where}, and the auto-release there is of ${branch}, which doesn't. Change one of them first.`;
    }
  }
  return undefined;
}

function findFault(
  change: ServiceChange,
  global: readonly GlobalRestriction[],
): string | undefined {
  if (change.kind === 'auto-release') {
    const fault = change.branch !== null && findBranchNameFault(change.branch);
    return fault ? `The branch ${fault}.` : undefined;
  }
  const { branchRegex, environment } = change;
  if (branchRegex === null) return undefined;
  if (matchesBranch(branchRegex, '') === undefined) {
    return 'The pattern is not RE2, or longer than 1,000 characters. Look-around and back-references are none of RE2.';
  }
  return global.some(one => one.environment === environment)
    ? `Which branches are released to ${environment} is said in app-config for all services, and what a service says doesn't count. Have it changed there.`
    : undefined;
}

function applyChange(
  policies: ServicePolicies,
  change: ServiceChange,
): ServicePolicies {
  const { environment } = change;
  if (change.kind === 'auto-release') {
    const rest = without(policies.autoReleases, environment);
    const { branch } = change;
    return {
      ...policies,
      autoReleases: branch === null ? rest : [...rest, { branch, environment }],
    };
  }
  const rest = without(policies.branchRestrictions, environment);
  const { branchRegex } = change;
  return {
    ...policies,
    branchRestrictions:
      branchRegex === null ? rest : [...rest, { branchRegex, environment }],
  };
}

/** Changes a service's own file of policies, as release-manager would. */
export function changeServicePolicies(
  change: ServiceChange,
  options: {
    layout: Layout;
    /** Undefined where there is no such file. */
    content: Buffer | undefined;
    global: readonly GlobalRestriction[];
  },
): ChangedFile {
  const { layout, content, global } = options;
  const { service, environment } = change;
  const path = layout.formatPolicyPath(service);
  const before = layout.readPolicies(content ?? Buffer.alloc(0), service);
  if ('fault' in before) {
    return refused(`${path}: ${before.fault} It has to be mended by hand.`);
  }
  const fault = findFault(change, global);
  if (fault) return refused(fault);
  const after = applyChange(before, change);
  const isRemoval =
    change.kind === 'auto-release'
      ? change.branch === null
      : change.branchRegex === null;
  const conflict = isRemoval
    ? undefined
    : findConflict(after, environment, global);
  if (conflict) return refused(conflict);
  if (isSame(before, after)) return { kind: 'unchanged' };
  const isEmpty =
    after.autoReleases.length + after.branchRestrictions.length === 0;
  return {
    kind: 'changed',
    path,
    mode: '100755',
    content: isEmpty ? null : layout.formatPolicies(service, after),
    title: isRemoval
      ? `[${service}] policy update: delete policies`
      : `[${service}] policy update: apply ${change.kind} in '${environment}'`,
  };
}

/** Whether nothing but the order differs. */
function isSame(before: ServicePolicies, after: ServicePolicies): boolean {
  const sorted = ({ autoReleases, branchRestrictions }: ServicePolicies) =>
    [...autoReleases, ...branchRestrictions]
      .map(one => JSON.stringify(one))
      .sort()
      .join('\n');
  return sorted(before) === sorted(after);
}

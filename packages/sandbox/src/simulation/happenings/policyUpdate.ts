import { formatPolicies } from '../../format/formatPolicies.ts';
import { policyPath } from '../../format/paths.ts';
import { RELEASE_MANAGER } from '../context.ts';
import type { Change, Commit } from '../types.ts';
import type { Happening } from './types.ts';

function policyCommit(at: number, message: string, changes: Change[]): Commit {
  return {
    author: RELEASE_MANAGER,
    committer: RELEASE_MANAGER,
    at,
    zone: '+0000',
    message: `${message}\n`,
    changes,
  };
}

/** A squad changes its policies with release-manager. */
export const policyUpdate: Happening = {
  name: 'policy update',
  weight: 3,
  happen({ random, state, moving }, at) {
    const service = random.pick(moving);
    const { policies } = state.services[service.name];
    const [first] = service.environments;
    const last = service.environments[service.environments.length - 1];
    const path = policyPath(service.name);
    const title = `[${service.name}] policy update:`;
    const write = (): Change[] => [
      {
        kind: 'file',
        path,
        content: formatPolicies(policies),
        executable: true,
      },
    ];
    if (!policies.autoReleases.some(p => p.environment === first)) {
      policies.autoReleases.push({ branch: 'master', environment: first });
      return policyCommit(
        at,
        `${title} apply auto-release in '${first}'`,
        write(),
      );
    }
    if (!policies.branchRestrictions.some(p => p.environment === last)) {
      policies.branchRestrictions.push({
        branchRegex: '^master$',
        environment: last,
      });
      return policyCommit(
        at,
        `${title} apply branch-restriction in '${last}'`,
        write(),
      );
    }
    policies.autoReleases = [];
    policies.branchRestrictions = [];
    return policyCommit(at, `${title} delete policies`, [
      { kind: 'delete', path },
    ]);
  },
};

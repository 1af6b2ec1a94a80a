import { goJson } from './goJson.ts';

/** What a service's policy file says; environments appear once a list. */
export interface Policies {
  service: string;
  autoReleases: { branch: string; environment: string }[];
  branchRestrictions: { branchRegex: string; environment: string }[];
}

function orOmitList<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** The text of policies/<service>.json as release-manager writes it. */
export function formatPolicies(policies: Policies): string {
  return goJson({
    service: policies.service,
    autoReleases: orOmitList(
      policies.autoReleases.map(({ branch, environment }) => ({
        id: `auto-release-${branch}-${environment}`,
        branch,
        environment,
      })),
    ),
    branchRestrictions: orOmitList(
      policies.branchRestrictions.map(({ branchRegex, environment }) => ({
        id: `branch-restriction-${environment}`,
        branchRegex,
        environment,
      })),
    ),
  });
}

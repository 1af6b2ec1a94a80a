import { StatedRules } from './types';

/**
 * What holds where neither the floor nor the file's defaults say anything: one
 * lead decides on production, and whoever decides is told of what is wrong
 * with the artifact.
 *
 * @param environments - in the order of promotion
 */
export function defaultRules(
  environment: string,
  environments: readonly string[],
): Required<StatedRules> {
  // By any other name, the last step is what customers see.
  const isGuarded =
    environment === 'prod' || environment === environments.at(-1);
  return {
    approvals: { value: isGuarded ? 1 : 0 },
    onlyWhenWarning: { value: false },
    rollbackNeedsApproval: { value: false },
    soakMs: { value: 0 },
    tests: { value: 'warn' },
    highVulnerabilities: { value: 'warn' },
    mediumVulnerabilities: { value: 'off' },
    links: { value: 'off' },
    freezes: [],
  };
}

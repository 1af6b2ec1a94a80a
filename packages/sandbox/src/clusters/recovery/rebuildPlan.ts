/** Moments of a recovery, in milliseconds since the cluster's end. */
export interface RebuildPlan {
  apiReachable: number;
  controllers: number;
  flux: number;
  links: number;
  /** Over how long the services begin, once Flux follows the repository. */
  over: number;
}

/** The last rollouts take this long, whatever the plan. */
const LAST_ROLLOUT_MS = 6000;

/** Divides the whole time of a recovery as a real one is divided. */
export function rebuildPlan(whole: number): RebuildPlan {
  const flux = whole * 0.5;
  return {
    apiReachable: whole * 0.3,
    controllers: whole * 0.4,
    flux,
    links: whole * 0.6,
    over: Math.max(0, Math.min(whole * 0.9, whole - LAST_ROLLOUT_MS) - flux),
  };
}

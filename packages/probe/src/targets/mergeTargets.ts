import type { Target } from '../types.ts';

/** The targets that are probed, and what was left out. */
export interface MergedTargets {
  targets: Target[];
  /** Names of targets of Links that another target has already. */
  doubled: string[];
}

/**
 * One target a name: configuration and file before Links, so that a link can
 * be probed in another way than its Link says.
 */
export function mergeTargets(
  configured: readonly Target[],
  ofLinks: readonly Target[],
): MergedTargets {
  const byName = new Map(configured.map(target => [target.name, target]));
  const doubled: string[] = [];
  for (const target of ofLinks) {
    if (byName.has(target.name)) doubled.push(target.name);
    else byName.set(target.name, target);
  }
  return { targets: [...byName.values()], doubled };
}

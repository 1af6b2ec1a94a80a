import type { World } from '../world/types.ts';

/** One line about a world's size. */
export function describeWorld(world: World): string {
  const { counts, options, tip } = world;
  const byEnvironment = options.environments
    .map(name => `${name} ${counts.releasesByEnvironment[name] ?? 0}`)
    .join(', ');
  return (
    `${options.squads} squads, ${options.services} services, ` +
    `${counts.releases} releases (${byEnvironment}; ${counts.rollbacks} rollbacks), ` +
    `${counts.builds} artifacts, ${counts.commits} commits, tip ${tip.slice(
      0,
      10,
    )}`
  );
}

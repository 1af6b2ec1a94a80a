/** What a world is made from. The same options give the same commits. */
export interface WorldOptions {
  seed: number;
  squads: number;
  services: number;
  clusters: number;
  /** In the order of promotion, the most guarded last. */
  environments: string[];
  /** Days of full history; before them each service's first release stands. */
  days: number;
  /** About how many releases in all. */
  releases: number;
  /** Where history ends, in seconds since 1970. */
  end: number;
  /** False leaves the artifact store empty. */
  artifacts: boolean;
}

export const DEFAULTS = {
  seed: 1,
  squads: 24,
  services: 450,
  clusters: 7,
  environments: ['dev', 'staging', 'prod'],
  days: 90,
  artifacts: true,
};

const HOUR = 3600;
const NAME = /^[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?$/;

function wholeNumber(name: string, value: number, low: number): void {
  if (!Number.isInteger(value) || value < low) {
    throw new Error(`${name} must be a whole number, ${low} or more`);
  }
}

/** Fills in what isn't given and refuses what can't be. */
export function completeOptions(
  given: Partial<WorldOptions>,
  now: number,
): WorldOptions {
  const days = given.days ?? DEFAULTS.days;
  const services = given.services ?? DEFAULTS.services;
  // Named one by one: what else a caller carries must not be saved.
  const options: WorldOptions = {
    seed: given.seed ?? DEFAULTS.seed,
    squads: given.squads ?? DEFAULTS.squads,
    services,
    clusters: given.clusters ?? DEFAULTS.clusters,
    environments: given.environments ?? DEFAULTS.environments,
    days,
    // A hundred a day for the reference company, less for a smaller one.
    releases: given.releases ?? Math.round((days * 100 * services) / 450),
    end: given.end ?? Math.floor(now / HOUR) * HOUR,
    artifacts: given.artifacts ?? DEFAULTS.artifacts,
  };
  wholeNumber('seed', options.seed, 0);
  wholeNumber('squads', options.squads, 1);
  wholeNumber('services', options.services, 1);
  wholeNumber('clusters', options.clusters, 0);
  wholeNumber('days', options.days, 1);
  wholeNumber('releases', options.releases, 0);
  wholeNumber('end', options.end, 0);
  if (
    options.environments.length === 0 ||
    new Set(options.environments).size !== options.environments.length ||
    !options.environments.every(name => NAME.test(name)) ||
    options.environments.some(name =>
      ['clusters', 'policies', 'docs', 'infrastructure'].includes(name),
    )
  ) {
    throw new Error(
      'environments must be different names of small letters, digits and dashes, such as dev,staging,prod',
    );
  }
  return options;
}

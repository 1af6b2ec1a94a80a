import type { Company, Person, Service } from '../company/types.ts';
import type { Identity } from '../format/types.ts';
import { Random } from '../lib/random.ts';
import type { Build, ServiceState, SimulationState } from './types.ts';

/** release-manager's default identity: author and committer of its commits. */
export const RELEASE_MANAGER: Identity = {
  name: 'HamAstrochimp',
  email: 'operations@lunar.app',
};

/** What is worked out once for a company, and what every decision needs. */
export interface Context {
  company: Company;
  state: SimulationState;
  random: Random;
  /** The services that are built and released, dormant ones left out. */
  moving: Service[];
  /** Cumulative weights of `moving`. */
  weights: number[];
  byName: Map<string, Service>;
}

export function createContext(
  company: Company,
  state: SimulationState,
): Context {
  const moving = company.services.filter(
    service => service.inRepository && !service.dormant,
  );
  const weights: number[] = [];
  moving.forEach((service, index) =>
    weights.push((weights[index - 1] ?? 0) + service.weight),
  );
  return {
    company,
    state,
    random: new Random(state.random),
    moving,
    weights,
    byName: new Map(company.services.map(service => [service.name, service])),
  };
}

export function identityOf(person: Person): Identity {
  return { name: person.title, email: person.email };
}

export function findBuild(
  service: ServiceState,
  id: string | undefined,
): Build | undefined {
  return service.builds.find(build => build.id === id);
}

/** Seconds between two builds of a service, nights and weekends included. */
export function cadenceOf(context: Context, service: Service): number {
  const { weights, state } = context;
  const share = service.weight / weights[weights.length - 1];
  // A week of 168 hours holds about 38 busy ones.
  return (3600 * (168 / 38)) / (state.buildsPerHour * share);
}

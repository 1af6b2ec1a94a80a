import { Random } from '../lib/random.ts';
import { buildClusters } from './buildClusters.ts';
import { PeopleMaker } from './buildPeople.ts';
import { buildServices } from './buildServices.ts';
import type { Company, CompanyOptions, Squad } from './types.ts';
import { SQUADS } from './words.ts';

function squadWords(index: number): { key: string; domain: string } {
  const words = SQUADS[index % SQUADS.length];
  const round = Math.floor(index / SQUADS.length);
  return {
    key: round === 0 ? words.key : `${words.key}-${round + 1}`,
    domain: words.domain,
  };
}

function titleOf(key: string): string {
  return `Squad ${key[0].toUpperCase()}${key.slice(1)}`;
}

/**
 * Everything about the company that doesn't move: people, squads, services and
 * clusters. The same options always give the same company.
 */
export function buildCompany(options: CompanyOptions): Company {
  const random = Random.fromSeed(`company/${options.seed}`);
  const people = new PeopleMaker(options.seed);
  // These four are on the sign-in page, whatever the seed.
  const ana = people.take('Ana Ruiz', 'squad-ledger');
  const dee = people.take('Dee Park', 'squad-ledger');
  const pat = people.take('Pat Moss');
  const visitor = people.take('Vic Lane');

  const squads = [...Array(options.squads).keys()].map((index): Squad => {
    const { key, domain } = squadWords(index);
    const name = `squad-${key}`;
    const members = index === 0 ? [dee, ana] : [];
    const size = random.integer(6, 9);
    while (members.length < size) {
      members.push(people.next(name));
    }
    const leads = [members[0]];
    if (random.chance(0.35)) {
      leads.push(members[2]);
    }
    return { name, title: titleOf(key), domain, leads, members };
  });

  const platformEngineers = [pat];
  while (platformEngineers.length < 6) {
    platformEngineers.push(people.next());
  }
  return {
    seed: options.seed,
    environments: options.environments,
    squads,
    platformEngineers,
    visitor,
    services: buildServices(options, squads),
    clusters: buildClusters(options.clusters, options.environments),
  };
}

import { hashNumber } from '../lib/hash.ts';
import { Random } from '../lib/random.ts';
import type { CompanyOptions, Service, Squad, WorkloadKind } from './types.ts';
import { FIRST_SERVICES, SQUADS, SUFFIXES } from './words.ts';

const LANGUAGES = ['go', 'go', 'go', 'go', 'typescript', 'kotlin'];

/** Names without end for a squad: first the known ones, then noun by suffix. */
function* serviceNames(key: string): Generator<string> {
  yield* FIRST_SERVICES[key] ?? [];
  const nouns = SQUADS.find(squad => squad.key === key)?.nouns ?? [key];
  for (let round = 1; ; round++) {
    for (const suffix of SUFFIXES) {
      for (const noun of nouns) {
        yield round === 1 ? `${noun}-${suffix}` : `${noun}-${suffix}-${round}`;
      }
    }
  }
}

function workloadOf(roll: number): WorkloadKind {
  if (roll < 0.03) {
    return 'StatefulSet';
  }
  return roll < 0.04 ? 'DaemonSet' : 'Deployment';
}

function environmentsOf(all: string[], roll: number): string[] {
  const last = all[all.length - 1];
  if (all.length < 3) {
    return all;
  }
  // Some services skip the middle, some the first, and a few are not in the
  // last one yet.
  if (roll < 0.27) {
    return [all[0], last];
  }
  if (roll < 0.32) {
    return all.slice(1);
  }
  return roll < 0.35 ? all.slice(0, -1) : all;
}

/** The services of all squads, spread unevenly, some far busier than others. */
export function buildServices(
  options: CompanyOptions,
  squads: Squad[],
): Service[] {
  const random = Random.fromSeed(`services/${options.seed}`);
  const names = squads.map(squad => serviceNames(squad.name.slice(6)));
  const taken = new Set<string>();
  const shares: number[] = [];
  squads.forEach((_, index) => {
    const share = index === 0 ? 1.1 : 0.6 + random.next() * 0.8;
    shares.push((shares[index - 1] ?? 0) + share);
  });
  const ranks = random.shuffle([...Array(options.services).keys()]);
  const last = options.environments[options.environments.length - 1];

  return ranks.map((rank, index): Service => {
    // The first squad has its three known services in the smallest world too.
    const squadIndex =
      index < squads.length + 2
        ? Math.max(0, index - 2)
        : random.pickIndex(shares);
    const squad = squads[squadIndex];
    let name: string;
    do {
      name = names[squadIndex].next().value;
    } while (taken.has(name));
    taken.add(name);
    const roll = (what: string) => hashNumber(options.seed, name, what);

    const known = index < 3;
    const oddity = known ? 1 : roll('oddity');
    const dormant = oddity < 0.012;
    const catalogOnly = oddity >= 0.012 && oddity < 0.024;
    const repositoryOnly = oddity >= 0.024 && oddity < 0.036;
    const movedSquad = oddity >= 0.036 && oddity < 0.05 && squads.length > 1;
    const environments = known
      ? options.environments
      : environmentsOf(options.environments, roll('environments'));
    const [first] = environments;
    const isGuarded = environments.includes(last) && last !== first;
    const workload = known ? 'Deployment' : workloadOf(roll('workload'));
    const language = LANGUAGES[Math.floor(roll('language') * LANGUAGES.length)];
    const hasPolicies = known || roll('policies') < 0.86;

    return {
      name,
      namespace: !known && roll('namespace') < 0.2 ? '' : squad.domain,
      domain: squad.domain,
      squad,
      artifactSquad: movedSquad
        ? squads[(squadIndex + 1) % squads.length].name
        : squad.name,
      environments,
      workload,
      language,
      port: 8080 + Math.floor(roll('port') * 4) * 10,
      hasSecret: known || roll('secret') < 0.7,
      hasIngress: roll('ingress') < 0.22,
      hasAutoscaler: workload === 'Deployment' && roll('autoscaler') < 0.55,
      weight: 1 / Math.pow((known ? index * 7 : rank) + 6, 0.9),
      autoReleases: hasPolicies
        ? [first, ...(roll('eager') < 0.08 && isGuarded ? [last] : [])]
        : [],
      branchRestrictions:
        environments.includes(last) && roll('restriction') < 0.5
          ? [{ branchRegex: '^master$', environment: last }]
          : [],
      inCatalog: !repositoryOnly,
      inRepository: !catalogOnly,
      dormant,
    };
  });
}

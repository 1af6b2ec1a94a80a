import {
  PolicyPlace,
  PolicySubject,
} from '@ground-control/backstage-plugin-ground-control-common';
import { namesService, namesSquad, PolicyFile } from '../file';
import { mergeRules, RuleLevel, StatedRules } from '../rules';
import { PoliciesSettings } from '../readPoliciesConfig';

/** A level that holds for a subject, and where it is written. */
export interface PlacedLevel {
  place: PolicyPlace;
  level: RuleLevel;
}

const EMPTY: RuleLevel = { environments: new Map(), freezes: [] };

/** Finds the levels that hold for a subject, as far as they can be read. */
export function findSubjectLevels(
  file: PolicyFile,
  options: {
    subject: PolicySubject;
    /** Of a service: its squad's Group. */
    squadRef?: string;
    settings: Pick<PoliciesSettings, 'floor'>;
  },
): PlacedLevel[] {
  const { subject, settings } = options;
  const squadRef = subject.level === 'squad' ? subject.squad : options.squadRef;
  const found: PlacedLevel[] = [
    { place: 'floor', level: settings.floor },
    { place: 'defaults', level: file.defaults.level ?? EMPTY },
  ];
  if (subject.level === 'defaults') return found;
  for (const { name, level } of file.squads) {
    if (level && squadRef !== undefined && namesSquad(name, squadRef)) {
      found.push({ place: 'squad', level });
    }
  }
  if (subject.level === 'squad') return found;
  for (const { name, level } of file.services) {
    if (level && namesService(name, subject.service)) {
      found.push({ place: 'service', level });
    }
  }
  return found;
}

/** What a level says of an environment, with its freezes for all of them. */
export function statedAt(level: RuleLevel, environment: string): StatedRules {
  const stated = level.environments.get(environment);
  return {
    ...stated,
    freezes: [...level.freezes, ...(stated?.freezes ?? [])],
  };
}

/** The rules that hold in an environment, of some levels. */
export function mergeLevels(
  levels: readonly PlacedLevel[],
  environment: string,
  environments: readonly string[],
) {
  const of = (place: PolicyPlace) =>
    levels.find(one => one.place === place)?.level ?? EMPTY;
  return mergeRules({
    environment,
    environments,
    floor: of('floor'),
    defaults: of('defaults'),
    others: levels.flatMap(({ place, level }) =>
      place === 'squad' || place === 'service' ? [level] : [],
    ),
  });
}

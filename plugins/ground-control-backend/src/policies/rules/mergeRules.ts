import { defaultRules } from './defaultRules';
import {
  CheckMode,
  EnvironmentRules,
  Ruled,
  RuleLevel,
  StatedRules,
} from './types';

const MODES: readonly CheckMode[] = ['off', 'warn', 'block'];

const byNumber = (a: number, b: number) => a - b;
const byMode = (a: CheckMode, b: CheckMode) =>
  MODES.indexOf(a) - MODES.indexOf(b);
const trueIsStricter = (a: boolean, b: boolean) => Number(a) - Number(b);
const falseIsStricter = (a: boolean, b: boolean) => Number(b) - Number(a);

/** The first of the strictest, so that the level above is named as its source. */
function strictest<T>(
  stated: Array<Ruled<T> | undefined>,
  compare: (a: T, b: T) => number,
): Ruled<T> | undefined {
  return stated.reduce<Ruled<T> | undefined>(
    (best, one) =>
      one && (!best || compare(one.value, best.value) > 0) ? one : best,
    undefined,
  );
}

function at(level: RuleLevel, environment: string): StatedRules {
  const stated = level.environments.get(environment);
  return {
    ...stated,
    freezes: [...level.freezes, ...(stated?.freezes ?? [])],
  };
}

/**
 * A floor that asks for approvals asks for them always, unless it says
 * otherwise itself: else a squad could lower it by `onlyWhenWarning`.
 */
function closeFloor(floor: StatedRules): StatedRules {
  return floor.onlyWhenWarning || !floor.approvals?.value
    ? floor
    : {
        ...floor,
        onlyWhenWarning: { value: false, rule: floor.approvals.rule },
      };
}

/**
 * The rules that hold for a service in an environment. Each rule by itself:
 * of all levels that state it the strictest counts; and where neither the
 * floor nor the file's defaults state it, our own default is one of them.
 * Freezes of all levels count.
 *
 * So squads and services can only be stricter than the defaults, but for
 * `onlyWhenWarning`, which they may choose where nobody above refuses it.
 */
export function mergeRules(options: {
  environment: string;
  /** In the order of promotion. */
  environments: readonly string[];
  floor: RuleLevel;
  defaults: RuleLevel;
  /** Of the squad and the service, in any order. */
  others: readonly RuleLevel[];
}): EnvironmentRules {
  const { environment, environments } = options;
  const floor = closeFloor(at(options.floor, environment));
  const defaults = at(options.defaults, environment);
  const levels = [
    floor,
    defaults,
    ...options.others.map(level => at(level, environment)),
  ];
  const ours = defaultRules(environment, environments);
  const all = <Key extends Exclude<keyof StatedRules, 'freezes'>>(key: Key) => {
    const stated = levels.map(level => level[key]);
    return floor[key] || defaults[key] ? stated : [ours[key], ...stated];
  };
  return {
    approvals: strictest(all('approvals'), byNumber) ?? ours.approvals,
    onlyWhenWarning:
      strictest(
        levels.map(level => level.onlyWhenWarning),
        falseIsStricter,
      ) ?? ours.onlyWhenWarning,
    rollbackNeedsApproval:
      strictest(all('rollbackNeedsApproval'), trueIsStricter) ??
      ours.rollbackNeedsApproval,
    soakMs: strictest(all('soakMs'), byNumber) ?? ours.soakMs,
    tests: strictest(all('tests'), byMode) ?? ours.tests,
    highVulnerabilities:
      strictest(all('highVulnerabilities'), byMode) ?? ours.highVulnerabilities,
    mediumVulnerabilities:
      strictest(all('mediumVulnerabilities'), byMode) ??
      ours.mediumVulnerabilities,
    links: strictest(all('links'), byMode) ?? ours.links,
    freezes: levels.flatMap(level => level.freezes),
  };
}

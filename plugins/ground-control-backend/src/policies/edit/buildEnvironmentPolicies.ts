import {
  EnvironmentPolicies,
  RuleSource,
  StatedPolicy,
} from '@ground-control/backstage-plugin-ground-control-common';
import { formatTime } from '../../releases/formatTime';
import { formatRequestId } from '../../requests/reading/requestId';
import { formatFreeze } from '../freeze';
import { Pause } from '../gather/readPauses';
import { ReadServicePolicies } from '../gather/readServicePolicies';
import { PoliciesSettings } from '../readPoliciesConfig';
import { mergeLevels, PlacedLevel, statedAt } from './findSubjectLevels';
import { rankRules } from './rankRules';

/** Rules that aren't written anywhere have no source; these all are. */
const sourceOf = (rule: RuleSource | undefined): RuleSource =>
  rule ?? { file: 'app-config', keptBy: 'platform' };

/** What holds in an environment, and who says what. */
export function buildEnvironmentPolicies(
  environment: string,
  options: {
    environments: readonly string[];
    levels: readonly PlacedLevel[];
    settings: Pick<PoliciesSettings, 'branchRestrictions'>;
    /** Of a service. */
    ofService?: ReadServicePolicies;
    pauses: readonly Pause[];
  },
): EnvironmentPolicies {
  const { environments, levels, pauses, settings, ofService } = options;
  const stated = levels.map(({ place, level }) => ({
    place,
    ranked: rankRules(statedAt(level, environment)),
    freezes: statedAt(level, environment).freezes,
  }));
  const isHere = (one: { environment: string }) =>
    one.environment === environment;
  const global = settings.branchRestrictions.filter(isHere);
  const own = ofService?.restrictions?.filter(isHere) ?? [];
  const auto =
    ofService?.fault === undefined
      ? ofService?.autoReleases.find(isHere)
      : undefined;
  const pause = pauses.find(isHere);
  const merged = mergeLevels(levels, environment, environments);
  return {
    environment,
    rules: [...rankRules(merged).values()].map(({ rule, text, ruled }) => ({
      rule,
      value: text,
      ...(ruled.rule && { source: ruled.rule }),
      stated: stated.flatMap(({ place, ranked }): StatedPolicy[] => {
        const one = ranked.get(rule);
        return one
          ? [{ place, value: one.text, source: sourceOf(one.ruled.rule) }]
          : [];
      }),
    })),
    freezes: stated.flatMap(({ place, freezes }) =>
      freezes.map(({ value, rule }) => ({
        place,
        value: formatFreeze(value),
        source: sourceOf(rule),
        ...(value.reason !== undefined && { reason: value.reason }),
      })),
    ),
    branchRestrictions: (global.length > 0 ? global : own).map(
      ({ value, rule }) => ({ branchRegex: value, source: sourceOf(rule) }),
    ),
    ...(auto &&
      ofService && {
        autoRelease: {
          branch: auto.branch,
          source: { file: ofService.path, keptBy: 'squad' },
        },
      }),
    ...(pause && {
      autoReleasePause: {
        until: formatTime(pause.until),
        requestId: formatRequestId(pause.number),
        ...(pause.fault !== null && { fault: pause.fault }),
      },
    }),
  };
}

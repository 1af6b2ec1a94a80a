import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { RuleSource } from '@ground-control/backstage-plugin-ground-control-common';
import { z } from 'zod';
import { matchesBranch } from './decide/decideBranch';
import { buildRuleLevel, describeIssue, levelSchema } from './file';
import { Ruled, RuleLevel } from './rules';

/** What app-config says of policies. */
export interface PoliciesSettings {
  /** What the repository can't lower. */
  floor: RuleLevel;
  /** They take the place of services' own for their environments. */
  branchRestrictions: Array<Ruled<string> & { environment: string }>;
}

const WHERE = 'groundControl.policies';
const SOURCE: RuleSource = { file: 'app-config', keptBy: 'platform' };

const restrictionsSchema = z.array(
  z.object({ environment: z.string(), branchRegex: z.string() }).strict(),
);

function requireEnvironment(
  name: string,
  where: string,
  environments: readonly string[],
) {
  if (!environments.includes(name)) {
    throw new InputError(
      `${where} names an environment that groundControl.environments doesn't have; it has ${environments.join(
        ', ',
      )}`,
    );
  }
}

function readFloor(value: unknown, environments: readonly string[]): RuleLevel {
  const parsed = levelSchema.safeParse(value ?? {});
  if (!parsed.success) {
    const { path, message } = describeIssue(parsed.error.issues[0]);
    const where = [WHERE, 'floor', ...path].join('.');
    throw new InputError(`At ${where}, ${message}`);
  }
  for (const name of Object.keys(parsed.data.environments ?? {})) {
    requireEnvironment(name, `${WHERE}.floor.environments`, environments);
  }
  return buildRuleLevel(parsed.data, () => SOURCE);
}

/** Reads `groundControl.policies`. Errors say what to change. */
export function readPoliciesConfig(
  config: Config | undefined,
  environments: readonly string[],
): PoliciesSettings {
  const floor = readFloor(config?.getOptional('floor'), environments);
  const where = `${WHERE}.branchRestrictions`;
  const restrictions = restrictionsSchema.safeParse(
    config?.getOptional('branchRestrictions') ?? [],
  );
  if (!restrictions.success) {
    throw new InputError(
      `${where} must be a list, each with environment and branchRegex`,
    );
  }
  return {
    floor,
    branchRestrictions: restrictions.data.map(
      ({ environment, branchRegex }) => {
        requireEnvironment(environment, where, environments);
        if (matchesBranch(branchRegex, '') === undefined) {
          throw new InputError(
            `${where} of ${environment} has a branchRegex that is not RE2, or longer than 1,000 characters`,
          );
        }
        return {
          environment,
          value: branchRegex,
          rule: { ...SOURCE, text: branchRegex },
        };
      },
    ),
  };
}

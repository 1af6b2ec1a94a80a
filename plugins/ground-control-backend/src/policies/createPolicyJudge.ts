import { InputError } from '@backstage/errors';
import {
  ServiceRef,
  Verdict,
  worstLevel,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  Layout,
  ReleasePolicy,
} from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { RepositoryFiles } from '../gitops/MirrorFiles';
import { BUILT_IN_POLICIES, judgeBuiltIn } from './decide/builtInPolicies';
import { decideRequirement } from './decide/decideRequirement';
import { BranchFacts, PolicyFacts } from './decide/types';
import { findLevels } from './file';
import { GatheredPolicies, PolicyFiles } from './gather/PolicyFiles';
import { readLinks } from './gather/readLinks';
import { readPauses } from './gather/readPauses';
import { readRollback } from './gather/readRollback';
import { readSoak } from './gather/readSoak';
import { judgeByPolicies } from './judgeByPolicies';
import { PoliciesSettings } from './readPoliciesConfig';
import { EnvironmentRules, mergeRules } from './rules';
import { AutoRelease, PolicyJudge, ReleaseToJudge } from './types';

export interface PolicyJudgeOptions {
  knex: Knex;
  repository: string;
  /** In the order of promotion. */
  environments: string[];
  files: RepositoryFiles;
  layout: Layout;
  settings: PoliciesSettings;
  /** Added ones; asked after the built-in ones, in their order. */
  policies: ReleasePolicy[];
  /** Whether Ground Control does services' auto-releases; false by default. */
  autoReleases?: boolean;
  /** Of an auto-release's pause. */
  now?: () => Date;
}

const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** What CORE's own checks and the built-in policies are called. */
const TAKEN = ['artifact', ...BUILT_IN_POLICIES.map(({ id }) => id)];

function requireIds(policies: readonly ReleasePolicy[]) {
  const ids = new Set(TAKEN);
  for (const { id } of policies) {
    if (!ID.test(id) || id.length > 40) {
      throw new InputError(
        `The id of an added policy, ${JSON.stringify(
          id,
        )}, must be words in lower case with - between them, 40 characters at most`,
      );
    }
    if (ids.has(id)) {
      throw new InputError(
        `There are two policies with the id ${id}; give the added one another`,
      );
    }
    ids.add(id);
  }
}

/** Judges releases by the built-in policies and added ones. */
class DefaultPolicyJudge implements PolicyJudge {
  readonly #files: PolicyFiles;

  constructor(private readonly options: PolicyJudgeOptions) {
    requireIds(options.policies);
    this.#files = new PolicyFiles(options);
  }

  async judge(
    release: ReleaseToJudge,
    { now, signal, levelsOnly }: Parameters<PolicyJudge['judge']>[1],
  ) {
    const { knex, repository, environments } = this.options;
    const { service, environment, artifact, squadRef } = release;
    const at = now.getTime();
    const [policies, rollback] = await Promise.all([
      this.#files.read(service, signal),
      readRollback(knex, repository, release, at),
    ]);
    const { rules, fault } = this.#findRules(policies, {
      service,
      environment,
      squadRef,
    });
    const isRollback = release.intent === 'rollback';
    const place = { repository, service, environment };
    const [soak, links] = await Promise.all([
      readSoak(knex, {
        ...place,
        environments,
        artifactId: artifact.id,
        now: at,
        wanted: !isRollback && (rules.soakMs.value > 0 || !levelsOnly),
      }),
      readLinks(knex, {
        ...place,
        now,
        wanted: !isRollback && (rules.links.value !== 'off' || !levelsOnly),
      }),
    ]);
    const facts: PolicyFacts = {
      now: at,
      release,
      rules,
      branch: this.#findBranchFacts(policies, environment),
      soak,
      links,
      ...(fault && { fileFault: fault }),
    };
    const verdicts = await judgeByPolicies(
      [...buildBuiltIn(facts), ...this.options.policies],
      {
        service,
        environment,
        environments: [...environments],
        intent: release.intent,
        artifact,
        ...(release.current?.artifact && { current: release.current.artifact }),
        ...(squadRef !== undefined && { squad: squadRef }),
      },
      { now, signal },
    );
    const decide = (counted: Verdict[]) =>
      decideRequirement({
        now: at,
        release,
        rules,
        worst: worstLevel(counted),
        rollback,
      });
    return {
      verdicts,
      requirement: decide(verdicts),
      lasting: decide(verdicts.filter(({ momentary }) => !momentary)),
    };
  }

  async isGuarded(
    service: ServiceRef,
    environment: string,
    options: { squadRef?: string; at?: string; signal?: AbortSignal },
  ): Promise<boolean> {
    const { at, signal, squadRef } = options;
    const policies = await this.#files.read(service, signal, at);
    const { rules } = this.#findRules(policies, {
      service,
      environment,
      squadRef,
    });
    return rules.approvals.value > 0;
  }

  async readAutoRelease(
    service: ServiceRef,
    environment: string,
  ): Promise<AutoRelease | undefined> {
    const { autoReleases = false, knex, repository } = this.options;
    const { ofService } = await this.#files.read(service);
    if (ofService.fault !== undefined) return undefined;
    const found = ofService.autoReleases.find(
      one => one.environment === environment,
    );
    if (!found) return undefined;
    const { branch } = found;
    // A pause of who else releases them takes it out of the file.
    if (!autoReleases) return { branch };
    const now = (this.options.now?.() ?? new Date()).getTime();
    const pauses = await readPauses(knex, { repository, service, now });
    return pauses.some(pause => pause.environment === environment)
      ? undefined
      : { branch };
  }

  #findRules(
    { file }: GatheredPolicies,
    of: { service: ServiceRef; environment: string; squadRef?: string },
  ): { rules: EnvironmentRules; fault?: PolicyFacts['fileFault'] } {
    const { environments, settings } = this.options;
    const { defaults, others, fault } = findLevels(file, of);
    const rules = mergeRules({
      environment: of.environment,
      environments,
      floor: settings.floor,
      defaults,
      others,
    });
    return { rules, ...(fault && { fault }) };
  }

  /** The configured restrictions take the place of a service's own. */
  #findBranchFacts(
    { ofService }: GatheredPolicies,
    environment: string,
  ): BranchFacts {
    const isHere = (one: { environment: string }) =>
      one.environment === environment;
    const global = this.options.settings.branchRestrictions.filter(isHere);
    if (ofService.fault !== undefined) {
      return { fault: ofService.fault, path: ofService.path };
    }
    return {
      restrictions:
        global.length > 0 ? global : ofService.restrictions.filter(isHere),
    };
  }
}

/** The built-in policies over what was gathered for them. */
function buildBuiltIn(facts: PolicyFacts): ReleasePolicy[] {
  return BUILT_IN_POLICIES.map(policy => ({
    id: policy.id,
    judge: async () => judgeBuiltIn(policy, facts),
  }));
}

/** Judges releases by the policies of now: of app-config, the repository and added ones. */
export function createPolicyJudge(options: PolicyJudgeOptions): PolicyJudge {
  return new DefaultPolicyJudge(options);
}

import {
  RequestRequirement,
  Verdict,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  AutoRelease,
  Judgement,
  PolicyJudge,
  ReleaseToJudge,
} from '../../policies/types';

/** A verdict; what isn't given is that of a policy that always holds. */
export function verdict(
  policy: string,
  level: Verdict['level'],
  more: Partial<Verdict> = {},
): Verdict {
  return {
    policy,
    level,
    title: `${policy} ${level}`,
    reason: `The policy ${policy} says ${level}.`,
    momentary: false,
    overridable: false,
    ...more,
  };
}

/** Says what a test has it say. */
export class ScriptedPolicies implements PolicyJudge {
  verdicts: Verdict[] = [verdict('branch', 'pass')];
  requirement: RequestRequirement = {
    approvals: 1,
    platform: false,
    reason: 'Releases to prod need 1 approval.',
  };
  /** What is released by itself, in every environment. */
  autoRelease?: AutoRelease;
  /** What happens in the middle of it. */
  meanwhile?: () => Promise<void>;
  /** What it was asked for last. */
  asked?: ReleaseToJudge;

  async judge(release: ReleaseToJudge): Promise<Judgement> {
    this.asked = release;
    await this.meanwhile?.();
    return { verdicts: this.verdicts, requirement: this.requirement };
  }

  async isGuarded(): Promise<boolean> {
    return this.requirement.approvals > 0;
  }

  async readAutoRelease(): Promise<AutoRelease | undefined> {
    return this.autoRelease;
  }
}

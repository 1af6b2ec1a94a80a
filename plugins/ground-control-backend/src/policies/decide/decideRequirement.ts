import {
  RequestRequirement,
  VerdictLevel,
} from '@ground-control/backstage-plugin-ground-control-common';
import { describeRule, EnvironmentRules } from '../rules';
import { ReleaseToJudge } from '../types';
import { formatSpan } from './formatSpan';
import { RollbackFacts } from './types';

const RECENT_MS = 7 * 86_400_000;
/**
 * Where nobody watched it: a release that was replaced sooner may well have
 * been replaced because it failed.
 */
const STAYED_MS = 10 * 60_000;

/** Whether a release ran well lately, in words that say how that is known. */
export function decideRecentlyHealthy(
  facts: RollbackFacts | undefined,
  now: number,
): { healthy: boolean; why: string } {
  const no = (why: string) => ({ healthy: false, why });
  if (!facts) return no('nothing is known of the release that it goes back to');
  if (!facts.sameArtifact) {
    return no('the release that it goes back to was of another artifact');
  }
  if (facts.unapproved) {
    return no('the release that it goes back to was never approved here');
  }
  const end = facts.to ?? now;
  const ago = now - end;
  if (ago > RECENT_MS) {
    return no(
      `it last ran there ${formatSpan(ago)} ago, which is more than 7 days`,
    );
  }
  if (facts.request === 'failed') {
    return no('it failed when it was released');
  }
  if (facts.healthyMs === 0) {
    return no('a cluster reported that it failed before it was replaced');
  }
  const stay = `it was current there for ${formatSpan(
    end - facts.from,
  )} until ${ago === 0 ? 'now' : `${formatSpan(ago)} ago`}`;
  if (facts.request === 'succeeded') {
    return {
      healthy: true,
      why: `${stay}, and was seen running when it was released`,
    };
  }
  if (end - facts.from < STAYED_MS) {
    return no(`${stay}, too short to tell how well it ran`);
  }
  if (facts.healthyMs === undefined) {
    return {
      healthy: true,
      why: `${stay}, and nothing that is recorded says that it was unwell, but clusters were not watched all that time`,
    };
  }
  if (facts.healthyMs < STAYED_MS) {
    return no(`${stay}, and clusters reported that it failed meanwhile`);
  }
  return {
    healthy: true,
    why: `${stay}, and clusters reported no failure for ${formatSpan(
      facts.healthyMs,
    )}`,
  };
}

function countApprovals(approvals: number): string {
  return approvals === 1 ? '1 approval' : `${approvals} approvals`;
}

const DIFFERS = 'because catalog and artifact name different squads';

/** Why a rollback isn't let through by itself, as a sentence. */
function sayRollback({
  healthy,
  why,
  asked,
}: ReturnType<typeof decideRecentlyHealthy> & {
  asked: EnvironmentRules['rollbackNeedsApproval'];
}): string {
  if (asked.value) {
    return `This rollback needs an approval: ${describeRule(asked.rule)}.`;
  }
  return healthy
    ? `This rollback needs approvals, though it goes back to what ran well, ${DIFFERS}.`
    : `This rollback needs an approval: ${why}.`;
}

/** Who has to decide a release, and why. */
export function decideRequirement(facts: {
  now: number;
  release: ReleaseToJudge;
  rules: EnvironmentRules;
  /** Of all verdicts. */
  worst: VerdictLevel;
  /** Of a rollback. */
  rollback?: RollbackFacts;
}): RequestRequirement {
  const { now, release, rules, worst } = facts;
  const { environment, squadRef, artifactSquadRef } = release;
  const { value: approvals, rule } = rules.approvals;
  const none = (reason: string): RequestRequirement => ({
    approvals: 0,
    platform: false,
    reason,
  });
  const because = rule ? describeRule(rule) : `the default for ${environment}`;
  if (approvals === 0) {
    return none(
      `Releases to ${environment} need no approval: ${
        rule ? describeRule(rule) : 'by default'
      }.`,
    );
  }
  const parts: string[] = [];
  const differs =
    squadRef !== undefined &&
    artifactSquadRef !== undefined &&
    artifactSquadRef !== squadRef;
  if (release.intent === 'rollback') {
    const { healthy, why } = decideRecentlyHealthy(facts.rollback, now);
    const asked = rules.rollbackNeedsApproval;
    if (healthy && !asked.value && !differs) {
      return none(
        `A rollback to what ran well in the last 7 days needs no approval: ${why}.`,
      );
    }
    parts.push(sayRollback({ healthy, why, asked }));
  }
  const onlyWarned = rules.onlyWhenWarning;
  if (onlyWarned.value) {
    if (worst === 'pass' && parts.length === 0) {
      return none(
        `Approvals are needed only when a verdict warns, and none does: ${describeRule(
          onlyWarned.rule,
        )}.`,
      );
    }
    if (worst !== 'pass') {
      parts.push(
        `A verdict doesn't pass, which is when approvals are needed: ${describeRule(
          onlyWarned.rule,
        )}.`,
      );
    }
  }
  parts.push(
    `Releases to ${environment} need ${countApprovals(approvals)}: ${because}.`,
  );
  if (differs) {
    parts.push(`A platform engineer decides too, ${DIFFERS}.`);
  } else if (squadRef === undefined) {
    parts.push('A platform engineer decides, because no squad owns it.');
  }
  const platform = differs || squadRef === undefined;
  return { approvals, platform, reason: parts.join(' ') };
}

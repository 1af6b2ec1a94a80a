import { RuleSource } from '@ground-control/backstage-plugin-ground-control-common';
import { formatTime } from '../../releases/formatTime';
import { describeRule } from '../rules';
import { describeRestarts } from './describeRestarts';
import { describeUnasked } from './describeUnasked';
import { entitleUnwell, findHealth, findPastMs } from './findHealth';
import { fitTitle, formatSpan } from './formatSpan';
import { block, pass, warn } from './say';
import { Decide, Saying, SoakFacts } from './types';

/** What is said of an artifact that isn't in the environment before any more. */
function decidePast(
  soak: SoakFacts,
  options: {
    before: string;
    /** Since when it isn't, in words. */
    to: string;
    askedMs: number;
    /** Which rule asks for how long, in words. */
    asked: string;
    rule?: RuleSource;
    /** What else helps, in words. */
    other: string;
  },
): Saying {
  const { asked, askedMs, before, other, rule, to } = options;
  const pastMs = findPastMs(soak);
  if (pastMs !== undefined && pastMs >= askedMs) {
    const how = soak.unwatched
      ? `; no cluster of ${before} is watched`
      : ', and no cluster reported a failure of it';
    return pass(
      {
        title: fitTitle(`Soaked ${formatSpan(pastMs)}`),
        reason: `It was current in ${before} for ${formatSpan(
          pastMs,
        )}${how}, until ${to}; ${asked}.`,
        rule,
      },
      true,
    );
  }
  const how =
    pastMs === undefined
      ? 'how well it did isn’t known'
      : `it was well for ${formatSpan(pastMs)}`;
  return warn({
    title: fitTitle(`No longer in ${before}`),
    reason: `This artifact was current in ${before} until ${to}; ${how}, and ${asked}.`,
    rule,
    remedy: `Release it to ${before} again, or what runs there now, ${other}.`,
  });
}

/**
 * How long the artifact has been current and well in the environment before. A
 * soak that is done stays so when another artifact takes its place there.
 *
 * The time that runs is of the clock. That an artifact never ran there, or left
 * too soon, isn't: nobody who approved it while it soaked has accepted that.
 */
export const decideSoak: Decide = ({ now, release, rules, soak }) => {
  const { value: askedMs, rule } = rules.soakMs;
  const { before, stays } = soak;
  if (release.intent === 'rollback') {
    return pass(
      {
        title: 'No soak for a rollback',
        reason: 'A rollback goes to what ran here before.',
      },
      true,
    );
  }
  if (before === undefined) {
    return pass(
      {
        title: 'No soak asked',
        reason: `${release.environment} is the first environment.`,
      },
      true,
    );
  }
  if (askedMs === 0) return pass(describeUnasked(soak, before, now), true);
  const asked = `${describeRule(rule)} asks for ${formatSpan(
    askedMs,
  )} in ${before}`;
  const other = 'or have it accepted by who decides';
  if (stays.length === 0) {
    return warn({
      title: fitTitle(`Never ran in ${before}`),
      reason: `This artifact was never released to ${before}, and ${asked}.`,
      rule,
      remedy: `Release it to ${before} first, ${other}.`,
    });
  }
  const [stay] = stays;
  if (stay.to !== undefined) {
    const to = `${formatSpan(now - stay.to)} ago`;
    return decidePast(soak, { to, asked, before, askedMs, rule, other });
  }
  const health = findHealth(soak, stay.from);
  if ('unwell' in health) {
    return block(
      {
        title: fitTitle(entitleUnwell(health.state, before)),
        reason: `It is ${health.state} in ${health.unwell}, and ${asked}, current and well.`,
        rule,
        remedy: `Wait until it has been well in every cluster of ${before} for ${formatSpan(
          askedMs,
        )}.`,
      },
      true,
    );
  }
  if ('untold' in health) {
    return warn(
      {
        title: fitTitle(`Soak in ${before} unknown`),
        reason: `How it does in ${health.untold} can't be told now, and ${asked}.`,
        rule,
        remedy: `Look at ${health.untold}, ${other}.`,
      },
      true,
    );
  }
  const soakedMs = Math.max(0, now - health.since);
  const restarts = describeRestarts(soak);
  const basis =
    soak.clusters.length === 0
      ? `as the config repository says; no cluster of ${before} is watched`
      : `and well in every cluster${restarts.reason}`;
  if (soakedMs < askedMs) {
    const left = formatSpan(askedMs - soakedMs + 999);
    return block(
      {
        title: fitTitle(`Soaked ${formatSpan(soakedMs)}${restarts.title}`),
        reason: `It has been current in ${before} for ${formatSpan(
          soakedMs,
        )}, ${basis}; ${asked}.`,
        rule,
        remedy: `Wait ${left}.`,
        until: formatTime(health.since + askedMs),
      },
      true,
    );
  }
  return pass(
    {
      title: fitTitle(`Soaked ${formatSpan(soakedMs)}${restarts.title}`),
      reason: `It has been current in ${before} for ${formatSpan(
        soakedMs,
      )}, ${basis}; ${asked}.`,
      rule,
    },
    true,
  );
};

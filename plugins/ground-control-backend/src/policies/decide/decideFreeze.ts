import { formatTime } from '../../releases/formatTime';
import { findFreeze, formatMoment } from '../freeze';
import { describeRule } from '../rules';
import { fitTitle } from './formatSpan';
import { block, pass } from './say';
import { Decide } from './types';

/** Times in which nothing is released to the environment. */
export const decideFreeze: Decide = ({ now, release, rules }) => {
  const { active, freeAt, next } = findFreeze(rules.freezes, now);
  if (active) {
    const { rule, value } = active.window;
    const because = value.reason ? ` (${value.reason})` : '';
    if (release.intent === 'rollback') {
      return pass(
        {
          title: 'Frozen, not for a rollback',
          reason: `A freeze is on${because}, ${describeRule(
            rule,
          )}; rollbacks are made all the same.`,
          rule,
        },
        true,
      );
    }
    const end =
      freeAt === undefined
        ? undefined
        : `${formatMoment(freeAt, value.zone, now)} ${value.zone}`;
    return block(
      {
        title: fitTitle(
          freeAt === undefined
            ? 'Frozen without an end'
            : `Frozen until ${formatMoment(freeAt, value.zone, now)}`,
        ),
        reason: `Nothing is released to ${
          release.environment
        } now${because}: ${describeRule(rule)}.`,
        rule,
        remedy: end
          ? `Wait until ${end}.`
          : 'The freezes follow on each other for more than a year; have one of them shortened.',
        ...(freeAt !== undefined && { until: formatTime(freeAt) }),
      },
      true,
    );
  }
  if (next) {
    const { rule, value } = next.window;
    const begin = formatMoment(next.from, value.zone, now);
    return pass(
      {
        title: fitTitle(`No freeze until ${begin}`),
        reason: `The next freeze begins ${begin} ${value.zone}: ${describeRule(
          rule,
        )}.`,
        rule,
      },
      true,
    );
  }
  return pass(
    {
      title: 'No freeze',
      reason: `No freeze of ${release.environment} is on, or begins within a week.`,
    },
    true,
  );
};

import { Artifact } from '@ground-control/backstage-plugin-ground-control-common';
import { describeRule } from '../rules';
import { fitTitle } from './formatSpan';
import { block, pass, warn } from './say';
import { Decide } from './types';

type Tests = NonNullable<Artifact['tests']>;

/** How what runs did, where that is known: what is new is told from it. */
function describeCurrent(current: Tests | undefined): string {
  if (!current) return '';
  const { passed, failed } = current;
  return `; of what runs, ${failed || 'none'} of ${passed + failed} failed`;
}

/** Failed tests of the artifact, beside those of what runs. */
export const decideTests: Decide = ({ release, rules }) => {
  const { value: mode, rule } = rules.tests;
  const { tests } = release.artifact;
  if (release.intent === 'rollback') {
    return pass({
      title: 'No tests for a rollback',
      reason: 'A rollback goes to what ran here before.',
    });
  }
  if (mode === 'off') {
    return pass({
      title: 'Tests not looked at',
      reason: `Tests aren't looked at (${describeRule(rule)}).`,
      rule,
    });
  }
  if (!tests) {
    return warn({
      title: 'No test results in artifact',
      reason: `The artifact says nothing of tests, so it isn't known whether they pass.`,
      rule,
      remedy: 'Have CI record its tests in the artifact, and build anew.',
    });
  }
  const { passed, failed, skipped } = tests;
  const current = release.current?.artifact?.tests;
  const runs = describeCurrent(current);
  if (failed === 0) {
    return pass({
      title: fitTitle(`${passed} tests passed`),
      reason: `No test failed, ${skipped} were skipped${runs}.`,
      rule,
    });
  }
  const before = current?.failed ?? 0;
  const more = before > 0 && failed > before ? `, ${failed - before} new` : '';
  return (mode === 'block' ? block : warn)({
    title: fitTitle(
      `${failed} ${failed === 1 ? 'test' : 'tests'} failed${more}`,
    ),
    reason: `${failed} of ${
      passed + failed
    } tests failed when the artifact was built${runs} (${describeRule(rule)}).`,
    rule,
    remedy: 'Release a build whose tests pass.',
  });
};

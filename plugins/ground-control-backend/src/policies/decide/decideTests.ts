import { describeRule } from '../rules';
import { fitTitle } from './formatSpan';
import { block, pass, warn } from './say';
import { Decide } from './types';

/** Failed tests of the artifact. */
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
  if (failed === 0) {
    return pass({
      title: fitTitle(`${passed} tests passed`),
      reason: `No test failed, ${skipped} were skipped.`,
      rule,
    });
  }
  return (mode === 'block' ? block : warn)({
    title: fitTitle(`${failed} ${failed === 1 ? 'test' : 'tests'} failed`),
    reason: `${failed} of ${
      passed + failed
    } tests failed when the artifact was built (${describeRule(rule)}).`,
    rule,
    remedy: 'Release a build whose tests pass.',
  });
};

import { EnvironmentRules } from '../rules';
import { defaultRules } from '../rules/defaultRules';
import { ReleaseToJudge } from '../types';
import { decideRequirement } from './decideRequirement';
import { RollbackFacts } from './types';

const NOW = Date.parse('2026-03-02T12:00:00Z');
const HOUR = 3_600_000;
const ago = (hours: number) => NOW - hours * HOUR;

function decide(given: {
  release?: Partial<ReleaseToJudge>;
  rules?: Partial<EnvironmentRules>;
  worst?: 'pass' | 'warning' | 'block';
  rollback?: Partial<RollbackFacts>;
}) {
  return decideRequirement({
    now: NOW,
    release: {
      service: { namespace: '', name: 'ledger-api' },
      environment: 'prod',
      intent: given.rollback ? 'rollback' : 'promote',
      artifact: { id: 'a', service: 'ledger-api', namespace: '', images: [] },
      squadRef: 'group:default/squad-ledger',
      ...given.release,
    },
    rules: { ...defaultRules('prod', ['prod']), ...given.rules },
    worst: given.worst ?? 'pass',
    ...(given.rollback && {
      rollback: {
        from: ago(48),
        to: ago(2),
        sameArtifact: true,
        unapproved: false,
        ...given.rollback,
      },
    }),
  });
}

const two = {
  approvals: {
    value: 2,
    rule: { file: 'ground-control.yaml', line: 5, text: 'approvals: 2' },
  },
};
const onlyWarned = {
  onlyWhenWarning: {
    value: true,
    rule: {
      file: 'ground-control.yaml',
      line: 9,
      text: 'onlyWhenWarning: true',
    },
  },
};
const none = { approvals: { value: 0 } };
const differs = { artifactSquadRef: 'group:default/squad-fx' };

describe('decideRequirement', () => {
  it.each<[string, Parameters<typeof decide>[0], number, boolean, RegExp]>([
    [
      'by default',
      {},
      1,
      false,
      /^Releases to prod need 1 approval: the default for prod\.$/,
    ],
    [
      'by a rule',
      { rules: two },
      2,
      false,
      /2 approvals: approvals: 2 in ground-control.yaml, line 5/,
    ],
    [
      'where none is asked',
      { rules: none },
      0,
      false,
      /need no approval: by default/,
    ],
    [
      'only when a verdict warns, and none does',
      { rules: { ...two, ...onlyWarned } },
      0,
      false,
      /none does: onlyWhenWarning: true in ground-control.yaml, line 9/,
    ],
    [
      'only when a verdict warns, and one does',
      { rules: { ...two, ...onlyWarned }, worst: 'warning' },
      2,
      false,
      /doesn't pass/,
    ],
    [
      'only when a verdict warns, and one blocks',
      { rules: onlyWarned, worst: 'block' },
      1,
      false,
      /doesn't pass/,
    ],
    [
      'another owner',
      { release: differs, worst: 'warning' },
      1,
      true,
      /platform engineer decides too/,
    ],
    [
      'another owner, where nobody decides',
      { release: differs, rules: none },
      0,
      false,
      /no approval/,
    ],
    [
      'no owner',
      { release: { squadRef: undefined } },
      1,
      true,
      /no squad owns it/,
    ],
    [
      'a rollback to what stood well',
      { rollback: {} },
      0,
      false,
      /current there for 1 d 22 h until 2 h ago, and nothing that is recorded says that it was unwell/,
    ],
    [
      'a rollback to what clusters watched',
      { rollback: { healthyMs: 46 * HOUR } },
      0,
      false,
      /and clusters reported no failure for 1 d 22 h\.$/,
    ],
    [
      'a rollback to what nobody watched',
      { rollback: {} },
      0,
      false,
      /clusters were not watched all that time/,
    ],
    [
      'a rollback to what clusters saw fail',
      { rollback: { request: 'succeeded', healthyMs: 0 } },
      1,
      false,
      /a cluster reported that it failed before it was replaced/,
    ],
    [
      'a rollback to what clusters saw fail at short intervals',
      { rollback: { healthyMs: 60_000 } },
      1,
      false,
      /clusters reported that it failed meanwhile/,
    ],
    [
      'a rollback to what was seen running',
      { rollback: { request: 'succeeded' } },
      0,
      false,
      /seen running/,
    ],
    [
      'to what was seen running, shortly',
      { rollback: { request: 'succeeded', from: ago(2) - 60_000 } },
      0,
      false,
      /seen running/,
    ],
    [
      'to what failed',
      { rollback: { request: 'failed' } },
      1,
      false,
      /it failed when it was released/,
    ],
    [
      'to what stood too shortly',
      { rollback: { from: ago(2) - 60_000 } },
      1,
      false,
      /too short/,
    ],
    [
      'to what ran a week ago',
      { rollback: { from: ago(500), to: ago(169) } },
      1,
      false,
      /more than 7 days/,
    ],
    [
      'to what ran until 7 days ago',
      { rollback: { from: ago(500), to: ago(168) } },
      0,
      false,
      /7 d ago/,
    ],
    [
      'to what nobody approved',
      { rollback: { unapproved: true } },
      1,
      false,
      /never approved here/,
    ],
    [
      'to another artifact than it says',
      { rollback: { sameArtifact: false } },
      1,
      false,
      /another artifact/,
    ],
    [
      'to what is not known',
      { release: { intent: 'rollback' } },
      1,
      false,
      /nothing is known/,
    ],
    [
      'a rollback where a rule asks always',
      {
        rollback: {},
        rules: {
          rollbackNeedsApproval: { value: true, rule: { file: 'app-config' } },
        },
      },
      1,
      false,
      /rollback needs an approval: app-config/,
    ],
    [
      'a rollback to what stood well, of another owner',
      { rollback: {}, release: differs },
      1,
      true,
      /^This rollback needs approvals, though it goes back to what ran well, because catalog and artifact name different squads\. Releases to prod need 1 approval: the default for prod\. A platform engineer decides too, because catalog and artifact name different squads\.$/,
    ],
    [
      'the same, only when a verdict warns, and none does',
      { rollback: {}, release: differs, rules: { ...two, ...onlyWarned } },
      2,
      true,
      /A platform engineer decides too/,
    ],
    [
      'the same where nobody decides',
      { rollback: {}, release: differs, rules: none },
      0,
      false,
      /no approval/,
    ],
    [
      'a rollback to what stood well, of no owner',
      {
        rollback: {},
        release: { ...differs, squadRef: undefined },
      },
      0,
      false,
      /A rollback to what ran well/,
    ],
    [
      'an unhealthy rollback of another owner',
      { rollback: { request: 'failed' }, release: differs },
      1,
      true,
      /platform/,
    ],
    [
      'an unhealthy rollback, only when a verdict warns',
      { rollback: { request: 'failed' }, rules: onlyWarned },
      1,
      false,
      /it failed/,
    ],
    [
      'a rollback to what is current',
      { rollback: { to: undefined } },
      0,
      false,
      /until now/,
    ],
  ])('%s', (_, given, approvals, platform, reason) => {
    const got = decide(given);
    expect(got).toMatchObject({ approvals, platform });
    expect(got.reason).toMatch(reason);
  });
});

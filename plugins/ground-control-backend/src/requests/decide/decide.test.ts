import { Verdict } from '@ground-control/backstage-plugin-ground-control-common';
import { verdict } from '../__testUtils__/ScriptedPolicies';
import { DecisionRole, RequestRow } from '../types';
import { decideApprovals, describeMissing } from './decideApprovals';
import { decideRejudge } from './decideRejudge';
import { findBlocks } from './findBlocks';

const by = (
  role: DecisionRole,
  decision: 'approve' | 'override' | 'reject' = 'approve',
) => ({ role, decision });
const lead = by('lead');
const platform = by('platform');
const standIn = by('platform-stand-in');

describe('decideApprovals', () => {
  it.each([
    ['one lead', 1, false, true, [lead], undefined],
    ['nobody yet', 1, false, true, [], 'one more approval'],
    ['one of two', 2, false, true, [lead], 'one more approval'],
    ['none of three', 3, false, true, [], '3 more approvals'],
    ['two of two', 2, false, true, [lead, lead], undefined],
    ['a lead alone', 1, true, true, [lead], 'a platform engineer'],
    ['platform alone', 1, true, true, [platform], 'one more approval'],
    ['both', 1, true, true, [platform, lead], undefined],
    ['platform of no squad', 1, true, false, [platform], undefined],
    ['one of two of no squad', 2, true, false, [platform], 'one more approval'],
    [
      'two of platform',
      1,
      true,
      true,
      [platform, platform],
      'one more approval',
    ],
    [
      'platform, not needed any more',
      1,
      false,
      true,
      [platform],
      'one more approval',
    ],
    [
      'a stand-in of a squad without leads',
      1,
      false,
      true,
      [standIn],
      undefined,
    ],
    [
      'both of a squad without leads',
      1,
      true,
      true,
      [platform, standIn],
      undefined,
    ],
    ['a stand-in alone', 1, true, true, [standIn], 'a platform engineer'],
    [
      'a rejection',
      1,
      false,
      true,
      [by('lead', 'reject')],
      'one more approval',
    ],
    ['an override', 1, false, true, [by('lead', 'override')], undefined],
    [
      'an override, of two',
      2,
      false,
      true,
      [by('lead', 'override')],
      'one more approval',
    ],
    [
      'another squad’s override',
      1,
      false,
      true,
      [by('other-lead', 'override')],
      'one more approval',
    ],
    [
      'one for a lead who asked',
      1,
      false,
      true,
      [by('lead-stand-in', 'override')],
      undefined,
    ],
    [
      'an override by platform, beside',
      1,
      true,
      true,
      [by('platform', 'override')],
      'one more approval',
    ],
  ] as const)(
    '%s',
    (...[, approvals, isPlatform, hasSquad, given, expected]) => {
      const missing = decideApprovals(
        { approvals, platform: isPlatform, hasSquad },
        [...given],
      );
      expect(missing && describeMissing(missing)).toBe(expected);
    },
  );
});

const FREEZE = verdict('freeze', 'block', {
  momentary: true,
  overridable: true,
});

const SOAKING: Verdict = { ...FREEZE, policy: 'soak' };

describe('decideRejudge', () => {
  const row = {
    artifact_id: 'a',
    environment: 'prod',
    replaces_revision: 'c1',
    digest: 'd',
    verdicts: JSON.stringify([verdict('branch', 'pass')]),
    approvals_needed: 1,
    platform_needed: false,
    override: false,
    overridden: '[]',
  } as RequestRow;
  const now = {
    current: { revision: 'c1', position: 1, releasedAt: 0 },
    verdicts: [verdict('branch', 'pass')],
    requirement: {
      approvals: 1,
      platform: false,
      reason: 'prod asks for one.',
    },
  };

  it.each<[string, object, object, object]>([
    ['all as it was', {}, {}, { kind: 'go' }],
    [
      'a freeze that began between approval and commit',
      {},
      { verdicts: [...now.verdicts, FREEZE] },
      { kind: 'hold', code: 'freeze' },
    ],
    [
      'a freeze that began where nobody has to decide without a warning',
      { approvals_needed: 0 },
      { verdicts: [...now.verdicts, FREEZE] },
      { kind: 'hold', code: 'freeze' },
    ],
    [
      'a link that isn’t well where nobody has to decide without a warning',
      { approvals_needed: 0 },
      { verdicts: [...now.verdicts, { ...FREEZE, policy: 'links' }] },
      { kind: 'hold', code: 'links' },
    ],
    [
      'a freeze, and a platform engineer who is needed because of it',
      { approvals_needed: 0 },
      {
        verdicts: [...now.verdicts, FREEZE],
        requirement: { ...now.requirement, platform: true },
      },
      { kind: 'hold', code: 'freeze' },
    ],
    [
      'a link that warns since, where nobody has to decide without a warning',
      { approvals_needed: 0 },
      {
        verdicts: [
          ...now.verdicts,
          verdict('links', 'warning', { momentary: true }),
        ],
        lasting: { approvals: 0, platform: false, reason: 'None warns.' },
      },
      { kind: 'go' },
    ],
    [
      'a soak that was under way, and can’t be told any more',
      { verdicts: JSON.stringify([SOAKING]) },
      { verdicts: [verdict('soak', 'warning', { momentary: true })] },
      { kind: 'hold', code: 'soak' },
    ],
    [
      'the same where somebody went over it',
      {
        verdicts: JSON.stringify([SOAKING]),
        override: true,
        overridden: '["soak"]',
      },
      { verdicts: [verdict('soak', 'warning', { momentary: true })] },
      { kind: 'go' },
    ],
    [
      'a soak that was under way, of an artifact that left too soon',
      { verdicts: JSON.stringify([SOAKING]) },
      { verdicts: [verdict('soak', 'warning')] },
      { kind: 'outdate', code: 'verdict-worse' },
    ],
    [
      'a soak that was under way, and is done',
      { verdicts: JSON.stringify([SOAKING]) },
      { verdicts: [verdict('soak', 'pass', { momentary: true })] },
      { kind: 'go' },
    ],
    [
      'a freeze that is over, and more who are needed all the same',
      { approvals_needed: 0 },
      {},
      { kind: 'outdate', code: 'requirement-changed' },
    ],
    [
      'a freeze that somebody went over, where nobody had to decide before',
      { approvals_needed: 0, override: true, overridden: '["freeze"]' },
      { verdicts: [...now.verdicts, FREEZE] },
      { kind: 'go' },
    ],
    [
      'a freeze beside a block that stays',
      { verdicts: JSON.stringify([verdict('tests', 'block')]) },
      { verdicts: [verdict('tests', 'block'), FREEZE] },
      { kind: 'outdate', code: 'blocked' },
    ],
    [
      'a freeze that somebody went over',
      { override: true, overridden: '["freeze"]' },
      { verdicts: [...now.verdicts, FREEZE] },
      { kind: 'go' },
    ],
    [
      'a freeze that began after somebody went over another block',
      { override: true, overridden: '["tests"]' },
      { verdicts: [...now.verdicts, FREEZE] },
      { kind: 'hold', code: 'freeze' },
    ],
    [
      'a platform engineer who is needed since an override',
      { override: true, overridden: '["tests"]' },
      {
        requirement: { approvals: 1, platform: true, reason: 'Squads differ.' },
      },
      { kind: 'outdate', code: 'requirement-changed' },
    ],
    [
      'another release by other hands',
      {},
      { current: { ...now.current, revision: 'c2' } },
      { kind: 'outdate', code: 'moved' },
    ],
    [
      'a service that was removed',
      {},
      { current: undefined },
      { kind: 'outdate', code: 'moved' },
    ],
    [
      'a branch that isn’t allowed any more',
      {},
      { verdicts: [verdict('branch', 'block')] },
      { kind: 'outdate', code: 'verdict-worse' },
    ],
    [
      'a warning that passes since it was approved',
      { verdicts: JSON.stringify([verdict('branch', 'warning')]) },
      {},
      {
        kind: 'outdate',
        code: 'verdict-better',
        message:
          'The policy branch was a warning and passes now: The policy branch says pass. It has to be approved again on that.',
      },
    ],
    [
      'a policy that warned, and is there no more',
      {
        verdicts: JSON.stringify([
          verdict('branch', 'pass'),
          verdict('own', 'warning'),
        ]),
      },
      {},
      {
        kind: 'outdate',
        message:
          'The policy own was a warning and has nothing to say any more. It has to be approved again on that.',
      },
    ],
    [
      'a block that somebody went over, and that only warns now',
      {
        approvals_needed: 0,
        override: true,
        overridden: '["tests"]',
        verdicts: JSON.stringify([verdict('tests', 'block')]),
      },
      {
        verdicts: [verdict('tests', 'warning')],
        requirement: { ...now.requirement, approvals: 0 },
      },
      {
        kind: 'outdate',
        message: expect.stringMatching(/tests was a block and warns now:/),
      },
    ],
    [
      'a warning that passes now, where nobody had to decide',
      {
        approvals_needed: 0,
        verdicts: JSON.stringify([verdict('branch', 'warning')]),
      },
      { requirement: { ...now.requirement, approvals: 0 } },
      { kind: 'go' },
    ],
    [
      'a warning of the moment that passes now',
      {
        verdicts: JSON.stringify([
          verdict('branch', 'pass'),
          verdict('links', 'warning', { momentary: true }),
        ]),
      },
      {},
      { kind: 'go' },
    ],
    [
      'a new policy that warns',
      {},
      { verdicts: [...now.verdicts, verdict('own', 'warning')] },
      { kind: 'outdate', code: 'verdict-worse' },
    ],
    [
      'a new policy that passes',
      {},
      { verdicts: [...now.verdicts, verdict('own', 'pass')] },
      { kind: 'go' },
    ],
    [
      'a platform engineer who is needed now',
      {},
      { requirement: { ...now.requirement, platform: true } },
      { kind: 'outdate', code: 'requirement-changed' },
    ],
    [
      'more who are needed since an override, which was one of them',
      { override: true },
      { requirement: { ...now.requirement, approvals: 2 } },
      { kind: 'outdate', code: 'requirement-changed' },
    ],
    [
      'a freeze and a soak that say when they are over',
      {},
      {
        verdicts: [
          ...now.verdicts,
          { ...FREEZE, until: '2026-03-03T12:00:00.000Z' },
          { ...FREEZE, policy: 'soak', until: '2026-03-03T13:00:00.000Z' },
        ],
      },
      { kind: 'hold', until: Date.parse('2026-03-03T13:00:00Z') },
    ],
    [
      'a freeze without an end beside one with an end',
      {},
      {
        verdicts: [
          ...now.verdicts,
          { ...FREEZE, until: '2026-03-03T12:00:00.000Z' },
          { ...FREEZE, policy: 'own' },
        ],
      },
      { kind: 'hold', code: 'freeze' },
    ],
    [
      'fewer who are needed now',
      {},
      { requirement: { ...now.requirement, approvals: 0 } },
      { kind: 'go' },
    ],
    [
      'a block that was overridden',
      {
        override: true,
        overridden: '["tests"]',
        verdicts: JSON.stringify([
          verdict('tests', 'block', { overridable: true }),
        ]),
      },
      { verdicts: [verdict('tests', 'block', { overridable: true })] },
      { kind: 'go' },
    ],
  ])('%s', (...[, before, present, expected]) => {
    expect(
      decideRejudge({ ...row, ...before }, { ...now, ...present }),
    ).toMatchObject(expected);
  });

  it('says no end of what has none', () => {
    const freezes = [
      { ...FREEZE, until: '2026-03-03T12:00:00.000Z' },
      { ...FREEZE, policy: 'own' },
    ];
    expect(
      decideRejudge(row, { ...now, verdicts: [...now.verdicts, ...freezes] }),
    ).not.toHaveProperty('until');
  });
});

describe('findBlocks', () => {
  it('sorts a block by what can be done about it', () => {
    const final = verdict('branch', 'block');
    const tests = verdict('tests', 'block', { overridable: true });
    const all = [verdict('soak', 'warning'), final, tests, FREEZE];
    expect(findBlocks(all, [])).toEqual({
      final: [final],
      overridable: [tests, FREEZE],
      momentary: [FREEZE],
    });
    expect(findBlocks(all, ['branch', 'tests', 'freeze'])).toEqual({
      final: [final],
      overridable: [],
      momentary: [],
    });
    // What blocks since then was gone over by nobody.
    expect(findBlocks(all, ['tests'])).toEqual({
      final: [final],
      overridable: [FREEZE],
      momentary: [FREEZE],
    });
  });
});

import { decideOverrideRole, decideRole } from './decideRole';

const DECIDERS = {
  leads: ['dee', 'lou'],
  platform: ['pat', 'kim', 'lou'],
  authors: [],
};
const LED_BY_DEE = {
  leads: ['dee'],
  platform: ['pat', 'kim', 'dee'],
  authors: [],
};
const WRITTEN_BY_DEE = { ...LED_BY_DEE, authors: ['dee'] };
const UNLED = { leads: [], platform: ['pat', 'kim'], authors: [] };
const PLATFORM = [{ role: 'platform' as const }];

describe('decideRole', () => {
  it.each([
    ['a lead', 'dee', DECIDERS, false, [], 'lead'],
    ['a lead, platform needed', 'dee', DECIDERS, true, [], 'lead'],
    ['somebody', 'ana', DECIDERS, true, [], undefined],
    ['platform, needed', 'pat', DECIDERS, true, [], 'platform'],
    ['a second of platform', 'kim', DECIDERS, true, PLATFORM, undefined],
    ['both, platform missing', 'lou', DECIDERS, true, [], 'platform'],
    ['both, platform given', 'lou', DECIDERS, true, PLATFORM, 'lead'],
    ['platform, not needed', 'pat', DECIDERS, false, [], undefined],
    ['nobody leads', 'pat', UNLED, false, [], 'platform-stand-in'],
    ['nobody leads, needed', 'pat', UNLED, true, [], 'platform'],
    ['nobody leads, given', 'kim', UNLED, true, PLATFORM, 'platform-stand-in'],
    ['only who asked leads', 'pat', LED_BY_DEE, false, [], 'platform-stand-in'],
    ['only another leads', 'pat', LED_BY_DEE, false, [], undefined, 'ana'],
    [
      'only who wrote it leads',
      'pat',
      WRITTEN_BY_DEE,
      false,
      [],
      'platform-stand-in',
      'system:auto-release',
    ],
  ] as const)(
    '%s',
    (...[, person, of, platformNeeded, given, expected, by = 'dee']) => {
      const deciders = {
        leads: [...of.leads],
        platform: [...of.platform],
        authors: [...of.authors],
      };
      expect(
        decideRole(person, {
          deciders,
          platformNeeded,
          decisions: [...given],
          requestedBy: by,
        }),
      ).toBe(expected);
    },
  );
});

describe('decideOverrideRole', () => {
  const squad = {
    deciders: DECIDERS,
    platformNeeded: false,
    decisions: [],
    requestedBy: 'ana',
    isPlatformEngineer: false,
    leadsAnySquad: false,
  };
  const other = { leadsAnySquad: true };
  const platform = { isPlatformEngineer: true };
  it.each([
    ['a lead of the squad', 'dee', {}, 'lead'],
    ['another squad’s lead', 'flo', other, 'other-lead'],
    [
      'one beside a lead who asked',
      'flo',
      { ...other, requestedBy: 'lou' },
      'lead-stand-in',
    ],
    ['somebody', 'gus', {}, undefined],
    ['platform', 'pat', platform, 'platform-stand-in'],
    [
      'platform, needed',
      'pat',
      { ...platform, platformNeeded: true },
      'platform',
    ],
    ['both', 'lou', platform, 'lead'],
  ] as const)('%s', (...[, person, facts, expected]) => {
    expect(decideOverrideRole(person, { ...squad, ...facts })).toBe(expected);
  });
});

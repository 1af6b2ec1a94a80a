import { verdict } from '../../requests/__testUtils__/ScriptedPolicies';
import { AccessRow } from '../../requests/types';
import { findAccessChanges, PresentAccess } from './findAccessChanges';
import { ChangedEntries } from './types';

const PATH = 'backbone-gateway/shuttle.yaml';
const LEDGER = 'group:default/squad-ledger';
const ENTRY = '- hostName: rates';

const row = {
  squad_ref: LEDGER,
  approvals_needed: 1,
  platform_needed: false,
  verdicts: JSON.stringify([
    verdict('entry', 'pass'),
    verdict('port', 'warning'),
    verdict('link', 'pass', { momentary: true }),
  ]),
} as AccessRow;

const changed: ChangedEntries = {
  kind: 'changed',
  content: null,
  entry: ENTRY,
};
const refused = (
  code: Extract<ChangedEntries, { kind: 'refused' }>['code'],
): ChangedEntries => ({
  kind: 'refused',
  code,
  message: 'The reason is this.',
  remedy: 'Do that.',
});
const present = (
  facts: Partial<PresentAccess['facts']> = {},
  decision: Partial<PresentAccess['decision']> = {},
): PresentAccess => ({
  facts: { path: PATH, changed, ...facts },
  decision: {
    squadRef: LEDGER,
    requirement: { approvals: 1, platform: false, reason: 'They decide.' },
    verdicts: JSON.parse(row.verdicts),
    ...decision,
  },
});

const blocked = [verdict('entry', 'block')];

describe('findAccessChanges', () => {
  it.each<
    [
      string,
      PresentAccess,
      Array<[string, boolean, RegExp]>,
      AccessRow['state']?,
    ]
  >([
    ['nothing', present(), []],
    [
      'how a link is at the moment',
      present(
        {},
        {
          verdicts: [
            verdict('entry', 'pass'),
            verdict('port', 'warning'),
            verdict('link', 'warning', { momentary: true }),
          ],
        },
      ),
      [],
    ],
    [
      'the entry is there',
      present(
        { changed: refused('already-there') },
        { verdicts: blocked, squadRef: undefined },
      ),
      [
        [
          'entry-there',
          true,
          /^backbone-gateway\/shuttle.yaml changed: the reason is this\. Do that\.$/,
        ],
      ],
    ],
    [
      'another one is there',
      present({ changed: refused('conflict') }, { verdicts: blocked }),
      [['entry-conflict', true, /changed: the reason/]],
    ],
    [
      'the entry is gone',
      present({ changed: refused('not-there') }, { verdicts: blocked }),
      [['entry-gone', true, /changed: the reason/]],
    ],
    [
      'the file is broken',
      present({ changed: refused('file') }, { verdicts: blocked }),
      [['file-unreadable', true, /^The reason is this\. Do that\.$/]],
    ],
    [
      'a value that is none any more',
      present({ changed: refused('names') }, { verdicts: blocked }),
      [['verdict-worse', true, /^The reason/]],
    ],
    [
      'what the entry says',
      present({ changed: { ...changed, entry: '- hostName: other' } }),
      [['entry-changed', true, /says something else than when/]],
    ],
    [
      'where the file lies',
      present({ path: 'other.yaml' }),
      [['entry-changed', true, /is other.yaml now, and was backbone-gateway/]],
    ],
    [
      'whose decision it is',
      present({}, { squadRef: 'group:default/squad-fx' }),
      [['squad-changed', true, /Whose decision it is .*: They decide\.$/]],
    ],
    [
      'that nobody’s decision it is',
      present({}, { squadRef: undefined }),
      [['squad-changed', true, /./]],
    ],
    [
      'what is better and what is worse, the worse first',
      present(
        {},
        {
          verdicts: [verdict('entry', 'pass'), verdict('owner', 'warning')],
          requirement: { approvals: 1, platform: true, reason: 'Both.' },
        },
      ),
      [
        ['verdict-worse', true, /policy owner/],
        ['verdict-better', false, /policy port .* has nothing to say/],
        ['requirement-changed', false, /Both\./],
      ],
    ],
    [
      'the same, once it was approved',
      present(
        {},
        { verdicts: [verdict('entry', 'pass'), verdict('owner', 'warning')] },
      ),
      [
        ['verdict-worse', true, /policy owner/],
        ['verdict-better', true, /policy port .* has to be approved again/],
      ],
      'approved',
    ],
  ])('tells of %s', (...[, now, expected, state = 'pending']) => {
    const changes = findAccessChanges(
      { ...row, state },
      { path: PATH, entry: ENTRY },
      now,
    );
    expect(changes.map(({ code, outdates }) => [code, outdates])).toEqual(
      expected.map(([code, outdates]) => [code, outdates]),
    );
    expected.forEach(([, , words], i) =>
      expect(changes[i].message).toMatch(words),
    );
  });
});

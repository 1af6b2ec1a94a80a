import { DecisionRow } from '../types';
import { findUnapproved } from './findUnapproved';
import { OwnCommit, WatchedRelease } from './types';

const release: WatchedRelease = {
  kind: 'release',
  position: 9,
  revision: '4f2c1aa0b1'.padEnd(40, '0'),
  environment: 'prod',
  namespace: 'payments',
  service: 'ledger-api',
  artifact_id: 'master-1111111111-2222222222',
  by_name: 'Mal\u202e Ory\n',
  by_email: 'mal.ory@bank.example',
  squad_ref: null,
};
const LEAD = 'user:default/dee.park';
const REQUESTER = 'user:default/ana.ruiz';
const AUTOMATIC = {
  intent: 'auto-release',
  requested_by: 'system:auto-release',
  requested_by_email: 'Dee@bank.example ',
} as const;

function own(
  request: Partial<OwnCommit['request']> = {},
  ...decisions: Array<Partial<DecisionRow>>
): OwnCommit {
  return {
    request: {
      number: 7,
      kind: 'release',
      environment: 'prod',
      namespace: 'payments',
      service: 'ledger-api',
      requested_by: REQUESTER,
      approvals_needed: 1,
      platform_needed: false,
      squad_ref: 'group:default/squad-ledger',
      intent: 'promote',
      requested_by_email: 'ana@bank.example',
      ...request,
    },
    decisions: decisions.map(
      one =>
        ({
          decided_by: LEAD,
          decision: 'approve',
          role: 'lead',
          decided_by_email: 'dee@bank.example',
          ...one,
        } as DecisionRow),
    ),
  };
}

describe('findUnapproved', () => {
  it('says of an edit that it was one', () => {
    expect(
      findUnapproved({ ...release, kind: 'edit' }, undefined, undefined),
    ).toMatch(/^Mal Ory edited its manifests by commit 4f2c1aa0b1, and no/);
  });

  it.each([
    ['a lead approved it', own({}, {})],
    ['nobody had to decide', own({ approvals_needed: 0 })],
    ['somebody went over a block', own({}, { decision: 'override' })],
    [
      'a lead approved a build of somebody else that is released by itself',
      own({ ...AUTOMATIC, requested_by_email: 'ana@bank.example' }, {}),
    ],
    [
      'nobody wrote that build by an address',
      own({ ...AUTOMATIC, requested_by_email: '' }, { decided_by_email: '' }),
    ],
    [
      'who is named by the same address asked in person',
      own({ requested_by_email: 'dee@bank.example' }, {}),
    ],
  ])('lets it be when %s', (_, commit) => {
    expect(findUnapproved(release, commit, undefined)).toBeUndefined();
  });

  it.each<[string, OwnCommit | undefined, string | undefined, RegExp]>([
    [
      'nothing of ours stands behind it',
      undefined,
      undefined,
      /^Mal Ory released it by commit 4f2c1aa0b1, and no release request/,
    ],
    [
      'it carries our trailers, copied',
      undefined,
      'REQ-7',
      /names REQ-7; but Ground Control did not write that commit/,
    ],
    ['nobody decided', own(), undefined, /has not the decisions/],
    [
      'only its requester decided',
      own({}, { decided_by: REQUESTER }),
      undefined,
      /has not the decisions/,
    ],
    [
      'only the author decided of a build that is released by itself',
      own(AUTOMATIC, {}),
      undefined,
      /has not the decisions/,
    ],
    [
      'a platform engineer is missing',
      own({ platform_needed: true }, {}),
      undefined,
      /has not the decisions/,
    ],
    [
      'another squad’s lead alone went over a block',
      own({}, { decision: 'override', role: 'other-lead' }),
      undefined,
      /has not the decisions/,
    ],
    [
      'somebody rejected it',
      own({}, {}, { decision: 'reject' }),
      undefined,
      /has not the decisions/,
    ],
    [
      'it was written for another service',
      own({ service: 'fx-api' }, {}),
      undefined,
      /a request for fx-api in prod/,
    ],
    [
      'it was written for access',
      own({ kind: 'access' }, {}),
      undefined,
      /REQ-7: a request for access, which releases nothing$/,
    ],
  ])('marks it when %s', (_, commit, claimed, reason) => {
    expect(findUnapproved(release, commit, claimed)).toMatch(reason);
  });
});

import * as fc from 'fast-check';
import {
  AccessWish,
  AskedAccess,
  RequestState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { ACCESS_WISH } from '../__testUtils__/insertAccess';
import { RequestClusterRow, RequestRow, StepRow } from '../types';
import { decideTelling } from './decideTelling';
import { Audience, UntoldStep } from './types';

const NOW = Date.parse('2026-03-02T15:05:00.000Z');
const LEAD = 'user:default/dee.park';
const REQUESTER = 'user:default/flo.berg';
const ADDRESS = 'http://ledger-api-az-1.payments.svc.cluster.local';

function untold(
  step: Partial<StepRow>,
  request: Partial<RequestRow> = {},
  more: {
    wish?: Partial<AccessWish>;
    address?: string;
    failed?: string[];
  } = {},
): UntoldStep {
  const wish = { ...ACCESS_WISH, ...more.wish };
  const access: AskedAccess = {
    wish,
    entryId: 'ingress:az-1/payments/ledger-api',
    path: 'backbone-gateway/shuttle.yaml',
    entry: '- service: ledger-api',
    address: more.address ?? ADDRESS,
  };
  return {
    step: {
      step: 1,
      number: 1042,
      at: NOW,
      state: null,
      code: 'x',
      message: null,
      by: null,
      by_name: null,
      ...step,
    } as StepRow,
    request: {
      number: 1042,
      kind: 'access',
      intent: wish.change === 'add' ? 'access-add' : 'access-remove',
      environment: 'prod',
      namespace: 'payments',
      service: 'ledger-api',
      artifact_id: '',
      requested_by: REQUESTER,
      requested_by_name: 'Flo Berg',
      reason: 'rates',
      state: step.state ?? 'pending',
      expires_at: NOW + 3_600_000,
      superseded_by: null,
      revision: '4f2c1aa',
      ...request,
    } as RequestRow,
    clusters: (more.failed ?? []).map(
      cluster => ({ cluster, state: 'failed' } as RequestClusterRow),
    ),
    access,
  };
}

const remove = { wish: { change: 'remove' as const } };

describe('decideTelling, of access', () => {
  it.each<[string, UntoldStep, string, string, string, Audience[]]>([
    [
      'a decision',
      untold({ state: 'pending', by: REQUESTER }),
      'Decide: access to ledger-api → az-1',
      'decision-needed',
      'high',
      ['deciders'],
    ],
    [
      'a decision to take it away',
      untold({ state: 'pending', by: REQUESTER }, {}, remove),
      'Decide: end of access to ledger-api → az-1',
      'decision-needed',
      'high',
      ['deciders'],
    ],
    [
      'a decision at a cluster for whose name there is no room',
      untold({ state: 'pending' }, {}, { wish: { cluster: 'c'.repeat(30) } }),
      'Decide: access to ledger-api',
      'decision-needed',
      'high',
      ['deciders'],
    ],
    [
      'that it expires',
      untold({ code: 'expiring' }),
      'Expires 16:05 UTC: access to ledger-api → az-1',
      'expiring',
      'high',
      ['deciders', 'requester'],
    ],
    [
      'a reminder',
      untold({ code: 'reminded' }, { state: 'pending' }),
      'Still waits: access to ledger-api → az-1',
      'reminder',
      'high',
      ['deciders'],
    ],
    [
      'an approval',
      untold({ state: 'approved', by: LEAD }),
      'Approved: access to ledger-api → az-1',
      'decided',
      'normal',
      ['requester'],
    ],
    [
      'a rejection',
      untold({ state: 'rejected', by: LEAD }, {}, remove),
      'Rejected: end of access to ledger-api → az-1',
      'decided',
      'normal',
      ['requester'],
    ],
    [
      'that nobody decided',
      untold({ state: 'expired' }),
      'Expired: access to ledger-api → az-1',
      'expired',
      'normal',
      ['requester'],
    ],
    [
      'that it is outdated, in fewer words where there is no room for more',
      untold({ state: 'outdated' }, {}, remove),
      'Outdated: end of access to ledger-api → az-1',
      'refresh-needed',
      'normal',
      ['requester'],
    ],
    [
      'that it is superseded',
      untold({ state: 'superseded' }, { superseded_by: 1051 }),
      'Replaced by REQ-1051: access to ledger-api → az-1',
      'superseded',
      'normal',
      ['requester'],
    ],
    [
      'that it is held',
      untold({ state: 'held' }),
      'Held: access to ledger-api → az-1',
      'held',
      'normal',
      ['requester'],
    ],
    [
      'that it could not be written',
      untold({ state: 'failed' }, { revision: null }),
      'Not written: access to ledger-api → az-1',
      'failed',
      'high',
      ['requester', 'decided'],
    ],
    [
      'that it does not answer in time',
      untold({ state: 'failed', code: 'deadline' }, {}, { failed: ['aws-1'] }),
      'No answer: access to ledger-api → az-1',
      'failed',
      'high',
      ['requester', 'decided'],
    ],
    [
      'that it does not go in time',
      untold({ state: 'failed', code: 'deadline' }, {}, remove),
      'Still there: access to ledger-api → az-1',
      'failed',
      'high',
      ['requester', 'decided'],
    ],
    [
      'a failure in one cluster',
      untold({ state: 'failed' }, {}, { failed: ['aws-1'] }),
      'Failed in aws-1: access to ledger-api → az-1',
      'failed',
      'high',
      ['requester', 'decided'],
    ],
    [
      'a failure in several',
      untold({ state: 'failed' }, {}, { failed: ['aws-1', 'gcp-1'] }),
      'Failed: access to ledger-api → az-1',
      'failed',
      'high',
      ['requester', 'decided'],
    ],
    [
      'that it answers',
      untold({ state: 'succeeded', code: 'answers' }),
      'Answers: access to ledger-api → az-1',
      'succeeded',
      'low',
      ['requester'],
    ],
    [
      'that it is mirrored, where nothing measures the link',
      untold({ state: 'succeeded', code: 'mirrored-unmeasured' }),
      'Mirrored: access to ledger-api → az-1',
      'succeeded',
      'low',
      ['requester'],
    ],
    [
      'that it is gone',
      untold({ state: 'succeeded', code: 'gone' }, {}, remove),
      'Gone: access to ledger-api → az-1',
      'succeeded',
      'low',
      ['requester'],
    ],
    [
      'that somebody changed it back',
      untold({ state: 'succeeded', code: 'replaced' }),
      'Changed since: access to ledger-api → az-1',
      'succeeded',
      'low',
      ['requester'],
    ],
    [
      'that nothing tells whether it answers',
      untold({ state: 'succeeded', code: 'no-clusters' }, {}, remove),
      'Committed: end of access to ledger-api → az-1',
      'succeeded',
      'low',
      ['requester'],
    ],
  ])('tells %s', (_, one, title, topic, severity, to) => {
    expect(decideTelling(one, NOW)).toMatchObject({
      to,
      payload: {
        title,
        topic: `access.${topic}`,
        severity,
        scope: 'REQ-1042',
        link: '/releases/requests/REQ-1042?from=notification',
      },
    });
  });

  it('tells nobody of what is written and not there yet', () => {
    expect(decideTelling(untold({ state: 'committed' }), NOW)).toBeUndefined();
  });

  it.each<[string, Parameters<typeof untold>[2], string]>([
    [
      'a service of the mesh',
      { wish: { from: ['aws-1', 'gcp-1'] } },
      `payments/fx-api is to call ledger-api (payments, port 8080) at az-1 from aws-1 and gcp-1\nAddress: ${ADDRESS}`,
    ],
    [
      'a service from outside, at no address yet',
      { wish: { from: [] }, address: '' },
      'For payments/fx-api: ledger-api (payments, port 8080) at az-1 is to be called from outside of the mesh',
    ],
    [
      'a resource outside',
      {
        wish: {
          kind: 'target',
          name: 'scores',
          dnsName: 'scores.example.net',
        },
        address: 'http://scores-az-1.gateway.svc.cluster.local',
      },
      'payments/fx-api is to call scores (scores.example.net) at az-1 from aws-1\nAddress: http://scores-az-1.gateway.svc.cluster.local',
    ],
    [
      'what is to go',
      {
        wish: {
          kind: 'target',
          change: 'remove',
          name: 'scores',
        },
        address: '',
      },
      'For payments/fx-api: all calls of scores at az-1 through the gateway are to end',
    ],
  ])('says of %s who calls what from where', (_, more, words) => {
    const one = untold({ state: 'pending' }, {}, more);
    expect(decideTelling(one, NOW)?.payload.description).toBe(
      `${words}\nAsked by Flo Berg: rates`,
    );
  });

  it('keeps titles to 50 characters, and what they say whole', () => {
    const name = (maxLength: number) =>
      fc.string({
        unit: fc.constantFrom(...'abcxyz0-'),
        minLength: 1,
        maxLength,
      });
    const states: RequestState[] = [
      'pending',
      'held',
      'approved',
      'succeeded',
      'rejected',
      'cancelled',
      'expired',
      'outdated',
      'superseded',
      'failed',
    ];
    fc.assert(
      fc.property(
        name(63),
        name(253),
        name(253),
        fc.constantFrom(...states),
        fc.constantFrom('add' as const, 'remove' as const),
        fc.option(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { nil: null }),
        (entry, cluster, other, state, change, superseded_by) => {
          const title = decideTelling(
            untold(
              { state, by: LEAD },
              { superseded_by },
              { wish: { name: entry, cluster, change }, failed: [other] },
            ),
            NOW,
          )!.payload.title;
          expect(title.length).toBeLessThanOrEqual(50);
          const ends = change === 'remove' ? 'end of access' : 'access';
          expect(title).toMatch(new RegExp(`^[A-Z][^…]*: ${ends} to .`));
          expect(entry.length > 12 || title.includes(entry)).toBe(true);
        },
      ),
    );
  });
});

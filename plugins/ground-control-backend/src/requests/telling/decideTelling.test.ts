import * as fc from 'fast-check';
import { RequestState } from '@ground-control/backstage-plugin-ground-control-common';
import { RequestClusterRow, RequestRow, StepRow } from '../types';
import { decideTelling, TOLD_WITHIN_MS } from './decideTelling';
import { UntoldStep } from './types';

const NOW = Date.parse('2026-03-02T15:05:00.000Z');
const LEAD = 'user:default/dee.park';
const REQUESTER = 'user:default/ana.ruiz';

function untold(
  step: Partial<StepRow>,
  request: Partial<RequestRow> = {},
  clusters: Partial<RequestClusterRow>[] = [],
): UntoldStep {
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
      cluster: null,
      told_at: null,
      ...step,
    },
    request: {
      number: 1042,
      kind: 'release',
      environment: 'prod',
      namespace: 'payments',
      service: 'ledger-api',
      artifact_id: 'master-1111111111-2222222222',
      requested_by: REQUESTER,
      requested_by_name: 'Ana Ruiz',
      reason: 'the fix',
      state: step.state ?? 'pending',
      expires_at: NOW + 3_600_000,
      superseded_by: null,
      revision: '4f2c1aa',
      ...request,
    } as RequestRow,
    clusters: clusters as RequestClusterRow[],
  };
}

const STATES: RequestState[] = [
  'pending',
  'held',
  'approved',
  'committed',
  'succeeded',
  'rejected',
  'cancelled',
  'expired',
  'outdated',
  'superseded',
  'failed',
];
const failed = (...names: string[]) =>
  names.map(cluster => ({ cluster, state: 'failed' as const }));

describe('decideTelling', () => {
  it.each<[string, UntoldStep, string, string, string, string[]]>([
    [
      'a decision',
      untold({ state: 'pending', by: REQUESTER }),
      'Decide: ledger-api → prod',
      'release.decision-needed',
      'high',
      ['deciders'],
    ],
    [
      'a decision, and how much it is',
      {
        ...untold({ state: 'pending' }),
        changes: { kind: 'commits', total: 3 },
      },
      'Decide: ledger-api → prod, 3 commits',
      'release.decision-needed',
      'high',
      ['deciders'],
    ],
    [
      'a decision on a long name, before how much it is',
      {
        ...untold({ state: 'pending' }, { service: 'x'.repeat(30) }),
        changes: { kind: 'builds', total: 1 },
      },
      `Decide: ${'x'.repeat(13)}…${'x'.repeat(12)} → prod, 1 build`,
      'release.decision-needed',
      'high',
      ['deciders'],
    ],
    [
      'a decision to go back, whatever that undoes',
      {
        ...untold({ state: 'pending' }, { intent: 'rollback' }),
        changes: { kind: 'commits', total: 3 },
      },
      'Decide: roll back ledger-api → prod',
      'release.decision-needed',
      'high',
      ['deciders'],
    ],
    [
      'that it expires',
      untold({ code: 'expiring' }),
      'Expires 16:05 UTC: ledger-api → prod',
      'release.expiring',
      'high',
      ['deciders', 'requester'],
    ],
    [
      'a reminder, and how much it is',
      {
        ...untold({ code: 'reminded', by: REQUESTER }, { state: 'pending' }),
        changes: { kind: 'commits', total: 3 },
      },
      'Still waits: ledger-api → prod, 3 commits',
      'release.reminder',
      'high',
      ['deciders'],
    ],
    [
      'an approval',
      untold({ state: 'approved', by: LEAD }),
      'Approved: ledger-api → prod',
      'release.decided',
      'normal',
      ['requester'],
    ],
    [
      'that somebody went over a block',
      untold({ state: 'approved', code: 'overridden', by: LEAD }),
      'Block overridden: ledger-api → prod',
      'release.overridden',
      'high',
      ['requester', 'leads', 'configured'],
    ],
    [
      'that somebody did, and the squad’s approval is missing still',
      untold({ code: 'block-overridden', by: LEAD }, { state: 'pending' }),
      'Block overridden: ledger-api → prod',
      'release.overridden',
      'high',
      ['requester', 'leads', 'configured'],
    ],
    [
      'a rejection',
      untold({ state: 'rejected', by: LEAD }),
      'Rejected: ledger-api → prod',
      'release.decided',
      'normal',
      ['requester'],
    ],
    [
      'that it is outdated',
      untold({ state: 'outdated' }),
      'Changed, ask again: ledger-api → prod',
      'release.refresh-needed',
      'normal',
      ['requester'],
    ],
    [
      'that it is superseded',
      untold({ state: 'superseded' }, { superseded_by: 1051 }),
      'Replaced by REQ-1051: ledger-api → prod',
      'release.superseded',
      'normal',
      ['requester'],
    ],
    [
      'that it is held',
      untold({ state: 'held' }),
      'Held: ledger-api → prod',
      'release.held',
      'normal',
      ['requester'],
    ],
    [
      'a failure in one cluster',
      untold({ state: 'failed' }, {}, failed('az-prod-1')),
      'Failed in az-prod-1: ledger-api',
      'release.failed',
      'critical',
      ['requester', 'decided', 'squad'],
    ],
    [
      'a failure in several',
      untold({ state: 'failed' }, {}, failed('az-prod-1', 'gcp-prod-1')),
      'Failed in prod: ledger-api',
      'release.failed',
      'critical',
      ['requester', 'decided', 'squad'],
    ],
    [
      'that it could not be written',
      untold({ state: 'failed' }, { revision: null }),
      'Not released: ledger-api → prod',
      'release.failed',
      'high',
      ['requester', 'decided', 'squad'],
    ],
    [
      'that it runs',
      untold({ state: 'succeeded', code: 'running' }),
      'Running: ledger-api → prod',
      'release.succeeded',
      'low',
      ['requester'],
    ],
    [
      'that nothing tells whether it runs',
      untold({ state: 'succeeded', code: 'no-clusters' }),
      'Committed: ledger-api → prod',
      'release.succeeded',
      'low',
      ['requester'],
    ],
  ])('tells %s', (_, one, title, topic, severity, to) => {
    expect(decideTelling(one, NOW)).toMatchObject({
      to,
      payload: {
        title,
        topic,
        severity,
        scope: 'REQ-1042',
        link: '/releases/requests/REQ-1042?from=notification',
      },
    });
  });

  const back = (
    step: Partial<StepRow>,
    request: Partial<RequestRow> = {},
    clusters: Partial<RequestClusterRow>[] = [],
  ) => untold(step, { intent: 'rollback', ...request }, clusters);
  const production = { environment: 'production', service: 'x'.repeat(30) };
  const cut = (from: number, to: number) =>
    `${'x'.repeat(from)}…${'x'.repeat(to)}`;

  it.each<[string, UntoldStep]>([
    [
      'Expires 16:05 UTC: roll back ledger-api → prod',
      back({ code: 'expiring' }),
    ],
    [
      `Expires: roll back ${cut(9, 8)} → production`,
      back({ code: 'expiring' }, production),
    ],
    [
      'Still waits: roll back ledger-api → prod',
      back({ code: 'reminded' }, { state: 'pending' }),
    ],
    [
      'Approved: roll back ledger-api → prod',
      back({ state: 'approved', by: LEAD }),
    ],
    [
      'Block overridden: roll back ledger-api → prod',
      back({ code: 'overridden', by: LEAD }),
    ],
    [
      `Overridden: roll back ${cut(7, 7)} → production`,
      back({ code: 'overridden', by: LEAD }, production),
    ],
    [
      'Rejected: roll back ledger-api → prod',
      back({ state: 'rejected', by: LEAD }),
    ],
    ['Expired: roll back ledger-api → prod', back({ state: 'expired' })],
    [
      'Replaced by REQ-1051: roll back ledger-api → prod',
      back({ state: 'superseded' }, { superseded_by: 1051 }),
    ],
    [
      'Rollback failed in az-prod-1: ledger-api',
      back({ state: 'failed' }, {}, failed('az-prod-1')),
    ],
    [
      'Not rolled back: ledger-api → prod',
      back({ state: 'failed' }, { revision: null }),
    ],
    [
      'Rolled back: ledger-api → prod',
      back({ state: 'succeeded', code: 'running' }),
    ],
    [
      'Committed: roll back ledger-api → prod',
      back({ state: 'succeeded', code: 'no-clusters' }),
    ],
  ])('says of a rollback that it is one: %s', (title, one) => {
    const { payload } = decideTelling(one, NOW)!;
    expect(payload.title).toBe(title);
    expect(payload.description).toMatch(/^Roll back \S+ in \S+ to master-1/);
  });

  it.each([
    [
      'where nobody had to decide',
      untold({ state: 'approved', by: REQUESTER }),
    ],
    [
      'when what held it has passed',
      untold({ state: 'approved', by: 'system:freeze' }),
    ],
    [
      'of what they did themselves',
      untold({ state: 'cancelled', by: REQUESTER }),
    ],
    ['of what is written and not there yet', untold({ state: 'committed' })],
    ['of a cluster alone', untold({ code: 'cluster-running' })],
    [
      'to decide what was decided',
      untold({ state: 'pending' }, { state: 'rejected' }),
    ],
    [
      'that what was decided expires',
      untold({ code: 'expiring' }, { state: 'approved' }),
    ],
    [
      'a reminder of what is decided by now',
      untold({ code: 'reminded' }, { state: 'approved' }),
    ],
    [
      'that it is held when it no longer is',
      untold({ state: 'held' }, { state: 'committed' }),
    ],
    [
      'what is a day old',
      untold({ state: 'failed', at: NOW - TOLD_WITHIN_MS }),
    ],
  ])('tells nobody %s', (_, one) => {
    expect(decideTelling(one, NOW)).toBeUndefined();
  });

  it('keeps titles to 50 characters, and environments whole', () => {
    const name = (maxLength: number) =>
      fc.string({
        unit: fc.constantFrom(...'abcxyz0-'),
        minLength: 1,
        maxLength,
      });
    fc.assert(
      fc.property(
        name(80),
        fc.oneof(name(20), name(80)),
        name(80),
        fc.constantFrom(...STATES),
        fc.option(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { nil: null }),
        fc.boolean(),
        fc.nat(),
        fc.constantFrom('release-artifact', 'rollback'),
        (
          service,
          environment,
          cluster,
          state,
          superseded_by,
          expiring,
          total,
          intent,
        ) => {
          const telling = decideTelling(
            {
              changes: { kind: 'commits', total },
              ...untold(
                expiring ? { code: 'expiring' } : { state, by: LEAD },
                {
                  service,
                  environment,
                  superseded_by,
                  intent,
                  ...(expiring && { state: 'pending' }),
                },
                failed(cluster),
              ),
            },
            NOW,
          );
          const title = telling?.payload.title ?? '';
          expect(title.length).toBeLessThanOrEqual(50);
          if (!telling || environment.length > 20) return;
          const places = state === 'failed' ? [environment, cluster] : [];
          expect(
            title.includes(` → ${environment}`) ||
              places.some(place =>
                title.toLowerCase().includes(`failed in ${place}: `),
              ),
          ).toBe(true);
          expect(/roll(ed)? ?back/i.test(title)).toBe(intent === 'rollback');
          expect(service.length > 5 || title.includes(service)).toBe(true);
        },
      ),
    );
  });
});

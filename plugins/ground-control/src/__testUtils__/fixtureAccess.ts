import {
  AccessPreview,
  AccessWish,
  AskForAccess,
  ReleaseRequestDetail,
} from '@ground-control/backstage-plugin-ground-control-common';
import { makeDetail, makeVerdict } from './makeRequest';

const PATH = 'backbone-gateway/shuttle.yaml';

/** What a wish for access comes to where nothing stands against it. */
export function previewAccess(wish: AccessWish, now: number): AccessPreview {
  const { cluster, from, kind, name, squad = 'squad-ledger' } = wish;
  const namespace = wish.namespace ?? 'backbone-gateway';
  const lines =
    kind === 'target'
      ? [
          `hostName: ${name}`,
          `dnsName: ${wish.dnsName ?? ''}`,
          `environment: ${cluster}`,
          `squad: ${squad}`,
        ]
      : [
          `service: ${name}`,
          `namespace: ${namespace}`,
          `cluster: ${cluster}`,
          `squad: ${squad}`,
          `port: ${wish.port ?? 80}`,
        ];
  const mark = wish.change === 'add' ? '+' : '-';
  const item = lines.map((line, i) => `${i === 0 ? '- ' : '  '}${line}`);
  return {
    asOf: new Date(now).toISOString(),
    wish,
    ask: { allowed: true },
    path: PATH,
    object: 'a'.repeat(40),
    entry: item.join('\n'),
    diff: {
      path: PATH,
      change: 'modified',
      added: mark === '+' ? lines.length : 0,
      removed: mark === '-' ? lines.length : 0,
      hunks: [
        {
          oldStart: 3,
          newStart: 3,
          lines: item.map(line => `${mark}  ${line}`),
        },
      ],
    },
    address: `http://${name}-${cluster}.${namespace}.svc.cluster.local`,
    links: from.map(one => ({
      from: one,
      to: cluster,
      state: 'normal',
      valueMs: 24,
      approximate: true,
    })),
    verdicts: [makeVerdict('entry', 'pass', { title: 'Entry is new' })],
    users: [],
    hiddenUsers: 0,
    requirement: {
      approvals: 1,
      platform: false,
      reason: `A lead of ${squad} decides, whose entry it is.`,
    },
    squad: `group:default/${squad}`,
    deciders: [
      { entityRef: 'user:default/dee.park', name: 'Dee Park', role: 'lead' },
    ],
  };
}

/** A wish of `ledger-api-0` to call a resource in another cloud. */
export const WISH: AccessWish = {
  kind: 'target',
  change: 'add',
  service: { namespace: 'ledger', name: 'ledger-api-0' },
  name: 'credit-bureau',
  cluster: 'gcp-prod-1',
  from: ['aws-prod-1'],
  dnsName: 'credit-bureau.example.com',
};

type Part = Parameters<typeof makeDetail>[1];

/** A request for access that the reader may decide, and all that is needed for that. */
export function makeAccessDetail(
  now: number,
  ask: Omit<AskForAccess, 'idempotencyKey'> = { wish: WISH },
  part: Part = {},
): ReleaseRequestDetail {
  const { wish, reason } = ask;
  const { address, entry, path, ...preview } = previewAccess(wish, now);
  const { cluster, kind, name, service } = wish;
  return makeDetail(now, {
    verdicts: preview.verdicts,
    deciders: preview.deciders,
    changes: { kind: 'unknown', items: [] },
    targetClusters: wish.from,
    access: { links: preview.links, users: [], hiddenUsers: 0 },
    ...part,
    request: {
      id: 'REQ-1050',
      service,
      intent: `access-${wish.change}`,
      access: {
        wish,
        entryId: `${kind} ${name} ${cluster}`,
        path,
        entry,
        address,
      },
      artifactId: '',
      fromEnvironment: undefined,
      replaces: undefined,
      changeCount: null,
      requirement: preview.requirement,
      reason,
      ...part.request,
    },
  });
}

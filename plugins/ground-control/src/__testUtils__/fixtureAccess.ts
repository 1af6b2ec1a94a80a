import {
  AccessPreview,
  AccessWish,
} from '@ground-control/backstage-plugin-ground-control-common';
import { makeVerdict } from './makeRequest';

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

import {
  ListedAuditEntry,
  ReleaseRequest,
  ReleaseRequestDetail,
  Verdict,
  VerdictLevel,
} from '@ground-control/backstage-plugin-ground-control-common';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A verdict: all is well unless told otherwise. */
export function makeVerdict(
  policy: string,
  level: VerdictLevel = 'pass',
  part: Partial<Verdict> = {},
): Verdict {
  return {
    policy,
    level,
    title: `Title of ${policy}`,
    reason: `Reason of ${policy}.`,
    rule: {
      file: 'ground-control.yaml',
      line: 7,
      text: `${policy}: 1h`,
      keptBy: 'platform',
    },
    ...(level !== 'pass' && { remedy: `Remedy of ${policy}.` }),
    momentary: policy === 'freeze' || policy === 'soak',
    overridable: true,
    ...part,
  };
}

/** A request of Ana's for prod that the reader may decide. */
export function makeRequest(
  now: number,
  part: Partial<ReleaseRequest> = {},
): ReleaseRequest {
  const verdicts = [
    'branch',
    'soak',
    'tests',
    'vulnerabilities',
    'freeze',
    'owner',
  ].map(policy => makeVerdict(policy));
  return {
    id: 'REQ-1042',
    service: { namespace: 'ledger', name: 'ledger-api-0' },
    environment: 'prod',
    squad: 'group:default/ledger',
    squadTitle: 'squad-ledger',
    intent: 'promote',
    artifactId: 'master-1a2b3c4d5e-77aa01bb22',
    fromEnvironment: 'staging',
    replaces: {
      artifactId: 'master-9f8e7d6c5b-77aa01bb22',
      position: 812,
      releasedAt: new Date(now - 52 * HOUR).toISOString(),
    },
    changeCount: { kind: 'commits', total: 3, undoes: false },
    requestedBy: { entityRef: 'user:default/ana.ruiz', name: 'Ana Ruiz' },
    requestedAt: new Date(now - 4 * MINUTE).toISOString(),
    expiresAt: new Date(now + 24 * HOUR - 4 * MINUTE).toISOString(),
    state: 'pending',
    since: new Date(now - 4 * MINUTE).toISOString(),
    code: 'asked',
    requirement: {
      approvals: 1,
      platform: false,
      reason: 'prod asks for one lead (ground-control.yaml, line 3).',
    },
    decisions: [],
    verdicts,
    override: false,
    clusters: [],
    mayDecide: true,
    ...part,
  };
}

/** All that is needed to decide {@link makeRequest}. */
export function makeDetail(
  now: number,
  part: Partial<Omit<ReleaseRequestDetail, 'request'>> & {
    request?: Partial<ReleaseRequest>;
  } = {},
): ReleaseRequestDetail {
  const { request: requestPart, ...rest } = part;
  const request = makeRequest(now, {
    ...(rest.verdicts && { verdicts: rest.verdicts }),
    ...requestPart,
  });
  const pending = request.state === 'pending';
  const state = {
    allowed: false as const,
    code: 'state',
    message: 'It waits for no decision.',
  };
  return {
    asOf: new Date(now).toISOString(),
    request,
    verdicts: request.verdicts,
    evidence: 'evidence-1',
    changed: [],
    deciders: [
      {
        entityRef: 'user:default/dee.park',
        name: 'Dee Park',
        role: 'lead',
      },
      { entityRef: 'user:default/eli.voss', role: 'lead' },
    ],
    changes: {
      kind: 'commits',
      total: 3,
      items: [
        {
          commit: `1a2b3c4d5e${'0'.repeat(30)}`,
          message: 'Fix rounding in interest accrual\n\nMore.',
          author: 'Bo Lind',
          at: new Date(now - 5 * HOUR).toISOString(),
          url: 'https://git.example.com/ledger-api/commit/1a2b3c4d5e',
        },
        {
          commit: `77ce0127aa${'0'.repeat(30)}`,
          message: 'Add index on postings(account_id)',
          author: 'Ana Ruiz',
          at: new Date(now - 26 * HOUR).toISOString(),
        },
        {
          commit: `0bd8812bbb${'0'.repeat(30)}`,
          message: 'Bump client to 4.2',
          author: 'Ana Ruiz',
          at: new Date(now - 27 * HOUR).toISOString(),
        },
      ],
    },
    others: [],
    otherRequests: [],
    targetClusters: ['aws-prod-1', 'az-prod-1', 'gcp-prod-1'],
    timeline: [
      {
        at: request.requestedAt,
        state: 'pending',
        code: 'asked',
        by: request.requestedBy,
      },
    ],
    approve: pending ? { allowed: true } : state,
    reject: pending ? { allowed: true } : state,
    cancel: {
      allowed: false,
      code: 'permission',
      message: 'Only Ana Ruiz can cancel it.',
    },
    override: {
      allowed: false,
      code: 'state',
      message: 'Nothing blocks it.',
    },
    remind: pending ? { allowed: true } : state,
    ...rest,
  };
}

/** An entry of the audit trail. */
export function makeEntry(
  sequence: number,
  part: Partial<ListedAuditEntry> = {},
): ListedAuditEntry {
  return {
    sequence,
    at: new Date(
      Date.parse('2026-11-20T10:00:00.000Z') + sequence * MINUTE,
    ).toISOString(),
    actor: 'user:default/ana.ruiz',
    action: 'request.asked',
    environment: 'prod',
    service: { namespace: 'ledger', name: 'ledger-api-0' },
    request: 'REQ-1042',
    details: {},
    previousHash: '0'.repeat(64),
    hash: String(sequence).padStart(10, 'a').padEnd(64, 'b'),
    source: 'portal',
    signature: null,
    ...part,
  };
}

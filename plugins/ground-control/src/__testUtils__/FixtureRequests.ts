import {
  AuditPage,
  AuditQuery,
  AuditVerification,
  DecideRequest,
  ListedAuditEntry,
  OverrideRequest,
  ReleaseRequest,
  ReleaseRequestDetail,
  RequestDiff,
  RequestPage,
  RequestQuery,
} from '@ground-control/backstage-plugin-ground-control-common';
import { makeDetail, makeEntry, makeVerdict } from './makeRequest';

const READER = { entityRef: 'user:default/guest', name: 'Dee Park' };

/** An error as the client makes it of a refusing response. */
export function makeRefusal(statusCode: number, message: string): Error {
  return Object.assign(new Error(message), {
    statusCode,
    cause: { message },
  });
}

/** Requests and the audit trail of a backend in memory. */
export class FixtureRequests {
  details: ReleaseRequestDetail[];
  entries: ListedAuditEntry[];
  diff: RequestDiff = {
    unchangedFiles: 5,
    files: [
      {
        path: '40-deployment.yaml',
        change: 'modified',
        added: 3,
        removed: 2,
        hunks: [
          {
            oldStart: 10,
            newStart: 10,
            lines: [
              '-  image: reg/ledger-api:9f8e7d6c5b',
              '+  image: reg/ledger-api:1a2b3c4d5e',
              '-  memory: 512Mi',
              '+  memory: 768Mi',
              '+  LEDGER_INDEX: "on"',
            ],
          },
        ],
      },
    ],
  };

  constructor(private readonly now: number) {
    const service = (name: string) => ({ namespace: 'ledger', name });
    this.details = [
      makeDetail(now),
      makeDetail(now, {
        request: { id: 'REQ-1043', service: service('ledger-worker-9') },
        verdicts: [
          makeVerdict('branch'),
          makeVerdict('soak', 'warning', { title: 'Soaked 20 min' }),
          makeVerdict('tests'),
          makeVerdict('vulnerabilities', 'warning', {
            title: '1 new high vulnerability',
          }),
          makeVerdict('freeze'),
          makeVerdict('owner'),
        ],
      }),
      makeDetail(now, {
        request: {
          id: 'REQ-1044',
          service: service('ledger-sync-3'),
          mayDecide: false,
          requestedBy: READER,
        },
        approve: {
          allowed: false,
          code: 'requester',
          message:
            'You asked for this release, so you cannot approve it. Eli Voss can.',
        },
        reject: {
          allowed: false,
          code: 'requester',
          message: 'You asked for this release. You can cancel it.',
        },
        cancel: { allowed: true },
      }),
      makeDetail(now, {
        request: {
          id: 'REQ-1040',
          service: service('ledger-store-4'),
          state: 'committed',
          mayDecide: false,
          commit: { revision: '4f2c1aa'.padEnd(40, '0'), position: 9001 },
          decisions: [
            {
              by: { entityRef: 'user:default/eli.voss', name: 'Eli Voss' },
              decision: 'approve',
              role: 'lead',
              at: new Date(now - 90_000).toISOString(),
              accepted: [],
            },
          ],
          clusters: (['running', 'arrived', 'waiting'] as const).map(
            (state, i) => ({
              cluster: ['aws-prod-1', 'az-prod-1', 'gcp-prod-1'][i],
              state,
              since: new Date(now - 30_000).toISOString(),
            }),
          ),
        },
        timeline: ['asked', 'approved', 'committed'].map((code, i) => ({
          at: new Date(now - (3 - i) * 60_000).toISOString(),
          code,
        })),
      }),
    ];
    this.entries = Array.from({ length: 60 }, (_, i) =>
      makeEntry(60 - i, {
        action: i % 9 === 4 ? 'request.overridden' : 'request.approved',
        details: { comment: `Comment ${60 - i}` },
      }),
    );
  }

  private isIn(status: RequestQuery['status'], request: ReleaseRequest) {
    const open = ['pending', 'held', 'approved'].includes(request.state);
    const mine = request.requestedBy.entityRef === READER.entityRef;
    switch (status) {
      case 'waiting':
        return open && request.mayDecide;
      case 'others':
        return open && !request.mayDecide;
      case 'mine':
        return mine;
      case 'decided':
        return !open;
      default:
        return true;
    }
  }

  list(query: RequestQuery): RequestPage {
    const all = this.details.map(({ request }) => request);
    const urgencyOf = ({ expiresAt = '9999' }: ReleaseRequest) => {
      const end = Date.parse(expiresAt);
      return end <= this.now + 3_600_000 ? end : Number.MAX_SAFE_INTEGER;
    };
    const countOf = (status: RequestQuery['status']) =>
      all.filter(request => this.isIn(status, request)).length;
    return {
      asOf: new Date(this.now).toISOString(),
      items: all
        .filter(request => this.isIn(query.status, request))
        .filter(
          ({ environment }) =>
            !query.environments || query.environments.includes(environment),
        )
        .filter(
          ({ squad }) =>
            !Array.isArray(query.squad) || query.squad.includes(squad ?? ''),
        )
        .filter(
          ({ access, service }) =>
            !query.service ||
            [service, access?.wish.service].some(
              one => one?.name === query.service?.name,
            ),
        )
        .sort((a, b) =>
          query.status === 'waiting' ? urgencyOf(a) - urgencyOf(b) : 0,
        )
        .slice(0, query.limit),
      counts: {
        waiting: countOf('waiting'),
        others: countOf('others'),
        mine: countOf('mine'),
      },
    };
  }

  read(id: string): ReleaseRequestDetail {
    const found = this.details.find(({ request }) => request.id === id);
    if (!found) throw makeRefusal(404, `There is no request ${id}`);
    return found;
  }

  /** Replaces one in its place, or adds it at the end. */
  put(detail: ReleaseRequestDetail): ReleaseRequestDetail {
    const { id } = detail.request;
    const at = this.details.findIndex(({ request }) => request.id === id);
    this.details = [...this.details];
    this.details[at < 0 ? this.details.length : at] = detail;
    return detail;
  }

  private end(
    id: string,
    part: Partial<ReleaseRequest> & Pick<ReleaseRequest, 'state'>,
  ): ReleaseRequestDetail {
    const before = this.read(id);
    return this.put(
      makeDetail(this.now, {
        verdicts: before.verdicts,
        request: { ...before.request, mayDecide: false, ...part },
        timeline: [
          ...before.timeline,
          {
            at: new Date(this.now).toISOString(),
            code: part.state,
            state: part.state,
            by: READER,
          },
        ],
      }),
    );
  }

  decide(id: string, decision: DecideRequest): ReleaseRequestDetail {
    if (decision.evidence !== this.read(id).evidence) {
      throw makeRefusal(409, 'prod is now 77ce012.');
    }
    const approved = decision.decision === 'approve';
    return this.end(id, {
      state: approved ? 'approved' : 'rejected',
      decisions: [
        {
          by: READER,
          decision: decision.decision,
          role: 'lead',
          at: new Date(this.now).toISOString(),
          comment: decision.comment,
          accepted: (decision.accepted ?? []).map(({ reason }) => reason),
        },
      ],
    });
  }

  override(
    id: string,
    { reason, accepted = [] }: OverrideRequest,
  ): ReleaseRequestDetail {
    return this.end(id, {
      state: 'approved',
      override: true,
      decisions: [
        {
          by: READER,
          decision: 'override',
          role: 'lead',
          at: new Date(this.now).toISOString(),
          comment: reason,
          accepted: accepted.map(one => one.reason),
        },
      ],
    });
  }

  cancel(id: string): ReleaseRequestDetail {
    return this.end(id, { state: 'cancelled' });
  }

  remind(id: string): ReleaseRequestDetail {
    const before = this.read(id);
    return this.put({
      ...before,
      timeline: [
        ...before.timeline,
        {
          at: new Date(this.now).toISOString(),
          code: 'reminded',
          by: READER,
        },
      ],
      remind: {
        allowed: false,
        code: 'too-soon',
        message: 'They were reminded just now.',
      },
    });
  }

  repeat(id: string): ReleaseRequestDetail {
    const { request } = this.read(id);
    return this.put(
      makeDetail(this.now, {
        request: {
          service: request.service,
          environment: request.environment,
          id: `REQ-${1100 + this.details.length}`,
        },
      }),
    );
  }

  audit(query: AuditQuery): AuditPage {
    const matching = this.entries.filter(
      entry =>
        (!query.actions || query.actions.includes(entry.action)) &&
        (!query.actor || entry.actor.includes(query.actor)) &&
        (!query.request || entry.request === query.request) &&
        (!query.before || entry.sequence < query.before),
    );
    const items = matching.slice(0, query.limit ?? 50);
    return {
      asOf: new Date(this.now).toISOString(),
      items,
      ...(matching.length > items.length && {
        next: items[items.length - 1].sequence,
      }),
    };
  }

  verify(): AuditVerification {
    return {
      asOf: new Date(this.now).toISOString(),
      entries: this.entries.length,
      heads: 12,
      faults: [],
    };
  }
}

import {
  Artifact,
  AskForReleases,
  formatServiceRef,
  Release,
  ReleaseCandidate,
  ReleaseChoices,
  ReleaseRequest,
  ReleaseRequestDetail,
  ReleaseWish,
  RequestPage,
  RequestPreview,
  RequestQuery,
  RollbackCandidate,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { FixtureApi } from '../../__testUtils__/FixtureApi';
import { FixtureOptions } from '../../__testUtils__/fixtureBoard';

const HOUR = 3_600;
const PERSON = { entityRef: 'user:default/ana.ruiz', name: 'Ana Ruiz' };
const LEADS = [
  {
    entityRef: 'user:default/dee.park',
    name: 'Dee Park',
    role: 'lead' as const,
  },
  { entityRef: 'user:default/eli.voss', role: 'lead' as const },
];

/** An artifact whose id ends in ten times the digit. */
export function makeArtifact(
  digit: number,
  part: Partial<Artifact> = {},
): Artifact {
  const commit = `${digit}`.repeat(40);
  return {
    id: `master-${commit.slice(0, 10)}-${commit.slice(0, 10)}`,
    service: 'ledger-api-0',
    namespace: 'ledger',
    branch: 'master',
    commit,
    message: `Change number ${digit}\n\nMore.`,
    author: { name: 'Bo Lind', email: 'bo@example.com' },
    builtAt: '2026-11-20T10:00:00.000Z',
    tests: { passed: 412, failed: 0, skipped: 3 },
    vulnerabilities: { image: { high: 0, medium: 1, low: 0 } },
    images: [],
    ...part,
  };
}

export function makeCandidate(
  digit: number,
  part: Partial<Omit<ReleaseCandidate, 'artifact'>> & {
    artifact?: Partial<Artifact>;
  } = {},
): ReleaseCandidate {
  const { artifact, ...rest } = part;
  return {
    artifact: makeArtifact(digit, artifact),
    runsIn: [],
    stored: true,
    recommended: false,
    ...rest,
  };
}

export function makeRelease(
  digit: number,
  environment: string,
  now: number,
): Release {
  return {
    service: { namespace: 'ledger', name: 'ledger-api-0' },
    environment,
    position: 100 + digit,
    revision: `${digit}`.repeat(40),
    releasedAt: new Date(now - digit * HOUR * 1000).toISOString(),
    replacedAt:
      digit === 9
        ? undefined
        : new Date(now - (digit - 1) * HOUR * 1000).toISOString(),
    intent: 'promote',
    artifact: makeArtifact(digit),
    problems: [],
  };
}

/** A backend whose answers about requests a test sets, and which keeps what it was asked. */
export class AskFixtureApi extends FixtureApi {
  readonly wished: ReleaseWish[][] = [];
  readonly askedFor: AskForReleases[] = [];
  readonly requests: ReleaseRequest[] = [];
  choices: Partial<ReleaseChoices> = {};
  preview: Partial<RequestPreview> = {};
  deciders = LEADS;

  constructor(options: FixtureOptions = {}) {
    super({ now: Date.now(), ...options });
  }

  rollbackOf(
    digit: number,
    part: Partial<RollbackCandidate> = {},
  ): RollbackCandidate {
    return {
      release: makeRelease(digit, 'prod', this.now),
      recommended: false,
      ...part,
    };
  }

  async getReleaseChoices(
    _service: ServiceRef,
    environment: string,
  ): Promise<ReleaseChoices> {
    return {
      asOf: this.board.asOf,
      current: makeRelease(9, environment, this.now),
      candidates: [
        makeCandidate(3, {
          artifact: { branch: 'feature/x', message: 'Try another index' },
        }),
        makeCandidate(1, { runsIn: ['staging'], recommended: true }),
        makeCandidate(2, { stored: false }),
      ],
      rollbacks: [
        this.rollbackOf(8, { healthyForSeconds: 0 }),
        this.rollbackOf(7, {
          healthyForSeconds: 52 * HOUR,
          recommended: true,
        }),
        this.rollbackOf(6),
      ],
      branches: ['master', 'feature/x'],
      ...(environment !== 'dev' && {
        promotesFrom: environment === 'prod' ? 'staging' : 'dev',
      }),
      ask: { allowed: true },
      ...this.choices,
    };
  }

  async previewRequests(wishes: ReleaseWish[]): Promise<RequestPreview[]> {
    this.wished.push(wishes);
    return wishes.map(wish => ({
      wish,
      ask: { allowed: true },
      artifactId: makeArtifact(1).id,
      verdicts: [
        {
          policy: 'branch',
          level: 'pass',
          title: 'Branch master',
          reason: 'master may go to prod.',
          momentary: false,
          overridable: true,
        },
        {
          policy: 'soak',
          level: 'warning',
          title: 'Soaked 20 min',
          reason: 'It ran for 20 min in staging, and 30 min are wanted.',
          momentary: true,
          overridable: true,
        },
      ],
      requirement: {
        approvals: 1,
        platform: false,
        reason: 'prod asks for one lead (ground-control.yaml).',
      },
      waitsFor: 'approval',
      deciders: this.deciders,
      changes: {
        kind: 'commits',
        total: 2,
        items: [
          { commit: 'a'.repeat(40), message: 'Fix rounding', author: 'Bo' },
          { commit: 'b'.repeat(40), message: 'Add an index', author: 'Ana' },
        ],
      },
      diff: {
        unchangedFiles: 3,
        files: [
          {
            path: 'deployment.yaml',
            change: 'modified',
            added: 3,
            removed: 2,
            hunks: [
              { oldStart: 1, newStart: 1, lines: ['-old: 1', '+new: 2'] },
            ],
          },
        ],
      },
      targetClusters: ['aws-prod-1', 'az-prod-1'],
      supersedes: [],
      ...this.preview,
    }));
  }

  async askForReleases(ask: AskForReleases): Promise<ReleaseRequest[]> {
    this.askedFor.push(ask);
    const asked = ask.wishes.map((wish, i) =>
      this.makeRequest({
        id: `REQ-${1042 + this.requests.length + i}`,
        service: wish.service,
        environment: wish.environment,
        intent: wish.intent,
        reason: ask.reason,
      }),
    );
    this.requests.push(...asked);
    return asked;
  }

  makeRequest(part: Partial<ReleaseRequest> = {}): ReleaseRequest {
    return {
      id: 'REQ-1042',
      service: { namespace: 'ledger', name: 'ledger-api-0' },
      environment: 'prod',
      intent: 'promote',
      artifactId: makeArtifact(1).id,
      changeCount: null,
      requestedBy: PERSON,
      requestedAt: new Date(this.now - 4 * 60_000).toISOString(),
      state: 'pending',
      since: new Date(this.now).toISOString(),
      code: 'asked',
      requirement: { approvals: 1, platform: false, reason: 'prod' },
      decisions: [],
      verdicts: [],
      override: false,
      clusters: [],
      mayDecide: false,
      ...part,
    };
  }

  async getRequests(query: RequestQuery): Promise<RequestPage> {
    const { service } = query;
    return {
      asOf: this.board.asOf,
      items: this.requests.filter(
        one =>
          !service ||
          formatServiceRef(one.service) === formatServiceRef(service),
      ),
      counts: { waiting: 0, others: 0, mine: 0 },
    };
  }

  async getRequest(id: string): Promise<ReleaseRequestDetail> {
    return {
      asOf: this.board.asOf,
      request: this.requests.find(one => one.id === id)!,
      verdicts: [],
      evidence: '',
      changed: [],
      deciders: this.deciders,
      changes: { kind: 'unknown', items: [] },
      others: [],
      otherRequests: [],
      targetClusters: [],
      timeline: [],
      approve: { allowed: true },
      reject: { allowed: true },
      cancel: { allowed: true },
      override: { allowed: true },
      remind: { allowed: true },
    };
  }
}

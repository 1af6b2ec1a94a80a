import { ActivityKind, ActivityPage } from './activity';
import { AuditPage, AuditQuery, AuditVerification } from './audit';
import { Board, decodeBoard, EncodedBoard } from './board';
import { ClusterDetail, ClusterList } from './cluster';
import { CommitSearchResult } from './commitSearch';
import { AccessPreview, AccessWish, AskForAccess } from './linkAccess';
import {
  GatewayEntries,
  GatewayEntriesQuery,
  LinkCalls,
  LinkCallsQuery,
} from './linkFacts';
import { decodeLinkMatrix, EncodedLinkMatrix } from './linkMatrix';
import { LinkMatrix, LinkPair, LinkQuery } from './links';
import { ManifestDiff } from './manifestDiff';
import {
  ChangePolicies,
  Policies,
  PolicyChanged,
  PolicyEdit,
  PolicyPreview,
  PolicySubject,
} from './policies';
import { ProblemList, ProblemQuery } from './problem';
import { ReleasePage, ServiceDetail } from './release';
import {
  CandidatePage,
  CandidateQuery,
  ReleaseChoices,
  RollbackPage,
} from './releaseChoices';
import {
  ReleaseRequest,
  ReleaseWish,
  RequestPage,
  RequestQuery,
} from './request';
import {
  ReleaseRequestDetail,
  RequestDiff,
  RequestPreview,
} from './requestDetail';
import { AskForReleases, DecideRequest, OverrideRequest } from './requestForms';
import { RepositoryStatus } from './repositoryStatus';
import { formatServicePath, ServiceRef } from './serviceRef';

/** Names one release of a service. @public */
export interface ReleaseId {
  environment: string;
  position: number;
}

/** Which services a board shows. @public */
export interface BoardQuery {
  /** `mine`, `all`, or entity refs of Groups. */
  squad?: 'mine' | 'all' | string[];
  /** Entity ref of a Component: that service alone. */
  entity?: string;
}

/** Which commits an activity page shows. @public */
export interface ActivityQuery {
  kinds?: ActivityKind[];
  squad?: 'mine' | 'all' | string[];
  environments?: string[];
  service?: ServiceRef;
  /** A part of the title, artifact id or person's name, without regard to case. */
  text?: string;
  before?: string;
  /** 1 to 200, 50 by default. */
  limit?: number;
}

/**
 * The HTTP API of Ground Control's backend. Every method rejects with a
 * `ResponseError` of `@backstage/errors` shape when the backend refuses, and
 * with the given signal's reason when it is aborted.
 *
 * @public
 */
export interface GroundControlApi {
  getBoard(query: BoardQuery, signal?: AbortSignal): Promise<Board>;
  getService(service: ServiceRef, signal?: AbortSignal): Promise<ServiceDetail>;
  getReleases(
    service: ServiceRef,
    query: { environment?: string; before?: string; limit?: number },
    signal?: AbortSignal,
  ): Promise<ReleasePage>;
  getManifestDiff(
    service: ServiceRef,
    from: ReleaseId,
    to: ReleaseId,
    signal?: AbortSignal,
  ): Promise<ManifestDiff>;
  getActivity(
    query: ActivityQuery,
    signal?: AbortSignal,
  ): Promise<ActivityPage>;
  findCommit(query: string, signal?: AbortSignal): Promise<CommitSearchResult>;
  getProblems(query: ProblemQuery, signal?: AbortSignal): Promise<ProblemList>;
  getRepositoryStatus(signal?: AbortSignal): Promise<RepositoryStatus>;
  getClusters(signal?: AbortSignal): Promise<ClusterList>;
  getCluster(name: string, signal?: AbortSignal): Promise<ClusterDetail>;
  getLinkMatrix(query: LinkQuery, signal?: AbortSignal): Promise<LinkMatrix>;
  getLinkPair(
    query: LinkQuery & { from: string; to: string },
    signal?: AbortSignal,
  ): Promise<LinkPair>;
  getLinkCalls(query: LinkCallsQuery, signal?: AbortSignal): Promise<LinkCalls>;
  getGatewayEntries(
    query: GatewayEntriesQuery,
    signal?: AbortSignal,
  ): Promise<GatewayEntries>;
  /** What a wish for access through the gateway would come to; nothing is written. */
  previewAccess(wish: AccessWish, signal?: AbortSignal): Promise<AccessPreview>;
  askForAccess(ask: AskForAccess): Promise<ReleaseRequest>;
  getReleaseChoices(
    service: ServiceRef,
    environment: string,
    signal?: AbortSignal,
  ): Promise<ReleaseChoices>;
  getReleaseCandidates(
    service: ServiceRef,
    query: CandidateQuery,
    signal?: AbortSignal,
  ): Promise<CandidatePage>;
  getRollbackCandidates(
    service: ServiceRef,
    query: { environment: string; before?: string },
    signal?: AbortSignal,
  ): Promise<RollbackPage>;
  previewRequests(
    wishes: ReleaseWish[],
    signal?: AbortSignal,
  ): Promise<RequestPreview[]>;
  askForReleases(ask: AskForReleases): Promise<ReleaseRequest[]>;
  getRequests(query: RequestQuery, signal?: AbortSignal): Promise<RequestPage>;
  getRequest(id: string, signal?: AbortSignal): Promise<ReleaseRequestDetail>;
  getRequestDiff(id: string, signal?: AbortSignal): Promise<RequestDiff>;
  decideRequest(
    id: string,
    decision: DecideRequest,
  ): Promise<ReleaseRequestDetail>;
  overrideRequest(
    id: string,
    override: OverrideRequest,
  ): Promise<ReleaseRequestDetail>;
  cancelRequest(id: string): Promise<ReleaseRequestDetail>;
  /** Reminds those who may decide; at most once in 30 minutes. */
  remindRequest(id: string): Promise<ReleaseRequestDetail>;
  /** Asks for the same again, judged anew. */
  repeatRequest(
    id: string,
    idempotencyKey: string,
  ): Promise<ReleaseRequestDetail>;
  getPolicies(subject: PolicySubject, signal?: AbortSignal): Promise<Policies>;
  /** Changes nothing. */
  previewPolicies(
    change: PolicyEdit,
    signal?: AbortSignal,
  ): Promise<PolicyPreview>;
  changePolicies(change: ChangePolicies): Promise<PolicyChanged>;
  getAudit(query: AuditQuery, signal?: AbortSignal): Promise<AuditPage>;
  verifyAudit(signal?: AbortSignal): Promise<AuditVerification>;
}

/** What the client needs to reach the backend. @public */
export interface GroundControlClientOptions {
  /** Fetches `plugin://` URLs or, with `baseUrl`, absolute ones. */
  fetchApi: { fetch: typeof fetch };
  /** Of the plugin's API; `plugin://ground-control` by default. */
  baseUrl?: string;
  /** Makes an error of a refusing response. */
  toError(response: Response): Promise<Error>;
  /** Milliseconds until a request is given up; 8,000 by default. */
  timeoutMs?: number;
}

/** A service as two parameters of a query. */
function nameService(service?: ServiceRef) {
  return { namespace: service?.namespace, service: service?.name };
}

function formatRequestPath(id: string): string {
  return `/v1/requests/${encodeURIComponent(id)}`;
}

function formatReleaseId(id: ReleaseId): string {
  return `${id.environment}@${id.position}`;
}

/**
 * Speaks the HTTP API; the same in a browser and in Node.
 *
 * @public
 */
export class GroundControlClient implements GroundControlApi {
  constructor(private readonly options: GroundControlClientOptions) {}

  async getBoard(query: BoardQuery, signal?: AbortSignal): Promise<Board> {
    const encoded = await this.get<EncodedBoard>(
      '/v1/board',
      { ...query },
      signal,
    );
    return decodeBoard(encoded);
  }

  getService(service: ServiceRef, signal?: AbortSignal) {
    return this.get<ServiceDetail>(
      `/v1/services/${formatServicePath(service)}`,
      {},
      signal,
    );
  }

  getReleases(
    service: ServiceRef,
    query: { environment?: string; before?: string; limit?: number },
    signal?: AbortSignal,
  ) {
    return this.get<ReleasePage>(
      `/v1/services/${formatServicePath(service)}/releases`,
      query,
      signal,
    );
  }

  getManifestDiff(
    service: ServiceRef,
    from: ReleaseId,
    to: ReleaseId,
    signal?: AbortSignal,
  ) {
    return this.get<ManifestDiff>(
      `/v1/services/${formatServicePath(service)}/diff`,
      { from: formatReleaseId(from), to: formatReleaseId(to) },
      signal,
    );
  }

  getActivity(query: ActivityQuery, signal?: AbortSignal) {
    return this.get<ActivityPage>(
      '/v1/activity',
      { ...query, ...nameService(query.service) },
      signal,
    );
  }

  findCommit(query: string, signal?: AbortSignal) {
    return this.get<CommitSearchResult>('/v1/commits', { q: query }, signal);
  }

  getProblems(query: ProblemQuery, signal?: AbortSignal) {
    return this.get<ProblemList>('/v1/problems', { ...query }, signal);
  }

  getRepositoryStatus(signal?: AbortSignal) {
    return this.get<RepositoryStatus>('/v1/repository', {}, signal);
  }

  getClusters(signal?: AbortSignal) {
    return this.get<ClusterList>('/v1/clusters', {}, signal);
  }

  getCluster(name: string, signal?: AbortSignal) {
    return this.get<ClusterDetail>(
      `/v1/clusters/${encodeURIComponent(name)}`,
      {},
      signal,
    );
  }

  async getLinkMatrix(query: LinkQuery, signal?: AbortSignal) {
    const { window, percentile } = query;
    const encoded = await this.get<EncodedLinkMatrix>(
      '/v1/links',
      { window, percentile },
      signal,
    );
    return decodeLinkMatrix(encoded);
  }

  getLinkPair(
    query: LinkQuery & { from: string; to: string },
    signal?: AbortSignal,
  ) {
    const { from, to, window, percentile } = query;
    return this.get<LinkPair>(
      `/v1/links/${encodeURIComponent(from)}/${encodeURIComponent(to)}`,
      { window, percentile },
      signal,
    );
  }

  getLinkCalls(query: LinkCallsQuery, signal?: AbortSignal) {
    return this.get<LinkCalls>('/v1/link-calls', { ...query }, signal);
  }

  getGatewayEntries(query: GatewayEntriesQuery, signal?: AbortSignal) {
    return this.get<GatewayEntries>(
      '/v1/gateway-entries',
      { ...query },
      signal,
    );
  }

  previewAccess(wish: AccessWish, signal?: AbortSignal) {
    return this.post<AccessPreview>(
      '/v1/gateway-entries/preview',
      { wish },
      signal,
    );
  }

  askForAccess(ask: AskForAccess) {
    return this.post<ReleaseRequest>('/v1/gateway-entries/requests', ask);
  }

  getReleaseChoices(
    service: ServiceRef,
    environment: string,
    signal?: AbortSignal,
  ) {
    return this.get<ReleaseChoices>(
      `/v1/services/${formatServicePath(service)}/choices`,
      { environment },
      signal,
    );
  }

  getReleaseCandidates(
    service: ServiceRef,
    query: CandidateQuery,
    signal?: AbortSignal,
  ) {
    return this.get<CandidatePage>(
      `/v1/services/${formatServicePath(service)}/choices/candidates`,
      { ...query },
      signal,
    );
  }

  getRollbackCandidates(
    service: ServiceRef,
    query: { environment: string; before?: string },
    signal?: AbortSignal,
  ) {
    return this.get<RollbackPage>(
      `/v1/services/${formatServicePath(service)}/choices/rollbacks`,
      query,
      signal,
    );
  }

  previewRequests(wishes: ReleaseWish[], signal?: AbortSignal) {
    return this.post<RequestPreview[]>(
      '/v1/requests/preview',
      { wishes },
      signal,
    );
  }

  askForReleases(ask: AskForReleases) {
    return this.post<ReleaseRequest[]>('/v1/requests', ask);
  }

  getRequests(query: RequestQuery, signal?: AbortSignal) {
    return this.get<RequestPage>(
      '/v1/requests',
      { ...query, ...nameService(query.service) },
      signal,
    );
  }

  getRequest(id: string, signal?: AbortSignal) {
    return this.get<ReleaseRequestDetail>(formatRequestPath(id), {}, signal);
  }

  getRequestDiff(id: string, signal?: AbortSignal) {
    return this.get<RequestDiff>(`${formatRequestPath(id)}/diff`, {}, signal);
  }

  decideRequest(id: string, decision: DecideRequest) {
    return this.post<ReleaseRequestDetail>(
      `${formatRequestPath(id)}/decision`,
      decision,
    );
  }

  overrideRequest(id: string, override: OverrideRequest) {
    return this.post<ReleaseRequestDetail>(
      `${formatRequestPath(id)}/override`,
      override,
    );
  }

  cancelRequest(id: string) {
    return this.post<ReleaseRequestDetail>(
      `${formatRequestPath(id)}/cancel`,
      {},
    );
  }

  remindRequest(id: string) {
    return this.post<ReleaseRequestDetail>(
      `${formatRequestPath(id)}/remind`,
      {},
    );
  }

  repeatRequest(id: string, idempotencyKey: string) {
    return this.post<ReleaseRequestDetail>(`${formatRequestPath(id)}/repeat`, {
      idempotencyKey,
    });
  }

  getPolicies(subject: PolicySubject, signal?: AbortSignal) {
    return this.get<Policies>(
      '/v1/policies',
      {
        squad: subject.level === 'squad' ? subject.squad : undefined,
        ...(subject.level === 'service' && nameService(subject.service)),
      },
      signal,
    );
  }

  previewPolicies(change: PolicyEdit, signal?: AbortSignal) {
    return this.post<PolicyPreview>('/v1/policies/preview', { change }, signal);
  }

  changePolicies(change: ChangePolicies) {
    return this.post<PolicyChanged>('/v1/policies/changes', change);
  }

  getAudit(query: AuditQuery, signal?: AbortSignal) {
    return this.get<AuditPage>(
      '/v1/audit',
      { ...query, ...nameService(query.service) },
      signal,
    );
  }

  verifyAudit(signal?: AbortSignal) {
    return this.get<AuditVerification>('/v1/audit/verification', {}, signal);
  }

  private get<T>(
    path: string,
    query: Record<string, string | number | readonly string[] | undefined>,
    signal?: AbortSignal,
  ): Promise<T> {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      // A list is written with commas between.
      if (value !== undefined) search.set(key, String(value));
    }
    return this.ask<T>(search.size ? `${path}?${search}` : path, {}, signal);
  }

  private post<T>(
    path: string,
    body: object,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.ask<T>(
      path,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      },
      signal,
    );
  }

  private async ask<T>(
    path: string,
    init: RequestInit,
    signal?: AbortSignal,
  ): Promise<T> {
    const { fetchApi, baseUrl, toError, timeoutMs = 8_000 } = this.options;
    const timeout = AbortSignal.timeout(timeoutMs);
    const response = await fetchApi.fetch(
      `${baseUrl ?? 'plugin://ground-control'}${path}`,
      {
        ...init,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      },
    );
    if (!response.ok) {
      throw await toError(response);
    }
    return (await response.json()) as T;
  }
}

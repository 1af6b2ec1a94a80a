import {
  AccessWish,
  ActivityQuery,
  AskForAccess,
  AskForReleases,
  AuditQuery,
  Board,
  BoardQuery,
  ChangePolicies,
  ClusterDetail,
  ClusterList,
  DecideRequest,
  formatServiceRef,
  GatewayEntriesQuery,
  GroundControlApi,
  LinkCallsQuery,
  LinkMatrix,
  LinkPair,
  LinkQuery,
  OverrideRequest,
  PolicyEdit,
  PolicySubject,
  ProblemList,
  ProblemQuery,
  ReleaseId,
  ReleaseRequest,
  ReleaseWish,
  RequestDiff,
  RequestPreview,
  RequestQuery,
  ServiceDetail,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { makeAccessDetail, previewAccess } from './fixtureAccess';
import { findCommit, listActivity } from './fixtureActivity';
import { artifactOf, ENVIRONMENTS } from './fixtureArtifacts';
import { FixtureOptions, makeBoard } from './fixtureBoard';
import { FixtureClusterSet } from './fixtureClusters';
import { compareReleases, listChoices, listReleases } from './fixtureReleases';
import { listGatewayEntries, listLinkCalls } from './fixtureLinkCalls';
import { FixtureLinks } from './FixtureLinks';
import { FixturePolicies } from './FixturePolicies';
import { FixtureRequests } from './FixtureRequests';
import { describeService } from './fixtureService';
import { makeVerdict } from './makeRequest';

/**
 * A backend in memory, the same in every run: for tests of components and for
 * trying the plugin alone.
 */
export class FixtureApi implements GroundControlApi {
  readonly now: number;
  board: Board;
  readonly clusters: FixtureClusterSet;
  readonly linkSet: FixtureLinks;
  readonly requestSet: FixtureRequests;
  readonly policySet: FixturePolicies;

  constructor(options: FixtureOptions = {}) {
    this.now = options.now ?? Date.parse('2026-11-21T01:00:00.000Z');
    this.clusters = new FixtureClusterSet(options.clusters ?? 'none', this.now);
    this.linkSet = new FixtureLinks(options.links ?? 'mixed', this.now);
    this.requestSet = new FixtureRequests(this.now);
    this.policySet = new FixturePolicies(this.now);
    this.board = makeBoard(options, this.now, this.clusters);
  }

  async getBoard(query: BoardQuery) {
    const { squad, entity } = query;
    return {
      ...this.board,
      rows: this.board.rows.filter(row => {
        if (entity) return row.entityRef === entity;
        if (Array.isArray(squad)) return squad.includes(row.squad ?? '');
        return squad === 'mine'
          ? this.board.mine.includes(row.squad ?? '')
          : true;
      }),
    };
  }

  async getService(service: ServiceRef): Promise<ServiceDetail> {
    const { asOf, rows } = this.board;
    const row = rows.find(
      each => formatServiceRef(each.service) === formatServiceRef(service),
    );
    if (!row) {
      throw Object.assign(new Error('No such service'), { statusCode: 404 });
    }
    return { asOf, ...describeService(row, this.now, this.clusters) };
  }

  async getReleases(
    service: ServiceRef,
    query: { environment?: string; before?: string; limit?: number },
  ) {
    return {
      asOf: this.board.asOf,
      ...listReleases(service, query, this.now),
    };
  }

  async getManifestDiff(service: ServiceRef, from: ReleaseId, to: ReleaseId) {
    return compareReleases(service, from, to, this.now);
  }

  async getActivity(query: ActivityQuery) {
    const { asOf, rows } = this.board;
    return { asOf, ...listActivity(rows, query, this.now) };
  }

  async findCommit(query: string) {
    const { asOf, rows } = this.board;
    return { asOf, ...findCommit(rows, query) };
  }

  private detailOf(name: string) {
    const status = this.clusters.statuses.find(each => each.name === name);
    if (!status) {
      throw Object.assign(new Error('No such cluster'), { statusCode: 404 });
    }
    const { rows, asOf } = this.board;
    return this.clusters.detailOf(status, rows, ENVIRONMENTS, asOf);
  }

  async getClusters(): Promise<ClusterList> {
    return {
      asOf: this.board.asOf,
      items: this.clusters.statuses.map(({ name }) => this.detailOf(name)),
    };
  }

  async getCluster(name: string): Promise<ClusterDetail> {
    return this.detailOf(name);
  }

  async getLinkMatrix(query: LinkQuery): Promise<LinkMatrix> {
    return this.linkSet.matrix(query);
  }

  async getLinkPair(
    query: LinkQuery & { from: string; to: string },
  ): Promise<LinkPair> {
    const pair = this.linkSet.pair(query);
    if (!pair) {
      throw Object.assign(new Error('No such link'), { statusCode: 404 });
    }
    return pair;
  }

  async getLinkCalls(query: LinkCallsQuery) {
    return listLinkCalls(query, this.now, this.board.mine);
  }

  async getGatewayEntries(query: GatewayEntriesQuery) {
    return listGatewayEntries(query, this.now, this.board.mine);
  }

  async previewAccess(wish: AccessWish) {
    return previewAccess(wish, this.now);
  }

  async askForAccess(ask: AskForAccess): Promise<ReleaseRequest> {
    return this.requestSet.put(makeAccessDetail(this.now, ask)).request;
  }

  async getProblems(_query: ProblemQuery): Promise<ProblemList> {
    return { asOf: this.board.asOf, items: [], total: 0 };
  }

  async getRepositoryStatus() {
    return this.board.repository;
  }

  async getReleaseChoices(service: ServiceRef, environment: string) {
    return {
      asOf: this.board.asOf,
      ...listChoices(service, environment, this.now),
    };
  }

  getReleaseCandidates: GroundControlApi['getReleaseCandidates'] =
    async () => ({ asOf: this.board.asOf, items: [] });

  getRollbackCandidates: GroundControlApi['getRollbackCandidates'] =
    async () => ({ asOf: this.board.asOf, items: [] });

  async previewRequests(wishes: ReleaseWish[]): Promise<RequestPreview[]> {
    const [{ deciders, changes, targetClusters, request }] =
      this.requestSet.details;
    return wishes.map(wish => ({
      wish,
      ask: { allowed: true },
      artifactId: artifactOf(wish.service, 6).id,
      verdicts: [makeVerdict('branch'), makeVerdict('soak', 'warning')],
      requirement: request.requirement,
      waitsFor: 'approval',
      deciders,
      changes,
      diff: this.requestSet.diff,
      targetClusters,
      supersedes: [],
    }));
  }

  async askForReleases(ask: AskForReleases): Promise<ReleaseRequest[]> {
    return ask.wishes.map(wish => {
      const asked = this.requestSet.repeat('REQ-1042');
      asked.request.service = wish.service;
      asked.request.environment = wish.environment;
      return asked.request;
    });
  }

  async getRequests(query: RequestQuery) {
    return this.requestSet.list(query);
  }

  async getRequest(id: string) {
    return this.requestSet.read(id);
  }

  async getRequestDiff(id: string): Promise<RequestDiff> {
    const { access } = this.requestSet.read(id).request;
    if (!access) return this.requestSet.diff;
    const { diff } = previewAccess(access.wish, this.now);
    return { files: diff ? [diff] : [], unchangedFiles: 0 };
  }

  async decideRequest(id: string, decision: DecideRequest) {
    return this.requestSet.decide(id, decision);
  }

  async overrideRequest(id: string, override: OverrideRequest) {
    return this.requestSet.override(id, override);
  }

  async cancelRequest(id: string) {
    return this.requestSet.cancel(id);
  }

  async remindRequest(id: string) {
    return this.requestSet.remind(id);
  }

  async repeatRequest(id: string, _idempotencyKey: string) {
    return this.requestSet.repeat(id);
  }

  async getPolicies(subject: PolicySubject) {
    return this.policySet.read(subject);
  }

  async previewPolicies(change: PolicyEdit) {
    return this.policySet.preview(change);
  }

  async changePolicies(change: ChangePolicies) {
    return this.policySet.change(change);
  }

  async getAudit(query: AuditQuery) {
    return this.requestSet.audit(query);
  }

  async verifyAudit() {
    return this.requestSet.verify();
  }
}

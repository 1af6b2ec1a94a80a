import {
  Blocker,
  ClusterConnectionState,
  ClusterServiceReason,
  ClusterServiceState,
} from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';

const REPOSITORY = 'default';

/** What a watcher left of a cluster; times are ISO 8601. */
export interface TestCluster {
  name: string;
  environment?: string;
  connection?: ClusterConnectionState;
  reason?: string;
  since?: string;
  observedAt?: string;
  /** Since when what runs there was seen; not at all unless said. */
  watchedSince?: string;
  /** Columns of `clusters`, as they are. */
  row?: Record<string, unknown>;
}

/** What was judged of a service in a cluster. */
export interface TestJudgement {
  cluster: string;
  environment: string;
  namespace?: string;
  service: string;
  position: number;
  state: ClusterServiceState;
  reason?: ClusterServiceReason;
  message?: string;
  since?: string;
  blockedBy?: Blocker;
  /** Columns of `cluster_services`, as they are. */
  row?: Record<string, unknown>;
}

/**
 * Writes rows as watchers leave them, so that tests of reading need no
 * cluster.
 */
export class TestClusters {
  private ordinal = 0;

  /** @param now - when clusters were heard of, unless they say otherwise */
  constructor(private readonly knex: Knex, private readonly now: string) {}

  async cluster(cluster: TestCluster): Promise<void> {
    const { observedAt = this.now, since = this.now } = cluster;
    await this.knex('clusters').insert({
      cluster: cluster.name,
      ordinal: this.ordinal,
      environment: cluster.environment ?? null,
      connection: cluster.connection ?? 'live',
      reason: cluster.reason ?? null,
      since: Date.parse(since),
      observed_at: Date.parse(observedAt),
      ...cluster.row,
    });
    if (cluster.watchedSince) {
      await this.knex('cluster_watches').insert({
        cluster: cluster.name,
        environment: cluster.environment,
        since: Date.parse(cluster.watchedSince),
      });
    }
    this.ordinal += 1;
  }

  async judge(judgement: TestJudgement): Promise<void> {
    const { blockedBy, since = this.now } = judgement;
    await this.knex('cluster_services').insert({
      repository: REPOSITORY,
      cluster: judgement.cluster,
      environment: judgement.environment,
      namespace: judgement.namespace ?? 'payments',
      service: judgement.service,
      release_position: judgement.position,
      state: judgement.state,
      reason: judgement.reason ?? 'other',
      message: judgement.message ?? null,
      since: Date.parse(since),
      blocked_by: blockedBy ? JSON.stringify(blockedBy) : null,
      ...judgement.row,
    });
  }
}

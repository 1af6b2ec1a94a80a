import { hash } from '../../lib/hash.ts';
import { getObject, within } from '../ClusterContext.ts';
import type { ClusterContext } from '../ClusterContext.ts';
import { kubeTime, withTransitions } from '../lib/conditions.ts';
import type { Condition } from '../lib/conditions.ts';
import { revisionOf } from '../repository/Snapshot.ts';
import type { Snapshot } from '../repository/Snapshot.ts';
import { FLUX_NAMESPACE, SOURCE_API, SOURCE_NAME } from './kustomization.ts';

const REPOSITORY_URL = 'ssh://git@git.example.com/platform/k8s-cluster-config';
const AUTHENTICATION_FAILED = `failed to checkout and determine revision: unable to list remote for '${REPOSITORY_URL}': authentication required: ssh: handshake failed: ssh: unable to authenticate, attempted methods [none publickey], no supported methods remain`;

/** source-controller with its one GitRepository. */
export class Source {
  /** What it has fetched. */
  snapshot: Snapshot | undefined;
  private readonly context: ClusterContext;
  private readonly fetched: () => void;
  private newest: Snapshot | undefined;
  private failing = false;

  constructor(context: ClusterContext, fetched: () => void) {
    this.context = context;
    this.fetched = fetched;
  }

  /** Creates the GitRepository; settled, it has fetched what it was given. */
  begin(newest: Snapshot, settled: boolean): void {
    this.newest = newest;
    this.context.write(() =>
      this.context.store.apply({
        apiVersion: SOURCE_API,
        kind: 'GitRepository',
        metadata: {
          name: SOURCE_NAME,
          namespace: FLUX_NAMESPACE,
          finalizers: ['finalizers.fluxcd.io'],
        },
        spec: {
          interval: '1m0s',
          ref: { branch: 'master' },
          secretRef: { name: 'flux-system' },
          timeout: '60s',
          url: REPOSITORY_URL,
        },
      }),
    );
    if (settled) {
      this.snapshot = newest;
      this.writeStatus(newest.at);
    } else {
      this.fetchSoon();
    }
  }

  /** The branch has moved. */
  push(newest: Snapshot): void {
    this.newest = newest;
    this.fetchSoon();
  }

  fetchSoon(): void {
    this.context.schedule.after(
      within(this.context, this.context.timings.fetch),
      () => this.fetch(),
    );
  }

  get isFailing(): boolean {
    return this.failing;
  }

  /** Whether it may read the repository. */
  setFailing(failing: boolean): void {
    this.failing = failing;
    this.fetch();
  }

  private get object() {
    return getObject(
      this.context,
      SOURCE_API,
      'GitRepository',
      FLUX_NAMESPACE,
      SOURCE_NAME,
    );
  }

  private fetch(): void {
    const { object } = this;
    if (!object || object.spec?.suspend === true) {
      return;
    }
    const before = this.snapshot;
    if (!this.failing && this.newest) {
      this.snapshot = this.newest;
    }
    this.writeStatus(Date.now());
    if (this.snapshot !== before) {
      this.fetched();
    }
  }

  private writeStatus(now: number): void {
    const { object, snapshot } = this;
    if (!object) {
      return;
    }
    const { generation } = object.metadata;
    const condition = (
      type: string,
      status: 'True' | 'False',
      reason: string,
      message: string,
    ): Condition => ({
      type,
      status,
      reason,
      message,
      observedGeneration: generation,
    });
    const wanted: Condition[] = [];
    if (this.failing) {
      const reason = 'GitOperationFailed';
      wanted.push(
        condition('Ready', 'False', reason, AUTHENTICATION_FAILED),
        condition('FetchFailed', 'True', reason, AUTHENTICATION_FAILED),
      );
    } else if (snapshot) {
      const message = `stored artifact for revision '${revisionOf(snapshot)}'`;
      wanted.push(condition('Ready', 'True', 'Succeeded', message));
    }
    if (snapshot) {
      const message = `stored artifact for revision '${revisionOf(snapshot)}'`;
      wanted.push(condition('ArtifactInStorage', 'True', 'Succeeded', message));
    }
    this.context.write(() =>
      this.context.store.setStatus(object, {
        ...object.status,
        observedGeneration: generation,
        conditions: withTransitions(wanted, object.status?.conditions, now),
        ...(snapshot ? { artifact: this.artifact(snapshot, now) } : {}),
      }),
    );
  }

  private artifact(snapshot: Snapshot, now: number) {
    const revision = revisionOf(snapshot);
    const known = this.object?.status?.artifact as
      | { revision?: string }
      | undefined;
    if (known?.revision === revision) {
      return known;
    }
    const path = `gitrepository/${FLUX_NAMESPACE}/${SOURCE_NAME}/${snapshot.commit}.tar.gz`;
    return {
      digest: `sha256:${hash(snapshot.commit)}${hash(revision).slice(0, 24)}`,
      lastUpdateTime: kubeTime(now),
      path,
      revision,
      size: 500_000 + snapshot.folders.size * 700,
      url: `http://source-controller.${FLUX_NAMESPACE}.svc.cluster.local./${path}`,
    };
  }
}

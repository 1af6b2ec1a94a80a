import { hash } from '../../lib/hash.ts';
import { kubeTime } from '../lib/conditions.ts';
import { getObject } from '../ClusterContext.ts';
import type { ClusterContext } from '../ClusterContext.ts';
import type { KubeObject } from '../types.ts';
import type { Alerts } from './Alerts.ts';

/** The longest message that an event may have. */
const LONGEST_MESSAGE = 1024;

export interface FluxEvent {
  object: KubeObject;
  severity: 'info' | 'error';
  reason: string;
  message: string;
  revision: string;
  /** One that the alerts of the cluster are about. */
  alert: boolean;
  /** Tells events of one reason apart; the message where it isn't given. */
  series?: string;
}

/**
 * Writes what kustomize-controller tells as core/v1 Events. One that was told
 * before counts up, as Kubernetes' recorder does it.
 */
export class Events {
  private readonly context: ClusterContext;
  private readonly alerts: Alerts | undefined;
  private readonly instance: string;

  constructor(context: ClusterContext, alerts: Alerts | undefined) {
    this.context = context;
    this.alerts = alerts;
    const suffix = hash(context.cluster.name, 'kustomize-controller');
    this.instance = `kustomize-controller-${suffix.slice(0, 10)}-${suffix.slice(
      10,
      15,
    )}`;
  }

  emit(event: FluxEvent): void {
    const { object, reason, severity, revision } = event;
    const { metadata, apiVersion, kind } = object;
    const now = Date.now();
    const message = event.message.slice(0, LONGEST_MESSAGE);
    const suffix = hash(metadata.uid ?? '', reason, event.series ?? message);
    const name = `${metadata.name}.${suffix.slice(0, 16)}`;
    const { namespace } = metadata;
    const known = getObject(this.context, 'v1', 'Event', namespace, name);
    this.context.write(() =>
      this.context.store.apply({
        apiVersion: 'v1',
        kind: 'Event',
        metadata: {
          name,
          namespace,
          annotations: { 'kustomize.toolkit.fluxcd.io/revision': revision },
        },
        involvedObject: {
          apiVersion,
          kind,
          name: metadata.name,
          namespace,
          uid: metadata.uid,
          resourceVersion: metadata.resourceVersion,
        },
        type: severity === 'error' ? 'Warning' : 'Normal',
        reason,
        message,
        source: { component: 'kustomize-controller' },
        reportingComponent: 'kustomize-controller',
        reportingInstance: this.instance,
        firstTimestamp: known?.firstTimestamp ?? kubeTime(now),
        lastTimestamp: kubeTime(now),
        count: Number(known?.count ?? 0) + 1,
      }),
    );
    if (event.alert) {
      this.alerts?.send({
        involvedObject: {
          apiVersion,
          kind,
          name: metadata.name,
          namespace,
          uid: metadata.uid,
          resourceVersion: metadata.resourceVersion,
        },
        severity,
        timestamp: new Date(now).toISOString(),
        message,
        reason,
        metadata: { revision, cluster: this.context.cluster.name },
        reportingController: 'kustomize-controller',
        reportingInstance: this.instance,
      });
    }
  }
}

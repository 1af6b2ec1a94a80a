import { deleteObject, getObject } from '../ClusterContext.ts';
import type { ClusterContext } from '../ClusterContext.ts';
import type { KubeObject } from '../types.ts';
import type { Build, BuiltObject } from './buildPath.ts';
import { helmReleaseStatus } from './helmReleaseStatus.ts';
import { REQUESTED_AT } from './kustomization.ts';

/** Server-side apply, as far as Flux does it to a cluster. */
export class Applier {
  private readonly context: ClusterContext;

  constructor(context: ClusterContext) {
    this.context = context;
  }

  /**
   * Brings the cluster from one build to the next. Gives what it changed, as
   * Flux lists it: `Deployment/banking/ledger-api configured`.
   */
  applyBuild(
    applied: Build | undefined,
    build: Build,
    prune: boolean,
  ): string[] {
    const lines: string[] = [];
    const before = new Map(applied?.objects.map(b => [b.label, b]) ?? []);
    for (const wanted of build.objects) {
      const known = before.get(wanted.label);
      before.delete(wanted.label);
      const differs = known?.sha !== wanted.sha;
      if (wanted.object) {
        const held = this.find(wanted.object);
        const written = this.apply(wanted.object);
        if (!held) {
          lines.push(`${wanted.label} created`);
        } else if (
          held.metadata.resourceVersion !== written.metadata.resourceVersion
        ) {
          lines.push(`${wanted.label} configured`);
        }
      } else if (differs) {
        lines.push(`${wanted.label} ${known ? 'configured' : 'created'}`);
      }
    }
    for (const left of prune ? before.values() : []) {
      this.prune(left);
      lines.push(`${left.label} deleted`);
    }
    return lines;
  }

  private find({ apiVersion, kind, metadata }: KubeObject) {
    return getObject(
      this.context,
      apiVersion,
      kind,
      metadata.namespace,
      metadata.name,
    );
  }

  apply(wanted: KubeObject): KubeObject {
    let object = wanted;
    if (wanted.kind === 'Kustomization') {
      // Who suspends it owns that field: Flux doesn't take it back. Nor does it
      // take back the annotation that asks for a reconciliation.
      const held = this.find(wanted);
      const requested = held?.metadata.annotations?.[REQUESTED_AT];
      object = {
        ...wanted,
        metadata: {
          ...wanted.metadata,
          ...(requested
            ? {
                annotations: {
                  ...wanted.metadata.annotations,
                  [REQUESTED_AT]: requested,
                },
              }
            : {}),
        },
        spec: {
          ...wanted.spec,
          ...(held?.spec?.suspend === true ? { suspend: true } : {}),
        },
      };
    }
    const written = this.context.write(() => this.context.store.apply(object));
    if (written.kind === 'HelmRelease') {
      const status = helmReleaseStatus(written, Date.now());
      this.context.write(() => this.context.store.setStatus(written, status));
    }
    return written;
  }

  prune({ object }: BuiltObject): void {
    if (object) {
      const { apiVersion, kind, metadata } = object;
      this.context.write(() =>
        deleteObject(
          this.context,
          apiVersion,
          kind,
          metadata.namespace,
          metadata.name,
        ),
      );
    }
  }
}

import { parseGatewayEntries } from '../../gatewayEntries/gatewayEntriesFile.ts';
import type { GatewayEntries } from '../../gatewayEntries/types.ts';
import type { EmbeddedCluster } from '../EmbeddedCluster.ts';
import { kubeTime } from '../lib/conditions.ts';
import { namespaceObject } from '../nodes/systemObjects.ts';
import type { KubeObject, ObjectStore } from '../types.ts';
import {
  GATEWAY_NAMESPACE,
  GATEWAY_TYPES,
  MANAGED_BY,
} from './gatewayObjects.ts';
import { wantedObjects } from './wantedObjects.ts';

/**
 * The gateway between the clouds, which makes true what its entries say:
 * Services that are mirrored, and ways in from outside.
 */
export class BackboneGateway {
  private readonly clusters: readonly EmbeddedCluster[];
  private readonly seed: number;
  private readonly startedAt = kubeTime(Date.now());
  private text = '';
  private entries: GatewayEntries | undefined;
  private first: GatewayEntries | undefined;

  constructor(clusters: readonly EmbeddedCluster[], seed: number) {
    this.clusters = clusters;
    this.seed = seed;
  }

  /** The file of entries is this now. One that can't be read changes nothing. */
  follow(text: string): void {
    if (text === this.text) {
      return;
    }
    this.text = text;
    const entries = parseGatewayEntries(text);
    if (entries) {
      this.entries = entries;
      this.first ??= entries;
      this.clusters.forEach(cluster => this.bring(cluster));
    }
  }

  /** Makes a cluster hold what is wanted of it, and no more. */
  bring({ name, server: { store } }: EmbeddedCluster): void {
    const { entries, first, seed, startedAt } = this;
    if (!entries || !first) {
      return;
    }
    const wanted = wantedObjects(name, entries, first, seed, startedAt);
    const keys = new Set(wanted.map(keyOf));
    for (const type of GATEWAY_TYPES) {
      const kind = store.typeOf(type);
      store
        .list(kind)
        .filter(
          ({ metadata }) => metadata.labels?.[MANAGED_BY] === GATEWAY_NAMESPACE,
        )
        .filter(object => !keys.has(keyOf(object)))
        .forEach(({ metadata }) =>
          store.delete(kind, metadata.namespace, metadata.name),
        );
    }
    for (const object of wanted) {
      bringNamespace(store, object.metadata.namespace ?? '');
      store.apply(object);
    }
  }
}

function bringNamespace(store: ObjectStore, name: string): void {
  const object = namespaceObject(name);
  if (!store.get(store.typeOf(object), undefined, name)) {
    store.apply(object);
  }
}

function keyOf({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.namespace}/${metadata.name}`;
}

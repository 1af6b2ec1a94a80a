import { isExported } from '../linkerd/isExported.ts';
import type { Folder } from '../repository/Folder.ts';
import { digestOf, isApplied } from '../repository/Folder.ts';
import { foldersOf } from '../repository/Snapshot.ts';
import type { Snapshot } from '../repository/Snapshot.ts';
import type { KubeObject } from '../types.ts';
import type { InventoryEntry } from './kustomizationStatus.ts';
import { OWNER_NAME, OWNER_NAMESPACE } from './kustomization.ts';

/** One object that a Kustomization applies. */
export interface BuiltObject {
  /** As Flux's events name it: `Deployment/banking/ledger-api`. */
  label: string;
  /** The blob that it was read from. */
  sha: string;
  /** Absent for what the clusters don't hold. */
  object?: KubeObject;
}

/** What a Kustomization's path comes to at a revision. */
export interface Build {
  digest: string;
  error?: string;
  objects: BuiltObject[];
  inventory: InventoryEntry[];
}

/** Of a path that holds nothing. */
export const EMPTY_BUILD: Build = {
  digest: '0'.repeat(64),
  objects: [],
  inventory: [],
};

const CLUSTER_WIDE = ['Namespace', 'ClusterRole', 'ClusterRoleBinding'];

function stamped(
  object: KubeObject,
  namespace: string | undefined,
  ownerNamespace: string,
  ownerName: string,
): KubeObject {
  const { metadata } = object;
  return {
    ...object,
    metadata: {
      ...metadata,
      ...(namespace ? { namespace } : {}),
      labels: {
        ...metadata.labels,
        [OWNER_NAME]: ownerName,
        [OWNER_NAMESPACE]: ownerNamespace,
        ...(object.kind === 'Service' && isExported(metadata.name)
          ? { 'mirror.linkerd.io/exported': 'true' }
          : {}),
      },
      ...(object.kind === 'Kustomization'
        ? { finalizers: ['finalizers.fluxcd.io'] }
        : {}),
    },
  };
}

function buildFolders(
  folders: readonly Folder[],
  ownerNamespace: string,
  ownerName: string,
): Build {
  const objects: BuiltObject[] = [];
  const inventory: InventoryEntry[] = [];
  let error: string | undefined;
  for (const folder of folders) {
    for (const file of folder.files.values()) {
      error ??= file.error;
      for (const object of file.objects) {
        const { kind, apiVersion, metadata } = object;
        const namespace = CLUSTER_WIDE.includes(kind)
          ? undefined
          : metadata.namespace ?? ownerNamespace;
        const [group, version] = apiVersion.includes('/')
          ? apiVersion.split('/')
          : ['', apiVersion];
        inventory.push({
          id: `${namespace ?? ''}_${metadata.name}_${group}_${kind}`,
          v: version,
        });
        objects.push({
          label: [kind, namespace, metadata.name].filter(Boolean).join('/'),
          sha: file.sha,
          ...(isApplied(kind)
            ? { object: stamped(object, namespace, ownerNamespace, ownerName) }
            : {}),
        });
      }
    }
  }
  return {
    digest: digestOf(folders),
    ...(error ? { error: `kustomize build failed: ${error}` } : {}),
    objects,
    inventory,
  };
}

/** Clusters of one environment apply the same: each folder is built once. */
const built = new WeakMap<Folder, Map<string, Build>>();

/** Builds a path for its owner; undefined where the path isn't. */
export function buildPath(
  snapshot: Snapshot,
  path: string,
  ownerNamespace: string,
  ownerName: string,
): Build | undefined {
  const folders = foldersOf(snapshot, path).map(([, folder]) => folder);
  if (folders.length === 0) {
    return undefined;
  }
  if (folders.length > 1) {
    return buildFolders(folders, ownerNamespace, ownerName);
  }
  const [folder] = folders;
  const byOwner = built.get(folder) ?? new Map<string, Build>();
  built.set(folder, byOwner);
  const key = `${ownerNamespace}/${ownerName}`;
  const known =
    byOwner.get(key) ?? buildFolders(folders, ownerNamespace, ownerName);
  byOwner.set(key, known);
  return known;
}

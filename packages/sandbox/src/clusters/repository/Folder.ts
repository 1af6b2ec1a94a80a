import { hash } from '../../lib/hash.ts';
import type { KubeObject } from '../types.ts';
import { readYaml } from './readYaml.ts';

/** A file of the repository that kustomize would read. */
export interface ManifestFile {
  name: string;
  sha: string;
  /** Empty where `error` says why. */
  objects: KubeObject[];
  error?: string;
}

const KIND = /^[A-Za-z][A-Za-z0-9]{0,62}$/;
const API_VERSION = /^[a-z0-9./-]{1,253}$/i;
const NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

/**
 * What the clusters hold. Of the rest Flux's inventory names the object alone:
 * what stands in a Secret never comes this far.
 */
const APPLIED = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Service',
  'Namespace',
  'Kustomization',
  'HelmRelease',
];

export function isApplied(kind: string): boolean {
  return APPLIED.includes(kind);
}

function namespaceOf(metadata: Record<string, unknown>) {
  return typeof metadata.namespace === 'string'
    ? { namespace: metadata.namespace }
    : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkObject(value: unknown): KubeObject {
  if (!isObject(value) || !KIND.test(String(value.kind))) {
    throw new Error(`missing Resource metadata: Object 'Kind' is missing`);
  }
  const { metadata, apiVersion, kind } = value;
  if (!API_VERSION.test(String(apiVersion))) {
    throw new Error(`invalid apiVersion of a ${kind}`);
  }
  if (!isObject(metadata) || !NAME.test(String(metadata.name))) {
    throw new Error(`missing or invalid metadata.name in object of ${kind}`);
  }
  return isApplied(kind as string)
    ? (value as KubeObject)
    : {
        apiVersion: apiVersion as string,
        kind: kind as string,
        metadata: { name: metadata.name as string, ...namespaceOf(metadata) },
      };
}

/** Parses a manifest; what is wrong with it is a value, not an exception. */
export function parseManifest(
  name: string,
  sha: string,
  text: string,
): ManifestFile {
  try {
    return { name, sha, objects: readYaml(text).map(checkObject) };
  } catch (error) {
    const why = (error as Error).message;
    return {
      name,
      sha,
      objects: [],
      error: `accumulating resources from '${name}': ${why}`,
    };
  }
}

/** The manifests of one folder at one revision. Never changes. */
export class Folder {
  readonly files: ReadonlyMap<string, ManifestFile>;
  private known: string | undefined;

  constructor(files: ReadonlyMap<string, ManifestFile>) {
    this.files = files;
  }

  /** Differs whenever a manifest does. */
  get digest(): string {
    this.known ??= digestOf([this]);
    return this.known;
  }
}

export function digestOf(folders: readonly Folder[]): string {
  const shas = folders.flatMap(folder =>
    [...folder.files.values()].map(file => `${file.name} ${file.sha}`),
  );
  // As long as the sha256 that Flux writes.
  return `${hash(...shas)}${hash('rest', ...shas).slice(0, 24)}`;
}

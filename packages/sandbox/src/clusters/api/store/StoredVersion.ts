import type { KubeObject, ResourceType } from '../../types.ts';

/** `<namespace>/<name>`; `/<name>` outside namespaces. */
export function objectKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

/**
 * An object as it was at one resourceVersion. Serialised once, when somebody
 * first asks for it, however many lists and watches it goes into.
 */
export class StoredVersion {
  readonly type: ResourceType;
  readonly object: KubeObject;
  readonly key: string;
  /** Milliseconds since 1970, by the cluster's clock. */
  readonly writtenAt: number;
  private text: string | undefined;

  constructor(type: ResourceType, object: KubeObject, writtenAt: number) {
    this.type = type;
    this.writtenAt = writtenAt;
    this.object = object;
    this.key = objectKey(object.metadata.namespace, object.metadata.name);
  }

  get json(): string {
    this.text ??= JSON.stringify(this.object);
    return this.text;
  }

  /** As in a list of a built-in kind, which names the kind once for all. */
  get jsonWithoutKind(): string {
    const { apiVersion, kind } = this.object;
    const head = JSON.stringify({ apiVersion, kind });
    return this.json.startsWith(`${head.slice(0, -1)},`)
      ? `{${this.json.slice(head.length)}`
      : this.json;
  }
}

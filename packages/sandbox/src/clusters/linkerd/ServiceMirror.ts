import { namespaceObject } from '../nodes/systemObjects.ts';
import type { Cluster } from '../../company/types.ts';
import type { KubeObject, ObjectStore } from '../types.ts';
import {
  LINK_TYPE,
  SERVICE_TYPE,
  gatewayService,
  isExportedService,
  isMirroredFrom,
  linkObject,
  mirroredService,
} from './linkObjects.ts';
import { mirrorStatus } from './mirrorStatus.ts';

/** How long what changes in a target is gathered, in milliseconds. */
const GATHER_MS = 250;

interface End {
  cluster: Cluster;
  store: ObjectStore;
}

/**
 * One link, and the service mirror that works for it in the source: what the
 * target exports is mirrored, and the Link says how that went.
 */
export class ServiceMirror {
  readonly target: Cluster;
  private readonly source: ObjectStore;
  private readonly store: ObjectStore;
  private readonly port: number;
  private readonly broken = new Set<string>();
  private readonly unsubscribe: () => void;
  private timer: NodeJS.Timeout | undefined;

  constructor(source: End, target: End, port: number) {
    this.target = target.cluster;
    this.source = source.store;
    this.store = target.store;
    this.port = port;
    this.unsubscribe = target.store.onChange(({ object, before }) => {
      if (isExportedService(object) || (before && isExportedService(before))) {
        this.timer ??= setTimeout(() => this.mirror(), GATHER_MS);
      }
    });
  }

  /** Names of exported Services, as `namespace/name`. */
  get exported(): string[] {
    return this.exportedServices().map(nameOf);
  }

  get brokenServices(): readonly string[] {
    return [...this.broken];
  }

  /** Whether a Service can't be mirrored; shows at the next `mirror`. */
  setBroken(name: string, isBroken: boolean): void {
    if (isBroken) {
      this.broken.add(name);
    } else {
      this.broken.delete(name);
    }
  }

  /** Makes the source hold what the target exports, and says so. */
  mirror(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const exported = this.exportedServices();
    const target = this.target.name;
    const wanted = exported
      .filter(service => !this.broken.has(nameOf(service)))
      .map(service => mirroredService(service, target));
    const names = new Set(wanted.map(nameOf));
    this.mirroredServices()
      .filter(service => !names.has(nameOf(service)))
      .forEach(service => this.remove(service));
    this.source.apply(gatewayService(this.target, this.port));
    wanted.forEach(service => this.bring(service));
    const link = linkObject(this.target, this.port);
    const status = mirrorStatus(
      target,
      exported,
      service => this.broken.has(nameOf(service)),
      this.existing(link),
      Date.now(),
    );
    this.source.apply({ ...link, status });
  }

  /** Takes the Link and all that was mirrored by it away. */
  removeAll(): void {
    this.mirroredServices().forEach(service => this.remove(service));
    this.remove(gatewayService(this.target, this.port));
    this.remove(linkObject(this.target, this.port));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.unsubscribe();
  }

  private exportedServices(): KubeObject[] {
    return this.store
      .list(this.store.typeOf(SERVICE_TYPE))
      .filter(isExportedService);
  }

  private mirroredServices(): KubeObject[] {
    return this.source
      .list(this.source.typeOf(SERVICE_TYPE))
      .filter(service => isMirroredFrom(service, this.target.name));
  }

  private existing({ metadata }: KubeObject): KubeObject | undefined {
    const type = this.source.typeOf(LINK_TYPE);
    return this.source.get(type, metadata.namespace, metadata.name);
  }

  private bring(service: KubeObject): void {
    const { namespace = '' } = service.metadata;
    const type = this.source.typeOf({ apiVersion: 'v1', kind: 'Namespace' });
    if (!this.source.get(type, undefined, namespace)) {
      this.source.apply(namespaceObject(namespace));
    }
    this.source.apply(service);
  }

  private remove(object: KubeObject): void {
    const { namespace, name } = object.metadata;
    this.source.delete(this.source.typeOf(object), namespace, name);
  }
}

function nameOf({ metadata }: KubeObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}

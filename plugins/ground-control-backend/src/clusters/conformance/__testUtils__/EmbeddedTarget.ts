import { join } from 'node:path';
import { ClusterDefinition } from '@ground-control/backstage-plugin-ground-control-node';
import {
  createClusterServer,
  createObjectStore,
  RESOURCE_TYPES,
} from '@internal/sandbox';
import { TcpProxy } from './TcpProxy';
import { ConformanceTarget, WrittenObject } from './types';

/** Groups of the kinds that a real server has to be taught. */
const TAUGHT = /(\.(fluxcd|linkerd)|^cert-manager)\.io$/;

/** The API server of the embedded world. */
export class EmbeddedTarget implements ConformanceTarget {
  readonly #store = createObjectStore({
    types: RESOURCE_TYPES.filter(({ group }) => !TAUGHT.test(group)),
  });
  readonly #folder: string;
  readonly #server;
  #proxy?: TcpProxy;
  #url = '';

  constructor(folder: string) {
    this.#folder = folder;
    this.#server = createClusterServer({
      name: 'conformance',
      port: 0,
      tokenFile: this.#tokenFile,
      store: this.#store,
      bookmarkMs: 500,
    });
  }

  get reader(): ClusterDefinition {
    return {
      name: 'conformance',
      url: this.#url,
      auth: { kind: 'tokenFile', path: join(this.#folder, 'shown') },
    };
  }

  get #tokenFile(): string {
    return join(this.#folder, 'shown');
  }

  async start(): Promise<void> {
    await this.#server.start();
    this.#proxy = new TcpProxy(Number(new URL(this.#server.url).port));
    this.#url = `http://127.0.0.1:${await this.#proxy.start()}`;
    await this.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'kube-system' },
    });
  }

  async apply(object: WrittenObject): Promise<void> {
    this.#store.apply(object);
  }

  async delete(object: WrittenObject): Promise<void> {
    const { name, namespace } = object.metadata;
    this.#store.delete(this.#store.typeOf(object), namespace, name);
  }

  async installKinds(plurals?: string[]): Promise<void> {
    for (const type of RESOURCE_TYPES) {
      const isWanted = plurals?.includes(type.plural) ?? true;
      if (TAUGHT.test(type.group) && isWanted) this.#store.addType(type);
    }
  }

  async readerWithout(kind: string) {
    await this.#server.setFault('forbid', { kind });
    return {
      definition: this.reader,
      undo: () => this.#server.setFault(undefined),
    };
  }

  async revokeToken(): Promise<void> {
    await this.#server.setFault('unauthorized');
  }

  async renewToken(): Promise<void> {
    this.#server.setToken('renewed');
    await this.#server.setFault(undefined);
  }

  async compactUnseen(meanwhile: () => Promise<void>): Promise<void> {
    this.#proxy!.cut();
    await meanwhile();
    this.#store.compact();
    this.#proxy!.mend();
  }

  async stop(): Promise<void> {
    await this.#proxy?.stop();
    await this.#server.stop();
  }
}

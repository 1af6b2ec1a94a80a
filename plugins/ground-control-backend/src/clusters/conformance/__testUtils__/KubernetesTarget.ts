import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  CoreV1Api,
  KubeConfig,
  KubernetesObject,
  KubernetesObjectApi,
} from '@kubernetes/client-node';
import { ClusterDefinition } from '@ground-control/backstage-plugin-ground-control-node';
import { parseAllDocuments } from 'yaml';
import { describeKinds } from './kinds';
import { ConformanceTarget, WrittenObject } from './types';

const RBAC = resolve(__dirname, '../../../../../../deploy/rbac.yaml');
const NAMESPACE = 'ground-control';
const ACCOUNT = 'ground-control';
const TOKEN_SECONDS = 3_600;

const codeOf = (error: unknown) => (error as { code?: unknown })?.code;

/** A real API server, written to by the official client as an administrator. */
export class KubernetesTarget implements ConformanceTarget {
  readonly reader: ClusterDefinition;
  readonly #options: {
    compactUnseen?: ConformanceTarget['compactUnseen'];
    onStop?: () => Promise<void>;
  };
  readonly #admin: KubernetesObjectApi;
  readonly #core: CoreV1Api;
  readonly #tokenFile: string;
  /** Undone at the end, where the server lives on. */
  readonly #written = new Map<string, WrittenObject>();

  constructor(options: {
    config: KubeConfig;
    folder: string;
    /** Where the reader goes, when not where the administrator does. */
    url?: string;
    compactUnseen?: ConformanceTarget['compactUnseen'];
    onStop?: () => Promise<void>;
  }) {
    this.#options = options;
    const { config, folder } = options;
    this.#admin = KubernetesObjectApi.makeApiClient(config);
    this.#core = config.makeApiClient(CoreV1Api);
    this.#tokenFile = join(folder, 'token');
    const cluster = config.getCurrentCluster()!;
    this.reader = {
      name: 'conformance',
      url: options.url ?? cluster.server,
      caData: cluster.caData,
      caFile: cluster.caFile,
      skipTlsVerify: cluster.skipTLSVerify,
      auth: { kind: 'tokenFile', path: this.#tokenFile },
    };
  }

  /** Gives the reader the rights of deploy/rbac.yaml, and a token. */
  async prepare(): Promise<void> {
    for (const document of parseAllDocuments(readFileSync(RBAC, 'utf8'))) {
      await this.apply(document.toJSON());
    }
    await this.renewToken();
  }

  async apply(object: WrittenObject): Promise<void> {
    const { name, namespace = '' } = object.metadata;
    const key = `${object.kind} ${namespace}/${name}`;
    const spec = structuredClone(object) as KubernetesObject;
    try {
      await this.#admin.create(spec);
      this.#written.set(key, object);
    } catch (error) {
      if (codeOf(error) !== 409) throw error;
      // Somebody else's kinds hold somebody else's objects.
      const isOurs = this.#written.has(key);
      if (!isOurs && object.kind === 'CustomResourceDefinition') return;
      await this.#admin.patch(
        spec,
        undefined,
        undefined,
        undefined,
        undefined,
        'application/merge-patch+json' as never,
      );
    }
  }

  async delete(object: WrittenObject): Promise<void> {
    await this.#admin.delete(object as KubernetesObject).catch(error => {
      if (codeOf(error) !== 404) throw error;
    });
  }

  async installKinds(plurals?: string[]): Promise<void> {
    for (const kind of describeKinds(plurals)) await this.apply(kind);
  }

  async readerWithout(plural: string) {
    const name = `without-${plural}`;
    const documents = parseAllDocuments(readFileSync(RBAC, 'utf8')).map(
      document => document.toJSON(),
    );
    const role = documents.find(({ kind }) => kind === 'ClusterRole');
    for (const rule of role.rules) {
      rule.resources = rule.resources.filter((r: string) => r !== plural);
    }
    const metadata = { name, namespace: NAMESPACE };
    await this.apply({
      ...role,
      metadata: { name },
      rules: role.rules.filter((rule: any) => rule.resources.length > 0),
    });
    await this.apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata });
    await this.apply({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name,
      },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    });
    const token = await this.#createToken(name);
    const auth = { kind: 'token' as const, token };
    return { definition: { ...this.reader, auth }, undo: async () => {} };
  }

  async revokeToken(): Promise<void> {
    // A token is of one service account by uid: the next of that name is another.
    const account: WrittenObject = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: ACCOUNT, namespace: NAMESPACE },
    };
    await this.delete(account);
    await this.apply(account);
  }

  async renewToken(): Promise<void> {
    writeFileSync(this.#tokenFile, `${await this.#createToken(ACCOUNT)}\n`);
  }

  async compactUnseen(meanwhile: () => Promise<void>): Promise<void> {
    const { compactUnseen } = this.#options;
    if (!compactUnseen) throw new Error('Its history is not ours to forget');
    await compactUnseen(meanwhile);
  }

  /** Takes away what the suite brought. */
  async stop(): Promise<void> {
    if (this.#options.onStop) {
      await this.#options.onStop();
      return;
    }
    for (const object of [...this.#written.values()].reverse()) {
      await this.delete(object);
    }
  }

  async #createToken(name: string): Promise<string> {
    const { status } = await this.#core.createNamespacedServiceAccountToken({
      name,
      namespace: NAMESPACE,
      body: { spec: { audiences: [], expirationSeconds: TOKEN_SECONDS } },
    });
    return status!.token;
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { appendCommits } from '../../git/appendCommits.ts';
import { startSandbox } from '../../server/startSandbox.ts';
import type { Sandbox, SandboxOptions } from '../../server/startSandbox.ts';
import { humanCommit } from '../../simulation/happenings/humanCommit.ts';
import type { KubeObject } from '../types.ts';
import { KUSTOMIZATIONS } from './objects.ts';

const END = Date.UTC(2026, 5, 1, 12) / 1000;

/** Flux's alerts, as they were received. */
interface Alert {
  path: string;
  signature: string;
  body: string;
}

/** A small world with its clusters, whose Flux hurries, and what is asked of them. */
export class TestWorld {
  /** The clusters of prod. */
  static readonly PROD = ['aws-prod-1', 'az-prod-1'];

  readonly alerts: Alert[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'sandbox-clusters-'));
  readonly #receiver: Server;
  #sandbox?: Sandbox;

  constructor() {
    this.#receiver = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) {
        body += chunk;
      }
      const signature = String(request.headers['x-signature']);
      this.alerts.push({ path: request.url ?? '', signature, body });
      response.writeHead(202).end();
    });
  }

  get sandbox(): Sandbox {
    return this.#sandbox!;
  }

  /** A path in the folder of this test, which goes with it. */
  pathOf(...names: string[]): string {
    return join(this.#folder, ...names);
  }

  async start(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#receiver.listen(0, '127.0.0.1', resolve);
    });
    const { port } = this.#receiver.address() as AddressInfo;
    await this.restart({
      alertUrl: `http://127.0.0.1:${port}/alerts/{cluster}`,
    });
  }

  /** Starts the same world, after it was stopped. */
  async restart(more: Partial<SandboxOptions> = {}): Promise<void> {
    this.#sandbox = await startSandbox({
      dir: this.pathOf('world'),
      squads: 2,
      services: 12,
      clusters: 5,
      days: 10,
      releases: 60,
      end: END,
      port: 0,
      rate: 0,
      gitToken: 'right',
      alertSecret: 'shared',
      embeddedClusters: {
        fetch: [10, 40],
        stagger: [20, 120],
        apply: [10, 40],
        podStart: [40, 120],
        poll: 200,
        dependency: 30,
        retry: 300,
        drift: 2_000,
        healthTimeout: 900,
      },
      ...more,
    });
  }

  async stop(): Promise<void> {
    await this.sandbox.stop();
    this.#receiver.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  readonly addressOf = (cluster: string) =>
    this.sandbox.clusters.find(({ name }) => name === cluster)!;

  readonly read = async (
    cluster: string,
    path: string,
  ): Promise<KubeObject> => {
    const { url, token } = this.addressOf(cluster);
    const response = await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!response.ok) {
      throw new Error(`${path} was answered with ${response.status}`);
    }
    return (await response.json()) as KubeObject;
  };

  readonly list = async (
    cluster: string,
    path: string,
  ): Promise<KubeObject[]> =>
    (await this.read(cluster, path)).items as KubeObject[];

  readonly kustomization = (
    cluster: string,
    key: string,
  ): Promise<KubeObject> => {
    const [namespace, name] = key.split('/');
    return this.read(
      cluster,
      `/apis/${KUSTOMIZATIONS}/namespaces/${namespace}/kustomizations/${name}`,
    );
  };

  /** Its Kustomization. */
  readonly ledger = (cluster: string): Promise<KubeObject> =>
    this.kustomization(cluster, 'banking/ledger-api');

  /** All that becomes of its Kustomization from now on; who asks now and then may miss some. */
  readonly watchLedger = async (cluster: string) => {
    const { url, token } = this.addressOf(cluster);
    const path = `/apis/${KUSTOMIZATIONS}/namespaces/banking/kustomizations`;
    const { metadata } = await this.read(cluster, path);
    const ended = new AbortController();
    const { body } = await fetch(
      `${url}${path}?watch=true&resourceVersion=${metadata.resourceVersion}`,
      {
        headers: { authorization: `Bearer ${token}` },
        signal: ended.signal,
      },
    );
    const objects: KubeObject[] = [];
    const follow = async () => {
      for await (const line of createInterface(
        Readable.fromWeb(body as never),
      )) {
        const { object } = JSON.parse(line);
        if (object.metadata.name === 'ledger-api') objects.push(object);
      }
    };
    follow().catch(error => {
      if (!ended.signal.aborted) throw error;
    });
    return { objects, stop: () => ended.abort() };
  };

  readonly deployment = (cluster: string): Promise<KubeObject> =>
    this.read(
      cluster,
      '/apis/apps/v1/namespaces/banking/deployments/ledger-api',
    );

  /** Has something happen; see `yarn sandbox --help`. */
  readonly control = async (name: string, values: object = {}) => {
    const response = await fetch(`${this.sandbox.url}/control/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(values),
    });
    const body = await response.json();
    if (!response.ok) {
      throw new Error(body.error);
    }
    return body;
  };

  /** Builds it, and releases the build. */
  readonly releaseLedger = async (environment = 'prod') => {
    await this.control('build', { service: 'ledger-api' });
    return this.control('release', { service: 'ledger-api', environment });
  };

  readonly commit = async (path: string, content: string): Promise<string> => {
    const tip = await appendCommits(this.sandbox.world.repositoryPath, [
      humanCommit({ name: 'A', email: 'a@bank.example' }, END, path, [
        { kind: 'file', path, content },
      ]),
    ]);
    return tip!;
  };

  readonly mishapsOf = async (cluster: string): Promise<string[]> => {
    const { clusters } = await this.control('status');
    return clusters.find((one: { name: string }) => one.name === cluster)
      .mishaps;
  };

  readonly eventsOf = async (
    cluster: string,
    name: string,
  ): Promise<KubeObject[]> => {
    const events = await this.list(cluster, '/api/v1/events');
    return events.filter(
      event => (event.involvedObject as { name: string }).name === name,
    );
  };

  readonly podsOf = async (cluster: string): Promise<KubeObject[]> => {
    const pods = await this.list(cluster, '/api/v1/namespaces/banking/pods');
    return pods.filter(pod => pod.metadata.labels?.app === 'ledger-api');
  };
}

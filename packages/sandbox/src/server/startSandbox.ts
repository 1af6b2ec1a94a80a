import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ClustersWorld } from '../clusters/ClustersWorld.ts';
import type { ClusterAddress } from '../clusters/ClustersWorld.ts';
import type { ClusterTimings } from '../clusters/timings.ts';
import { answerControl } from '../control/answerControl.ts';
import type { SandboxState } from '../control/types.ts';
import { Probes } from '../probes/Probes.ts';
import { SourceRepositories } from '../source/SourceRepositories.ts';
import type { CreateWorldOptions } from '../world/createWorld.ts';
import { openOrCreate } from '../world/openOrCreate.ts';
import type { World } from '../world/types.ts';
import { admit, GIT_USER } from './access.ts';
import { forwardKubectl, readKubePath } from './forwardKubectl.ts';
import { serveGit } from './gitBackend.ts';
import { LiveWorld } from './LiveWorld.ts';
import { METRICS_TYPE, readMetrics } from './readMetrics.ts';
import { refusePushes } from './refusePushes.ts';
import { Webhook } from './Webhook.ts';

export const HOST = '127.0.0.1';
const GIT_PATH =
  /^\/git(\/(?:config-repository|source\/([a-z0-9-]+))\.git\/[A-Za-z0-9/._-]*)$/;
const TICK_MS = 1000;

export interface SandboxOptions extends CreateWorldOptions {
  /** 0 takes any free one. */
  port: number;
  /** How busy: 1 as the reference company in office hours, 0 not at all. */
  rate: number;
  /** Password of the user `ground-control`. */
  gitToken: string;
  webhookUrl?: string;
  webhookSecret?: string;
  /** False serves no clusters; or how fast they are, where not as usual. */
  embeddedClusters?: boolean | Partial<ClusterTimings>;
  /** True starts a probe for each cluster; none otherwise. */
  probes?: boolean;
  /**
   * Told by the Flux of each cluster, as its notification-controller does with
   * a provider of type generic-hmac; `{cluster}` in it stands for the name.
   */
  alertUrl?: string;
  /** The key of a cluster's alerts is this, a dash and the cluster's name. */
  alertSecret?: string;
  log?: (message: string) => void;
}

export interface Sandbox {
  /** Such as `http://127.0.0.1:7010`. */
  url: string;
  gitUrl: string;
  world: World;
  /** Empty where none are served. */
  clusters: readonly ClusterAddress[];
  /** Where the metrics of each cluster's probe are; empty without probes. */
  probes: readonly { cluster: string; metricsUrl: string }[];
  stop(): Promise<void>;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${port} is taken. Stop what uses it, or choose another with --port`,
            )
          : error,
      ),
    );
    server.listen(port, HOST, resolve);
  });
}

/** Fetches that are remembered: those of the last minutes. */
const FETCHES = 50;

function noteAsked(state: SandboxState, { pathname, searchParams }: URL) {
  const now = Date.now();
  state.askedAt ??= now;
  const isFetch =
    pathname.endsWith('/info/refs') &&
    searchParams.get('service') === 'git-upload-pack';
  if (!isFetch) return;
  state.fetchesAt.push(now);
  if (state.fetchesAt.length > FETCHES) state.fetchesAt.shift();
}

/**
 * Opens or builds a world, serves its repository over HTTP and lets it live.
 * The port is bound first, so that a taken one is noticed before the building;
 * until the world stands, requests are answered with 503.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const log = options.log ?? (() => {});
  const children = new Set<ChildProcess>();
  const state: SandboxState = { access: 'allow', fetchesAt: [] };
  let live: LiveWorld | undefined;
  let sources: SourceRepositories | undefined;
  let clusters: ClustersWorld | undefined;
  let probes: Probes | undefined;

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', `http://${HOST}`);
    if (!live) {
      response.writeHead(503, { 'retry-after': '1' });
      response.end('The world is being built.\n');
      return;
    }
    const [, pathInfo, service] = GIT_PATH.exec(url.pathname) ?? [];
    if (pathInfo) {
      if (!service) noteAsked(state, url);
      if (admit(request, response, state.access, options.gitToken)) {
        if (service && !(await sources!.ensure(service))) {
          response.writeHead(404);
          response.end(`Nothing was ever pushed to ${service}.\n`);
          return;
        }
        const { dir: projectRoot } = live.world;
        const user = GIT_USER;
        await serveGit({
          request,
          response,
          url,
          pathInfo,
          projectRoot,
          user,
          children,
        });
        if (pathInfo.endsWith('/git-receive-pack')) {
          const running = live;
          await running.exclusively(() => running.announce());
        }
      }
      return;
    }
    const kube = readKubePath(request.url ?? '/');
    const cluster = kube && clusters?.find(kube.cluster);
    if (kube && cluster) {
      forwardKubectl(request, response, cluster.server.url, kube.path);
      return;
    }
    const metrics = clusters && (await readMetrics(url.pathname, clusters));
    if (metrics !== undefined) {
      response.writeHead(200, { 'content-type': METRICS_TYPE });
      response.end(metrics);
      return;
    }
    if (url.pathname.startsWith('/control/')) {
      await answerControl(request, response, url, {
        live,
        state,
        clusters,
        probes,
      });
      return;
    }
    response.writeHead(404);
    response.end(
      'Only /git/config-repository.git, /git/source/<service>.git, /metrics/ and /control/ are here.\n',
    );
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(error => {
      log(`A request failed: ${error.message}`);
      if (!response.headersSent) {
        response.writeHead(500);
      }
      response.end();
    });
  });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const url = `http://${HOST}:${port}`;
  const gitUrl = `${url}/git/config-repository.git`;
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
      children.forEach(child => child.kill());
    });

  try {
    const world = await openOrCreate(
      { ...options, catchUp: options.rate > 0 && options.end === undefined },
      Math.floor(Date.now() / 1000),
      log,
    );
    const webhook = options.webhookUrl
      ? new Webhook(options.webhookUrl, options.webhookSecret ?? '', log)
      : undefined;
    const repository = world.repositoryPath;
    sources = new SourceRepositories(world.sourcePath);
    await refusePushes(repository, false);
    const { embeddedClusters = true } = options;
    if (embeddedClusters) {
      clusters = await ClustersWorld.start({
        company: world.context.company,
        dir: world.dir,
        repositoryPath: repository,
        port: options.port,
        sandboxUrl: url,
        timings: embeddedClusters === true ? {} : embeddedClusters,
        mishaps: options.rate > 0,
        alertUrl: options.alertUrl,
        alertSecret: options.alertSecret,
        log,
      });
      if (options.probes) {
        probes = await Probes.start({
          clusters: world.context.company.clusters,
          addresses: clusters.addresses,
          dir: world.dir,
          port: options.port,
          log,
        });
      }
    }
    live = new LiveWorld(world, options.rate, (before, after, forced) => {
      webhook?.send({ repository, cloneUrl: gitUrl, before, after, forced });
      clusters?.follow();
    });
    const running = live;
    const timer = setInterval(() => {
      running
        .tick()
        .catch(error => log(`The world stumbled: ${error.message}`));
    }, TICK_MS);
    return {
      url,
      gitUrl,
      world,
      get clusters() {
        return clusters?.addresses ?? [];
      },
      get probes() {
        return (probes?.processes ?? []).map(({ cluster, metricsUrl }) => ({
          cluster,
          metricsUrl,
        }));
      },
      async stop() {
        clearInterval(timer);
        await probes?.stop();
        await close();
        await clusters?.stop();
        await running.stop();
      },
    };
  } catch (error) {
    await probes?.stop();
    await clusters?.stop();
    await close();
    throw error;
  }
}

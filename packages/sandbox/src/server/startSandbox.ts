import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerControl } from '../control/answerControl.ts';
import type { CreateWorldOptions } from '../world/createWorld.ts';
import { openOrCreate } from '../world/openOrCreate.ts';
import type { World } from '../world/types.ts';
import { admit, GIT_USER } from './access.ts';
import type { Access } from './access.ts';
import { serveGit } from './gitBackend.ts';
import { LiveWorld } from './LiveWorld.ts';
import { Webhook } from './Webhook.ts';

export const HOST = '127.0.0.1';
const GIT_PATH = /^\/git(\/config-repository\.git\/[A-Za-z0-9/._-]*)$/;
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
  log?: (message: string) => void;
}

export interface Sandbox {
  /** Such as `http://127.0.0.1:7010`. */
  url: string;
  gitUrl: string;
  world: World;
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

/**
 * Opens or builds a world, serves its repository over HTTP and lets it live.
 * The port is bound first, so that a taken one is noticed before the building;
 * until the world stands, requests are answered with 503.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const log = options.log ?? (() => {});
  const children = new Set<ChildProcess>();
  const state = { access: 'allow' as Access };
  let live: LiveWorld | undefined;

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', `http://${HOST}`);
    if (!live) {
      response.writeHead(503, { 'retry-after': '1' });
      response.end('The world is being built.\n');
      return;
    }
    const [, pathInfo] = GIT_PATH.exec(url.pathname) ?? [];
    if (pathInfo) {
      if (admit(request, response, state.access, options.gitToken)) {
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
    if (url.pathname.startsWith('/control/')) {
      await answerControl(request, response, url, { live, state });
      return;
    }
    response.writeHead(404);
    response.end('Only /git/config-repository.git and /control/ are here.\n');
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
    live = new LiveWorld(world, options.rate, (before, after, forced) => {
      webhook?.send({ repository, cloneUrl: gitUrl, before, after, forced });
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
      async stop() {
        clearInterval(timer);
        await close();
        await running.stop();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

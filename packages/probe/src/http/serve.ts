import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FailureEntry } from '../failures/FailureLog.ts';

const METRICS = 'text/plain; version=0.0.4; charset=utf-8';
const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

/** What the pages ask for. */
export interface Pages {
  metrics(): Promise<string>;
  failures(): FailureEntry[];
  /** Why it isn't ready. */
  notReady(): string | undefined;
}

export interface Serving {
  /** The one that was given when 0 was asked for. */
  port: number;
  stop(): Promise<void>;
}

type Answer = (response: ServerResponse) => void | Promise<void>;

function answer(
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
) {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}

function makeRoutes(pages: Pages): Record<string, Answer> {
  return {
    '/metrics': async response =>
      answer(response, 200, METRICS, await pages.metrics()),
    '/failures': response =>
      answer(
        response,
        200,
        JSON_TYPE,
        JSON.stringify({ failures: pages.failures() }),
      ),
    '/-/healthy': response => answer(response, 200, TEXT, 'healthy\n'),
    '/-/ready': response => {
      const reason = pages.notReady();
      answer(response, reason ? 503 : 200, TEXT, `${reason ?? 'ready'}\n`);
    },
  };
}

async function listen(server: Server, host: string | undefined, port: number) {
  server.listen(port, host);
  await once(server, 'listening');
}

/**
 * Serves the pages.
 *
 * @throws when the port is taken or may not be had
 */
export async function serve(
  { host, port }: { host?: string; port: number },
  pages: Pages,
): Promise<Serving> {
  const routes = makeRoutes(pages);
  const server = createServer(async (request, response) => {
    const [path] = (request.url ?? '/').split('?');
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (!route) {
      answer(response, 404, TEXT, `${Object.keys(routes).join('\n')}\n`);
    } else if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      answer(response, 405, TEXT, 'only GET and HEAD\n');
    } else {
      try {
        await route(response);
      } catch (error) {
        answer(response, 500, TEXT, `${(error as Error).message}\n`);
      }
    }
  });
  server.requestTimeout = 10_000;
  server.headersTimeout = 10_000;
  server.maxConnections = 100;
  await listen(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      // A scrape under way has this long.
      const force = setTimeout(() => server.closeAllConnections(), 1_000);
      await closed;
      clearTimeout(force);
    },
  };
}

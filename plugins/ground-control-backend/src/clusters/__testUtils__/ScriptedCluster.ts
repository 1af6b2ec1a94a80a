import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** Answers in the place of the truth; true when it has answered, or never will. */
export type Script = (
  request: http.IncomingMessage & { url: string },
  response: http.ServerResponse,
) => boolean;

type KubeObject = {
  metadata: { name: string; namespace?: string; [key: string]: unknown };
  [key: string]: unknown;
};

const NAMESPACE_UID = 'uid-of-';

/**
 * An API server that does what a test says, down to half a line and a
 * connection that is never answered. Serves what it is given: `put` and
 * `drop` are told to watches.
 */
export class ScriptedCluster {
  readonly name: string;
  token?: string;
  /** What it calls itself. */
  identity?: string;
  instance: string;
  /** Asked before anything is answered. */
  script?: Script;
  requests: string[] = [];
  readonly #objects = new Map<string, Map<string, KubeObject>>();
  readonly #log: { at: number; path: string; type: string; object: unknown }[] =
    [];
  readonly #watches = new Set<{
    path: string;
    response: http.ServerResponse;
  }>();
  readonly #sockets = new Set<Socket>();
  readonly #tls?: { key: string; cert: string };
  #version = 100;
  #server?: http.Server;
  #port = 0;

  constructor(
    name: string,
    options: {
      /** Such as `/api/v1/configmaps`. */
      serves: string[];
      token?: string;
      tls?: { key: string; cert: string };
    },
  ) {
    this.name = name;
    this.identity = name;
    this.instance = `${NAMESPACE_UID}${name}`;
    this.token = options.token;
    this.#tls = options.tls;
    for (const path of options.serves) this.serve(path);
  }

  get url(): string {
    const scheme = this.#tls ? 'https' : 'http';
    return `${scheme}://127.0.0.1:${this.#port}`;
  }

  get openWatches(): number {
    return this.#watches.size;
  }

  serve(path: string): void {
    if (!this.#objects.has(path)) this.#objects.set(path, new Map());
  }

  unserve(path: string): void {
    this.#objects.delete(path);
  }

  async start(): Promise<void> {
    const listener: http.RequestListener = (request, response) =>
      this.#answer(request as http.IncomingMessage & { url: string }, response);
    this.#server = this.#tls
      ? https.createServer(this.#tls, listener)
      : http.createServer(listener);
    this.#server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Refuses connections until it is started again, on the same port. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#watches.clear();
    await closed;
  }

  put(path: string, object: KubeObject): void {
    const { name, namespace = '' } = object.metadata;
    const objects = this.#objects.get(path)!;
    const key = `${namespace}/${name}`;
    this.#tell(path, objects.has(key) ? 'MODIFIED' : 'ADDED', object);
    objects.set(key, object);
  }

  drop(path: string, key: string): void {
    const objects = this.#objects.get(path)!;
    const object = objects.get(key);
    if (!object) return;
    objects.delete(key);
    this.#tell(path, 'DELETED', object);
  }

  /** Writes to every open watch as it is, or to those of one path. */
  write(text: string, to?: string): void {
    for (const { path, response } of this.#watches) {
      if (!to || path === to) response.write(text);
    }
  }

  /** Becomes another cluster at the same address, with nothing in it. */
  bootstrapAnew(instance: string): void {
    this.instance = instance;
    this.closeWatches();
    this.#log.length = 0;
    this.#version = 1;
    for (const objects of this.#objects.values()) objects.clear();
  }

  /** Leaves every open watch open, and tells it nothing more. */
  deafenWatches(): void {
    this.#watches.clear();
  }

  closeWatches(): void {
    for (const { response } of this.#watches) response.end();
    this.#watches.clear();
  }

  #tell(path: string, type: string, object: KubeObject) {
    this.#version += 1;
    object.metadata.resourceVersion = String(this.#version);
    const copy = structuredClone(object);
    this.#log.push({ at: this.#version, path, type, object: copy });
    for (const watch of this.#watches) {
      if (watch.path === path) {
        watch.response.write(`${JSON.stringify({ type, object: copy })}\n`);
      }
    }
  }

  #answer(
    request: http.IncomingMessage & { url: string },
    response: http.ServerResponse,
  ) {
    this.requests.push(request.url);
    if (this.script?.(request, response)) return;
    const { authorization } = request.headers;
    if (this.token && authorization !== `Bearer ${this.token}`) {
      sendStatus(response, 401);
      return;
    }
    const url = new URL(request.url, 'http://cluster');
    const path = url.pathname;
    if (path === '/version') {
      send(response, { gitVersion: 'v1.34.1' });
    } else if (path === '/api/v1/namespaces/kube-system') {
      send(response, {
        kind: 'Namespace',
        metadata: { name: 'kube-system', uid: this.instance },
      });
    } else if (path === '/api/v1/configmaps' && !this.#objects.has(path)) {
      this.#sendIdentity(response);
    } else if (this.#objects.has(path)) {
      if (url.searchParams.get('watch')) this.#watch(path, url, response);
      else this.#list(path, url, response);
    } else {
      this.#sendKinds(path, response);
    }
  }

  #sendIdentity(response: http.ServerResponse) {
    const items = this.identity
      ? [
          {
            metadata: { name: 'cluster-identity', namespace: 'default' },
            data: { clusterName: this.identity },
          },
        ]
      : [];
    send(response, { metadata: { resourceVersion: '1' }, items });
  }

  #sendKinds(path: string, response: http.ServerResponse) {
    const resources = [...this.#objects.keys()]
      .filter(served => served.startsWith(`${path}/`))
      .map(served => ({ name: served.slice(path.length + 1) }));
    if (resources.length === 0) sendStatus(response, 404);
    else send(response, { kind: 'APIResourceList', resources });
  }

  #list(path: string, url: URL, response: http.ServerResponse) {
    const limit = Number(url.searchParams.get('limit') ?? 1e9);
    const from = Number(url.searchParams.get('continue') ?? 0);
    const all = [...this.#objects.get(path)!.values()];
    const end = from + limit;
    send(response, {
      kind: 'List',
      metadata: {
        resourceVersion: String(this.#version),
        ...(end < all.length ? { continue: String(end) } : {}),
      },
      items: all.slice(from, end),
    });
  }

  #watch(path: string, url: URL, response: http.ServerResponse) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const since = Number(url.searchParams.get('resourceVersion'));
    for (const { at, path: of, type, object } of this.#log) {
      if (of === path && at > since) {
        response.write(`${JSON.stringify({ type, object })}\n`);
      }
    }
    const watch = { path, response };
    this.#watches.add(watch);
    response.once('close', () => this.#watches.delete(watch));
  }
}

function send(response: http.ServerResponse, body: unknown) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Answers with a fault, in the form in which Kubernetes does. */
export function sendStatus(
  response: http.ServerResponse,
  code: number,
  headers: Record<string, string> = {},
): true {
  response.writeHead(code, { 'content-type': 'application/json', ...headers });
  response.end(
    JSON.stringify({ kind: 'Status', status: 'Failure', code, message: 'no' }),
  );
  return true;
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type {
  ClusterFault,
  ClusterFaultOptions,
  ClusterServer,
} from '../types.ts';
import { answerCall } from './answerCall.ts';
import { authorize, forbidden, verbOf } from './auth/authorize.ts';
import { Tokens } from './auth/Tokens.ts';
import type { Role, TokenOptions } from './auth/Tokens.ts';
import { errorOfFault } from './faults/errorOfFault.ts';
import { answerDiscovery } from './http/answerDiscovery.ts';
import { answerPublic } from './http/answerPublic.ts';
import { parseTarget } from './http/parseTarget.ts';
import type { Target } from './http/parseTarget.ts';
import { sendError, sendJson, sendText } from './http/send.ts';
import { StatusError } from './http/StatusError.ts';
import type { Call } from './http/types.ts';
import { Listener } from './Listener.ts';
import type { TlsOptions } from './Listener.ts';
import { MemoryObjectStore } from './store/MemoryObjectStore.ts';
import { isWatch, parseWatch } from './watch/parseWatch.ts';
import { WatchStream } from './watch/WatchStream.ts';

const BOOKMARK_MS = 60_000;
const CLOSE_AFTER_MS = 1000;
const HOUR_MS = 3600_000;

export interface ClusterServerOptions extends TokenOptions {
  name: string;
  /** 0 for any that is free, and then the same one for good. */
  port: number;
  tls?: TlsOptions;
  store?: MemoryObjectStore;
  /** Between the bookmarks of a watch; a minute unless given. */
  bookmarkMs?: number;
  /** Of Kubernetes, such as `v1.33.4`. */
  version?: string;
}

/** An API server in miniature, over HTTP on its own port. */
export class DefaultClusterServer implements ClusterServer {
  readonly name: string;
  readonly store: MemoryObjectStore;
  readonly requests: ClusterServer['requests'] = {
    count: 0,
    watches: 0,
    byKind: {},
    byStatus: {},
  };
  private readonly options: ClusterServerOptions;
  private readonly tokens: Tokens;
  private readonly listener: Listener;
  private readonly watches = new Set<WatchStream>();
  private current: ({ fault: ClusterFault } & ClusterFaultOptions) | undefined;
  private started = false;

  constructor(options: ClusterServerOptions & { store: MemoryObjectStore }) {
    this.name = options.name;
    this.store = options.store;
    this.options = options;
    this.tokens = new Tokens(options);
    this.listener = new Listener(
      options.port,
      (request, response) => void this.handle(request, response),
      options.tls,
    );
    this.store.resets.add(() => this.listener.cut());
  }

  get url(): string {
    return this.listener.url;
  }

  get token(): string {
    return this.tokens.token;
  }

  get adminToken(): string {
    return this.tokens.adminToken;
  }

  get openWatches(): number {
    return this.watches.size;
  }

  get fault(): ClusterServer['fault'] {
    return (
      this.current && { fault: this.current.fault, kind: this.current.kind }
    );
  }

  setToken(token: string): void {
    this.tokens.setToken(token);
  }

  async start(): Promise<void> {
    this.started = true;
    if (this.current?.fault !== 'refuse') {
      await this.listener.open();
    }
  }

  async stop(): Promise<void> {
    this.started = false;
    await this.listener.close();
  }

  async setFault(
    fault: ClusterFault | undefined,
    options: ClusterFaultOptions = {},
  ): Promise<void> {
    if (fault === 'impostor' && !(options.store instanceof MemoryObjectStore)) {
      throw new Error(
        'An impostor needs the store of the cluster that it answers for.',
      );
    }
    const before = this.current;
    this.current = fault && { fault, ...options };
    this.store.skewMs = fault === 'clock-skew' ? options.skewMs ?? HOUR_MS : 0;
    // What hung or was another cluster's can't go on as if nothing had been.
    if (
      ['hang', 'hang-streams', 'impostor'].includes(before?.fault ?? '') ||
      fault === 'impostor'
    ) {
      this.listener.cut();
    }
    if (fault === 'refuse') {
      await this.listener.close();
    } else if (this.started) {
      await this.listener.open();
    }
    this.watchesOf(options.kind).forEach(stream => this.spoil(stream));
  }

  private async handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const served =
        this.faultFor() === 'impostor'
          ? (this.current!.store as MemoryObjectStore)
          : this.store;
      const target = parseTarget(url.pathname, served.types);
      this.count(request, response, url, target);
      if (this.faultFor(target) === 'hang') {
        return;
      }
      response.setHeader('date', this.store.now().toUTCString());
      response.setHeader('audit-id', `${this.name}-${this.requests.count}`);
      const role = this.admit(request);
      const error = errorOfFault(this.faultFor(target));
      if (error) {
        throw error;
      }
      if (answerPublic(url.pathname, response, this.options.version)) {
        return;
      }
      if (!role) {
        throw StatusError.unauthorized();
      }
      const discovered = answerDiscovery(url.pathname, served.types);
      if (discovered) {
        sendJson(response, 200, JSON.stringify(discovered));
      } else if (!target) {
        sendText(response, 404, '404 page not found\n');
      } else {
        const query = url.searchParams;
        const call = { request, response, target, query, store: served };
        await this.serve(call, role);
      }
    } catch (error) {
      sendError(response, error);
    }
  }

  /** @throws when credentials are given that aren't known */
  private admit(request: IncomingMessage): Role | undefined {
    const { authorization } = request.headers;
    if (
      this.options.tls?.clientCa &&
      (request.socket as TLSSocket).authorized
    ) {
      return 'reader';
    }
    const role = this.tokens.roleOf(authorization);
    if (authorization && !role) {
      throw StatusError.unauthorized();
    }
    return role;
  }

  private async serve(call: Call, role: Role): Promise<void> {
    const { request, target, query } = call;
    const watch = request.method === 'GET' && isWatch(query);
    const verb = verbOf(request.method ?? '', target, watch);
    if (this.faultFor(target) === 'forbid') {
      throw forbidden(role, verb, target);
    }
    authorize(role, verb, target);
    if (!watch) {
      await answerCall(verb, call);
      return;
    }
    const stream: WatchStream = new WatchStream({
      ...parseWatch(call, this.options.bookmarkMs ?? BOOKMARK_MS),
      onEnd: () => this.watches.delete(stream),
    });
    this.watches.add(stream);
    stream.start();
    if (this.faultFor(target)) {
      this.spoil(stream);
    }
  }

  /** What the present fault does to a watch. */
  private spoil(stream: WatchStream): void {
    const { fault } = this.current ?? {};
    switch (fault) {
      case 'hang':
        stream.silence();
        break;
      case 'hang-streams':
        stream.setTrap('stall');
        break;
      case 'half-events':
        stream.setTrap('cut');
        break;
      case 'unauthorized':
      case 'forbid':
      case 'error':
        stream.close();
        break;
      case 'close-watches':
        setTimeout(() => stream.close(), CLOSE_AFTER_MS).unref();
        break;
      case 'gone':
        stream.fail(StatusError.tooOld(1, this.store.revision));
        break;
      default:
    }
  }

  private watchesOf(kind: string | undefined): WatchStream[] {
    return [...this.watches].filter(
      ({ selection }) => !kind || selection.type.plural === kind,
    );
  }

  /** The present fault, if it concerns what is asked for. */
  private faultFor(target?: Target): ClusterFault | undefined {
    const { fault, kind } = this.current ?? {};
    return !kind || kind === target?.type.plural ? fault : undefined;
  }

  private count(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    target: Target | undefined,
  ): void {
    const { requests } = this;
    const kind = target?.type.plural ?? url.pathname.split('/')[1];
    requests.count += 1;
    requests.byKind[kind] = (requests.byKind[kind] ?? 0) + 1;
    if (request.method === 'GET' && target && isWatch(url.searchParams)) {
      requests.watches += 1;
    }
    const { writeHead } = response;
    response.writeHead = ((...given: Parameters<typeof writeHead>) => {
      const [status] = given;
      requests.byStatus[status] = (requests.byStatus[status] ?? 0) + 1;
      return writeHead.apply(response, given);
    }) as typeof writeHead;
  }
}

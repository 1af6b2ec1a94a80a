import http from 'node:http';
import { ClusterDefinition } from '@ground-control/backstage-plugin-ground-control-node';
import { classifyError } from './classifyError';
import { classifyStatus } from './classifyStatus';
import { ItemSplitter } from './ItemSplitter';
import { Access, KubeAccess } from './KubeAccess';
import { KubeFault } from './KubeFault';
import { KubeMetrics } from './KubeMetrics';
import { DEFAULT_LIMITS, KubeLimits } from './limits';
import { LineSplitter } from './LineSplitter';
import { ObjectName } from './NameFinder';
import { openRequest } from './openRequest';
import { readBody } from './readBody';

/** A page of a list, without its items. */
export interface PageEnd {
  resourceVersion?: string;
  /** To be asked for the next page with. */
  continue?: string;
}

type Question = {
  path: string;
  /** For people: `list kustomizations`. */
  what: string;
  verb: 'get' | 'list' | 'watch';
  signal: AbortSignal;
  limits: KubeLimits;
};

function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch {
    throw new KubeFault('malformed', 'It sent something that is not JSON');
  }
}

function readPageEnd(rest: unknown): PageEnd {
  const metadata = (rest as { metadata?: Record<string, unknown> })?.metadata;
  const text = (value: unknown) =>
    typeof value === 'string' && value !== '' ? value : undefined;
  if (typeof metadata !== 'object' || metadata === null) {
    throw new KubeFault('malformed', 'It sent something else than a list');
  }
  return {
    resourceVersion: text(metadata.resourceVersion),
    continue: text(metadata.continue),
  };
}

/**
 * The one way to a cluster's API. Only reads. Every question has limits in
 * time and memory, and whatever goes wrong is a {@link KubeFault}; an aborted
 * signal's reason is thrown as it is.
 */
export class KubeGate {
  readonly #cluster: string;
  readonly #access: KubeAccess;
  readonly #limits: KubeLimits;
  readonly #metrics: KubeMetrics;

  constructor(options: {
    definition: ClusterDefinition;
    metrics: KubeMetrics;
    limits?: Partial<KubeLimits>;
  }) {
    this.#cluster = options.definition.name;
    this.#metrics = options.metrics;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#access = new KubeAccess(options.definition, this.#limits);
  }

  /** One object, or whatever JSON is at that path. */
  async get(
    path: string,
    options: {
      what: string;
      signal: AbortSignal;
      /** For each of connecting, answering and the whole; the usual limits by default. */
      timeoutMs?: number;
    },
  ): Promise<unknown> {
    const { what, signal, timeoutMs } = options;
    const limits =
      timeoutMs === undefined
        ? this.#limits
        : {
            ...this.#limits,
            connectTimeoutMs: timeoutMs,
            responseTimeoutMs: timeoutMs,
            totalTimeoutMs: timeoutMs,
          };
    const question: Question = { path, what, verb: 'get', signal, limits };
    return parseJson(
      await this.#readWhole(await this.#ask(question), question),
    );
  }

  /** One page of a list; its items are handed on while they arrive. */
  async list(
    path: string,
    options: {
      what: string;
      signal: AbortSignal;
      onItem: (item: unknown) => void;
      onTooLarge: (name: ObjectName) => void;
    },
  ): Promise<PageEnd> {
    const { what, signal, onItem, onTooLarge } = options;
    const limits = this.#limits;
    const question: Question = { path, what, verb: 'list', signal, limits };
    const response = await this.#ask(question);
    const items = new ItemSplitter({
      maxBytes: this.#limits.maxObjectBytes,
      onItem: item => onItem(parseJson(item)),
      onTooLarge,
    });
    await readBody(response, {
      ...this.#bodyLimits(question),
      onPiece: piece => items.feed(piece),
    });
    return readPageEnd(items.end());
  }

  /**
   * Follows a watch until the server ends it (`ended`), or it said nothing for
   * long and better is opened again (`idle`).
   */
  async watch(
    path: string,
    options: {
      what: string;
      signal: AbortSignal;
      onOpen: () => void;
      /** Any sign of life. */
      onHeard: () => void;
      onEvent: (event: unknown) => void;
      onTooLarge: (name: ObjectName) => void;
    },
  ): Promise<'ended' | 'idle'> {
    const { what, signal, onOpen, onHeard, onEvent, onTooLarge } = options;
    const limits = this.#limits;
    const { lineIdleMs, streamIdleMs, maxObjectBytes } = limits;
    const question: Question = { path, what, verb: 'watch', signal, limits };
    const response = await this.#ask(question);
    onOpen();
    const lines = new LineSplitter({
      maxBytes: maxObjectBytes,
      onLine: line => onEvent(parseJson(line)),
      onTooLarge,
    });
    const end = await readBody(response, {
      signal,
      idleMs: () => (lines.isInLine ? lineIdleMs : streamIdleMs),
      onIdle: () =>
        lines.isInLine
          ? new KubeFault('timed-out', 'It stopped in the middle of an answer')
          : 'idle',
      onPiece: piece => {
        onHeard();
        lines.feed(piece);
      },
    });
    if (lines.isInLine) {
      throw new KubeFault('unreachable', 'It broke off in the middle');
    }
    return end;
  }

  close(): void {
    this.#access.close();
  }

  async #ask(question: Question): Promise<http.IncomingMessage> {
    const startedAt = performance.now();
    let outcome = 'ok';
    try {
      const access = await this.#access.get();
      return await this.#askAs(access, question).catch(async error => {
        if ((error as KubeFault)?.kind !== 'unauthorized') throw error;
        // It may have been renewed on disk, or by the program that got it.
        this.#access.renew(access);
        return this.#askAs(await this.#access.get(), question);
      });
    } catch (error) {
      outcome = question.signal.aborted ? 'aborted' : classifyError(error).kind;
      throw error;
    } finally {
      this.#metrics.asked({
        cluster: this.#cluster,
        verb: question.verb,
        outcome,
        milliseconds: performance.now() - startedAt,
      });
    }
  }

  async #askAs(
    access: Access,
    question: Question,
  ): Promise<http.IncomingMessage> {
    const { path, what, signal, limits } = question;
    signal.throwIfAborted();
    const response = await openRequest(access, {
      path,
      signal,
      limits,
    });
    const status = response.statusCode ?? 0;
    if (status === 200) return response;
    const { 'retry-after': retryAfter } = response.headers;
    const body = await this.#readWhole(response, question)
      .then(parseJson)
      .catch(() => undefined);
    signal.throwIfAborted();
    const { anonymous } = access;
    throw classifyStatus({ status, retryAfter, body, what, anonymous });
  }

  async #readWhole(
    response: http.IncomingMessage,
    question: Question,
  ): Promise<Buffer> {
    const pieces: Buffer[] = [];
    let length = 0;
    await readBody(response, {
      ...this.#bodyLimits(question),
      onPiece: piece => {
        length += piece.length;
        if (length > question.limits.maxObjectBytes) {
          throw new KubeFault('malformed', 'It sent more than can be read');
        }
        pieces.push(piece);
      },
    });
    return Buffer.concat(pieces);
  }

  #bodyLimits({ signal, limits }: Question) {
    return {
      signal,
      idleMs: () => limits.bodyIdleMs,
      onIdle: () =>
        new KubeFault('timed-out', 'It stopped in the middle of an answer'),
      totalMs: limits.totalTimeoutMs,
    };
  }
}

import type { KubeObject } from '../../types.ts';

export interface WatchEvent {
  type: string;
  object: KubeObject & { code?: number; message?: string };
}

export interface Answer {
  status: number;
  headers: Headers;
  // What a test asks for is known to it alone.
  body: any;
}

/** A watch as a client reads it. */
export class Watching {
  readonly events: WatchEvent[] = [];
  /** What came after the last whole line. */
  rest = '';
  ended = false;
  broken = false;
  readonly done: Promise<void>;
  private readonly abort: AbortController;

  constructor(response: Response, abort: AbortController) {
    this.abort = abort;
    this.done = this.read(response);
  }

  /** Waits until it holds of what was read. */
  async until(holds: (watching: Watching) => boolean): Promise<void> {
    const deadline = Date.now() + 90_000;
    while (!holds(this)) {
      if (Date.now() > deadline) {
        throw new Error(
          `Not told in time; so far: ${JSON.stringify(this.events).slice(
            0,
            2000,
          )} ${this.rest}`,
        );
      }
      await new Promise(resolve => setTimeout(resolve, 2));
    }
  }

  async stop(): Promise<void> {
    this.abort.abort();
    await this.done;
  }

  private async read(response: Response): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body!) {
        const lines = (
          this.rest + decoder.decode(chunk, { stream: true })
        ).split('\n');
        this.rest = lines.pop()!;
        this.events.push(...lines.map(line => JSON.parse(line)));
      }
    } catch {
      this.broken = true;
    }
    this.ended = true;
  }
}

/** The few lines of an API client that the tests of the server need. */
export class ApiClient {
  private readonly url: string;
  private readonly token: string | undefined;

  constructor(url: string, token?: string) {
    this.url = url;
    this.token = token;
  }

  async call(
    path: string,
    options: {
      method?: string;
      body?: unknown;
      type?: string;
      accept?: string;
      timeoutMs?: number;
    } = {},
  ): Promise<Answer> {
    const { method, body, type = 'application/json', accept } = options;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...this.headers,
        ...(body === undefined ? {} : { 'content-type': type }),
        ...(accept === undefined ? {} : { accept }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(options.timeoutMs ?? 5000),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  }

  async watch(path: string): Promise<Watching> {
    const abort = new AbortController();
    const response = await fetch(`${this.url}${path}`, {
      headers: this.headers,
      signal: abort.signal,
    });
    return new Watching(response, abort);
  }

  private get headers(): Record<string, string> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }
}

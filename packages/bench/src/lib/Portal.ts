import { cpuSeconds, residentMemory } from './processUsage.ts';

/** An embedded cluster. */
export interface ClusterAddress {
  name: string;
  url: string;
  environment: string;
  tokenFile: string;
}

/** What the stack of `scripts/lib/stack.mjs` resolves to. */
export interface RunningStack {
  urls: Record<string, string>;
  control: string;
  clusters: ClusterAddress[];
  sandboxDir: string;
  pids: Record<string, number>;
}

/** A deployed portal that runs, seen as one person. */
export class Portal {
  /**
   * Resolves to the seconds from the start of the backend's process until all
   * commits were in; its boot is part of it.
   */
  readonly ingested: Promise<number>;
  /** The same until every cluster is live and nothing in it is on its way. */
  readonly clustersComplete: Promise<number>;
  private readonly startedAt: number;
  private token = '';

  private readonly stack: RunningStack;
  readonly person: string;

  constructor(
    stack: RunningStack,
    person: string,
    moments: {
      /** Of the backend's process, in milliseconds since 1970. */
      startedAt: number;
      ingested: Promise<number>;
      clustersComplete: Promise<number>;
    },
  ) {
    this.startedAt = moments.startedAt;
    this.ingested = moments.ingested;
    this.clustersComplete = moments.clustersComplete;
    this.stack = stack;
    this.person = person;
  }

  get url(): string {
    return this.stack.urls.app;
  }

  /** Builds and releases a service; resolves once the commit is pushed. */
  async release(
    service: string,
    environment: string,
  ): Promise<{ commit: string; artifactId: string }> {
    await this.control('build', { service });
    return this.control('release', { service, environment });
  }

  get clusters(): ClusterAddress[] {
    return this.stack.clusters;
  }

  get sandboxDir(): string {
    return this.stack.sandboxDir;
  }

  /** Requests that each embedded cluster has answered, by name. */
  async readUpstreamRequests(): Promise<Record<string, number>> {
    const response = await fetch(`${this.stack.control}/status`);
    const { clusters } = await response.json();
    return Object.fromEntries(
      clusters.map((one: { name: string; requests: { count: number } }) => [
        one.name,
        one.requests.count,
      ]),
    );
  }

  /**
   * Seconds of ingest from nothing: from when the backend first asked for the
   * repository until all commits were in, and from the start of its process.
   */
  async readIngest(): Promise<{ own: number; withBoot: number }> {
    const withBoot = await this.ingested;
    const response = await fetch(`${this.stack.control}/status`);
    const { askedAt } = await response.json();
    return { own: withBoot - (askedAt - this.startedAt) / 1_000, withBoot };
  }

  /**
   * When the backend began to fetch the config repository after a moment, both
   * in milliseconds since 1970; a fetch that was under way isn't meant.
   */
  async readFetchAfter(moment: number): Promise<number> {
    const response = await fetch(`${this.stack.control}/status`);
    const { fetchesAt } = await response.json();
    return fetchesAt.find((at: number) => at >= moment) ?? NaN;
  }

  /** Has something happen in the embedded world; see `yarn sandbox --help`. */
  async control(name: string, values: Record<string, string>) {
    const response = await fetch(`${this.stack.control}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(values),
    });
    if (!response.ok) {
      throw new Error(`${name} failed: ${await response.text()}`);
    }
    return response.json();
  }

  /**
   * Signs the person in, as soon as the catalog knows them; tokens last an
   * hour.
   */
  async signIn(): Promise<void> {
    for (const end = Date.now() + 60_000; ; ) {
      const response = await fetch(
        `${this.url}/api/auth/developmentSignIn/refresh`,
        { headers: { 'x-development-person': this.person } },
      );
      if (response.ok) {
        this.token = (await response.json()).backstageIdentity.token;
        return;
      }
      const text = await response.text();
      if (response.status !== 404 || Date.now() > end) {
        throw new Error(
          `Signing in as ${this.person} failed: ${response.status} ${text}`,
        );
      }
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  }

  /** Asks Ground Control's API for an answer as it travels. */
  async fetch(path: string): Promise<string> {
    // No cache may answer for the server.
    return this.send('GET', path, { 'cache-control': 'no-cache' });
  }

  /** A socket of the portal's signals, as a browser opens it. */
  openSignals(): WebSocket {
    return new WebSocket(
      `${this.url.replace(/^http/, 'ws')}/api/signals`,
      this.token,
    );
  }

  /** The same portal, seen as somebody else who has signed in. */
  async as(person: string): Promise<Portal> {
    const { startedAt, ingested, clustersComplete } = this;
    const portal = new Portal(this.stack, person, {
      startedAt,
      ingested,
      clustersComplete,
    });
    await portal.signIn();
    return portal;
  }

  /** Has Ground Control's API do something; rejects on any refusal. */
  async post(path: string, body: object): Promise<any> {
    const headers = { 'content-type': 'application/json' };
    return JSON.parse(
      await this.send('POST', path, headers, JSON.stringify(body)),
    );
  }

  private async send(
    method: 'GET' | 'POST',
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<string> {
    const response = await fetch(`${this.url}/api/ground-control${path}`, {
      method,
      headers: { ...headers, authorization: `Bearer ${this.token}` },
      body,
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path} failed: ${response.status} ${text}`);
    }
    return text;
  }

  /** Asks Ground Control's API; rejects on any refusal. */
  async get(path: string): Promise<any> {
    return JSON.parse(await this.fetch(path));
  }

  /** Milliseconds that one request takes, body included. */
  async time(path: string): Promise<number> {
    const started = performance.now();
    await this.get(path);
    return performance.now() - started;
  }

  /** Milliseconds of `count` requests, one after the other, after some to warm up. */
  async timeMany(path: string, count: number): Promise<number[]> {
    for (let i = 0; i < 10; i++) await this.get(path);
    const times = [];
    for (let i = 0; i < count; i++) times.push(await this.time(path));
    return times;
  }

  /** Waits until all commits are ingested; `onWait` is called on each look. */
  async waitUntilFresh(
    timeoutMs: number,
    onWait?: () => Promise<void>,
  ): Promise<void> {
    const end = Date.now() + timeoutMs;
    let status;
    while (Date.now() < end) {
      status = await this.get('/v1/repository');
      if (status.state === 'fresh') return;
      await onWait?.();
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    throw new Error(`Not fresh in ${timeoutMs} ms: ${JSON.stringify(status)}`);
  }

  /** Seconds of processor time that the backend has used (Linux). */
  cpuSeconds(): number {
    return cpuSeconds(this.stack.pids['backend-app']);
  }

  /** Waits until the backend has next to nothing to do for some seconds. */
  async waitUntilIdle(timeoutMs: number): Promise<void> {
    const end = Date.now() + timeoutMs;
    for (let quiet = 0; quiet < 3; ) {
      const before = this.cpuSeconds();
      await new Promise(resolve => setTimeout(resolve, 2_000));
      quiet = this.cpuSeconds() - before < 0.3 ? quiet + 1 : 0;
      if (Date.now() > end) throw new Error('The backend never rests');
    }
  }

  /**
   * The backend's resident memory now and at its highest, in MB (Linux), with
   * what the processes that it started hold for themselves now.
   */
  memory(): { now: number; peak: number } {
    const { now, peak, started } = residentMemory(
      this.stack.pids['backend-app'],
    );
    return { now: now + started, peak: peak + started };
  }
}

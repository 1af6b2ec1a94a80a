import { mockServices } from '@backstage/backend-test-utils';
import { LinkCell } from '@ground-control/backstage-plugin-ground-control-common';
import { LatencySource } from '@ground-control/backstage-plugin-ground-control-node';
import { Knex } from 'knex';
import { until } from '../../__testUtils__/until';
import { ChangeHub } from '../../lib/ChangeHub';
import { DEFAULT_THRESHOLDS } from '../decide/thresholds';
import { LatencyService } from '../LatencyService';
import { KeptPairs } from '../reading/KeptPairs';
import { readMatrix } from '../reading/readMatrix';
import { readPair } from '../reading/readPair';
import { readNoLinkedPairs } from '../reading/types';
import { probeProfile } from '../sources/scrape/profiles/probe';
import { ScrapeSource } from '../sources/scrape/ScrapeSource';
import { DAY_MS } from '../times';
import { formatProbe, ProbeTarget } from './formatProbe';
import { MetricsServer } from './MetricsServer';

export const NOON = Date.UTC(2026, 2, 2, 12);
const STEP_S = 15;

/** A probe whose counters go up as a test says. */
export class TestProbe {
  readonly targets = new Map<
    string,
    Required<Pick<ProbeTarget, 'answered' | 'lost'>> &
      Pick<ProbeTarget, 'lastOk' | 'lastSuccess'>
  >();
  /** Others than 200 are said with every answer. */
  status = 200;
  /** When its process began, and in which buckets it counts. */
  process: { startedAt?: number; bounds?: number[] } = {};
  /** What becomes of its metrics on the way. */
  spoil = (text: string) => text;
  /** Its clock; its answers have no date without one. */
  clock?: () => number;

  private constructor(
    readonly cluster: string,
    readonly server: MetricsServer,
  ) {}

  /** How long it may take to answer; what isn't read once isn't read again while the clock stands. */
  timeoutMs = 30_000;

  static async start(cluster: string, targets: string[]): Promise<TestProbe> {
    const probe = new TestProbe(cluster, await MetricsServer.start());
    for (const target of targets) {
      probe.targets.set(target, { answered: {}, lost: {} });
    }
    probe.server.does((request, response) => {
      // The world has a clock of its own.
      response.sendDate = false;
      if (probe.clock) {
        response.setHeader('date', new Date(probe.clock()).toUTCString());
      }
      if (probe.status !== 200) {
        response.writeHead(probe.status).end();
        return;
      }
      response.end(
        request.url === '/failures'
          ? JSON.stringify({ failures: [] })
          : probe.spoil(probe.format()),
      );
    });
    return probe;
  }

  /** Answered after so many ms, and lost. */
  count(target: string, answered: Record<number, number>, lost = 0): void {
    const found = this.targets.get(target)!;
    for (const [ms, times] of Object.entries(answered)) {
      const key = Number(ms);
      found.answered[key] = (found.answered[key] ?? 0) + times;
    }
    found.lost.timeout = (found.lost.timeout ?? 0) + lost;
    found.lastOk = lost === 0;
  }

  /** Another process takes its place, which has counted nothing yet. */
  restart(process: TestProbe['process']): void {
    for (const name of this.targets.keys()) {
      this.targets.set(name, { answered: {}, lost: {} });
    }
    this.process = process;
  }

  source(): ScrapeSource {
    return new ScrapeSource({
      cluster: this.cluster,
      url: `${this.server.url}/metrics`,
      profile: probeProfile,
      intervalMs: 1_000,
      timeoutMs: this.timeoutMs,
      access: {},
    });
  }

  private format() {
    return formatProbe(
      this.cluster,
      [...this.targets].map(([target, found]) => ({ target, ...found })),
      this.process,
    );
  }
}

/** A service on a database, with a clock that a test sets. */
export class LatencyWorld {
  now = NOON;
  /** How often open pages were told to look. */
  told = 0;
  private service?: LatencyService;
  /** As the matrix is read over HTTP. */
  private readonly pairs = new KeptPairs();
  readonly hub = new ChangeHub({
    onError: error => {
      throw error;
    },
    gatherMs: 1,
  });

  constructor(
    readonly knex: Knex,
    private readonly sources: () => LatencySource[],
    private readonly options: { baselineMs?: number } = {},
  ) {}

  start(): void {
    this.hub.subscribe(change => {
      if (change.kind === 'links') this.told += 1;
    });
    this.service = new LatencyService({
      knex: this.knex,
      logger: mockServices.logger.mock(),
      hub: this.hub,
      repository: 'default',
      sources: this.sources(),
      thresholds: {
        sameRegion: DEFAULT_THRESHOLDS,
        sameProvider: DEFAULT_THRESHOLDS,
        crossProvider: DEFAULT_THRESHOLDS,
      },
      baselineMs: this.options.baselineMs ?? DAY_MS,
      keep: { fivesMs: 8 * DAY_MS, hoursMs: 90 * DAY_MS },
      now: () => this.now,
      lookMs: 10,
    });
    this.service.start();
  }

  async stop(): Promise<void> {
    await this.service?.stop();
    this.hub.close();
  }

  /** Lets time go on, and waits until the sources were asked again. */
  async step(seconds = STEP_S): Promise<void> {
    this.now += seconds * 1_000;
    await until(
      async () => {
        const rows = await this.knex('latency_clusters').select('heard_at');
        return rows.some(row => Number(row.heard_at) === this.now);
      },
      // Tests take many steps.
      { intervalMs: 5 },
    );
  }

  private context() {
    return {
      pairs: this.pairs,
      knex: this.knex,
      now: new Date(this.now),
      readLinkedPairs: readNoLinkedPairs,
    };
  }

  matrix(window: '5m' | '1h' | '24h' | '7d' = '5m') {
    return readMatrix(this.context(), { window, percentile: 'p50' });
  }

  pair(from: string, to: string, window: '5m' | '1h' | '24h' | '7d' = '5m') {
    return readPair(
      this.context(),
      { from, to },
      { window, percentile: 'p50' },
    );
  }

  async cell(from: string, to: string): Promise<LinkCell> {
    const { cells } = await this.matrix();
    const found = cells.find(cell => cell.from === from && cell.to === to);
    if (!found) throw new Error(`There is no link from ${from} to ${to}`);
    return found;
  }

  /** Such as `down all-lost`. */
  async state(from: string, to: string): Promise<string> {
    const { state, code } = await this.cell(from, to);
    return `${state} ${code}`;
  }
}

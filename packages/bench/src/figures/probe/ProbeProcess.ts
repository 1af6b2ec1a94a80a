import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuSeconds, residentMemory } from '../../lib/processUsage.ts';

const SERIES = /^([a-z_]+)\{(.*)\} (\S+)$/gm;

export interface ProbeTarget {
  name: string;
  kind: 'http';
  url: string;
  tls?: { ca: string };
}

/** Values by metric and target, such as `…_sum` and `b`; other labels follow. */
export type Scrape = (metric: string, target: string, label?: string) => number;

/** The agent as it is deployed, in a process of its own. */
export class ProbeProcess {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #url: string;

  private constructor(child: ChildProcess, folder: string, port: number) {
    this.#child = child;
    this.#folder = folder;
    this.#url = `http://127.0.0.1:${port}`;
  }

  static async start(
    root: string,
    interval: string,
    targets: ProbeTarget[],
  ): Promise<ProbeProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'bench-probe-'));
    const config = join(folder, 'probe.yaml');
    // JSON is YAML.
    writeFileSync(
      config,
      JSON.stringify({
        source: { cluster: 'bench', provider: 'none' },
        listen: { host: '127.0.0.1', port: 0 },
        interval,
        targets,
      }),
    );
    const child = spawn(
      process.execPath,
      [
        // As the container starts it.
        '--max-old-space-size=96',
        join(root, 'packages/probe/bin/backbone-gateway-probe'),
        ...['--config', config, '--log', 'json'],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const port = await new Promise<number>((resolve, reject) => {
      // Read to its end: a full pipe would hold up who writes.
      createInterface({ input: child.stdout! }).on('line', line => {
        const said = JSON.parse(line);
        if (said.port) resolve(said.port);
      });
      child.once('exit', code => reject(new Error(`It ended with ${code}`)));
    });
    return new ProbeProcess(child, folder, port);
  }

  async scrape(): Promise<Scrape> {
    const text = await (await fetch(`${this.#url}/metrics`)).text();
    const values = new Map<string, number>();
    for (const [, name, labels, value] of text.matchAll(SERIES)) {
      const of = (key: string) =>
        new RegExp(`(?:^|,)${key}="([^"]*)"`).exec(labels)?.[1];
      const target = of('target');
      if (!target || of('le')) continue;
      const label = of('phase') ?? of('result') ?? '';
      values.set(`${name} ${target} ${label}`, Number(value));
    }
    return (metric, target, label = '') =>
      values.get(`backbone_gateway_${metric} ${target} ${label}`) ?? NaN;
  }

  /** The same without looking at it. */
  async fetchMetrics(): Promise<number> {
    const text = await (await fetch(`${this.#url}/metrics`)).text();
    return text.length;
  }

  cpuSeconds(): number {
    return cpuSeconds(this.#child.pid!);
  }

  /** MB at the highest since its start. */
  peakMemory(): number {
    return residentMemory(this.#child.pid!).peak;
  }

  stop(): void {
    this.#child.kill();
    rmSync(this.#folder, { recursive: true });
  }
}

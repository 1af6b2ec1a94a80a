import { ChildProcess, execFile, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const READY_MS = 30_000;

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

/**
 * Programs to test with: the one that the variable PROMETHEUS names. Without
 * it there is none, which is said: what happens to be installed isn't meant.
 */
export function findPrometheus(env: NodeJS.ProcessEnv = process.env): string[] {
  const { PROMETHEUS: named } = env;
  if (named && isProgram(named)) return [named];
  process.stderr.write(
    `Tests with a real Prometheus are skipped: ${
      named ? `${named} can't be run` : 'PROMETHEUS names none'
    }.\n`,
  );
  return [];
}

/** A Prometheus as people run it, with data of its own. */
export class RealPrometheus {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /**
   * @param options - `scrapes`: URLs of metrics, each asked every second;
   * `past`: samples in the format of OpenMetrics, with times
   * @throws what it said, when it doesn't start
   */
  static async start(
    program: string,
    options: { scrapes: string[]; past?: string; flags?: string[] },
  ): Promise<RealPrometheus> {
    const { scrapes, past, flags = [] } = options;
    const folder = await mkdtemp(join(tmpdir(), 'ground-control-prometheus-'));
    const data = join(folder, 'data');
    const targets = scrapes.map(url => new URL(url).host);
    await writeFile(
      join(folder, 'prometheus.yml'),
      JSON.stringify({
        global: { scrape_interval: '1s', scrape_timeout: '1s' },
        scrape_configs: [{ job_name: 'probe', static_configs: [{ targets }] }],
      }),
    );
    if (past !== undefined) {
      const file = join(folder, 'past');
      await writeFile(file, past);
      await promisify(execFile)(join(dirname(program), 'promtool'), [
        ...['tsdb', 'create-blocks-from', 'openmetrics', file, data],
      ]);
    }
    const address = `127.0.0.1:${await findPort()}`;
    const child = spawn(
      program,
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${data}`,
        `--web.listen-address=${address}`,
        ...flags,
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    child.stderr!.on('data', piece => {
      said += piece;
    });
    const started = new RealPrometheus(`http://${address}`, child, folder);
    const deadline = Date.now() + READY_MS;
    while (!(await started.isReady())) {
      if (child.exitCode !== null || Date.now() > deadline) {
        await started.stop();
        throw new Error(`${program} did not start: ${said}`);
      }
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    return started;
  }

  private async isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/-/ready`)).ok;
    } catch {
      return false;
    }
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const ended = new Promise(resolve => this.child.once('close', resolve));
      this.child.kill();
      await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

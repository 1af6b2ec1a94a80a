import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../server/startSandbox.ts';
import { findFreePort } from './findFreePort.ts';
import { ProbeProcess } from './ProbeProcess.ts';
import { formatProbeConfig } from './formatProbeConfig.ts';
import { writePrivate } from '../clusters/access/tokens.ts';

const BIN = join(__dirname, '..', '..', 'bin', 'sandbox');
const folder = mkdtempSync(join(tmpdir(), 'sandbox-probes-'));
const size = { squads: 1, services: 3, clusters: 2, days: 1, releases: 4 };

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function until<T>(look: () => T | undefined | Promise<T | undefined>) {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const value = await look();
    if (value) {
      return value;
    }
    if (Date.now() > deadline) {
      throw new Error('It never happened');
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function read(url: string): Promise<string> {
  const response = await fetch(url).catch(() => undefined);
  return (await response?.text()) ?? '';
}

/** Successes of a direction so far. */
async function successes(url: string, to: string): Promise<number> {
  const line = (await read(url))
    .split('\n')
    .find(
      one =>
        one.startsWith('backbone_gateway_probes_total{') &&
        one.includes(`target="${to}"`) &&
        one.includes('result="success"'),
    );
  return Number(line?.split(' ')[1] ?? 0);
}

describe('probes of the embedded clusters', () => {
  it('measure the links of their cluster, and hear of others', async () => {
    const sandbox = await startSandbox({
      ...size,
      environments: ['dev', 'prod'],
      clusters: 3,
      dir: join(folder, 'world'),
      port: 0,
      rate: 0,
      gitToken: 'right',
      probes: true,
    });
    try {
      const [{ metricsUrl }] = sandbox.probes;
      expect(sandbox.probes.map(({ cluster }) => cluster)).toEqual(
        sandbox.clusters.map(({ name }) => name),
      );
      await until(async () => (await successes(metricsUrl, 'platform')) > 0);
      const metrics = await read(metricsUrl);
      expect(metrics).toContain(
        'source="aws-prod-1",target="platform",source_provider="aws",target_provider="aws"',
      );
      await fetch(`${sandbox.url}/control/link-down`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ from: 'aws-prod-1', to: 'platform' }),
      });
      const failures = metricsUrl.replace('/metrics', '/failures');
      await until(async () =>
        (await read(failures)).includes('"result":"refused"'),
      );
    } finally {
      await sandbox.stop();
    }
    for (const { metricsUrl } of sandbox.probes) {
      expect(await read(metricsUrl)).toBe('');
    }
  });

  it('are started anew when they die, and end when asked', async () => {
    const said: string[] = [];
    const configPath = join(folder, 'one.yaml');
    const port = await findFreePort();
    const cluster = {
      name: 'aws-prod-1',
      provider: 'aws' as const,
      region: 'eu-west-1',
      environment: 'prod',
    };
    const tokenFile = join(folder, 'token');
    writePrivate(tokenFile, 'some-token\n');
    const serverUrl = 'http://127.0.0.1:9';
    const all = [cluster];
    writePrivate(
      configPath,
      formatProbeConfig({ cluster, all, port, serverUrl, tokenFile }),
    );
    const probe = new ProbeProcess({
      cluster: cluster.name,
      configPath,
      port,
      log: message => said.push(message),
    });
    probe.start();
    const first = probe.pid!;
    await until(async () => (await read(probe.metricsUrl)) !== '');
    process.kill(first, 'SIGKILL');
    await until(() => probe.pid !== undefined && probe.pid !== first);
    await until(async () => (await read(probe.metricsUrl)) !== '');
    expect(said).toEqual([
      expect.stringMatching(/^The probe of aws-prod-1 ended and starts again/),
    ]);
    const second = probe.pid!;
    await probe.stop();
    expect(isRunning(second)).toBe(false);
    expect(await read(probe.metricsUrl)).toBe('');
  });

  it.each(['SIGKILL', 'SIGINT'] as const)(
    'do not outlive a sandbox that ends by %s',
    async signal => {
      const sandbox = spawn(
        process.execPath,
        [
          BIN,
          ...['run', '--port', '0', '--rate', '0', '--days', '1'],
          ...['--dir', join(folder, signal), '--squads', '1'],
          ...['--services', '3', '--clusters', '2'],
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      let out = '';
      sandbox.stdout.on('data', chunk => {
        out += chunk;
      });
      const urls = await until(() =>
        /^Probes: (.*)\n/m
          .exec(out)?.[1]
          .split(', ')
          .map(one => one.split(' ')[1]),
      );
      expect(urls).toHaveLength(2);
      await until(async () => (await read(urls[1])) !== '');
      const ended = new Promise(resolve => sandbox.once('exit', resolve));
      sandbox.kill(signal);
      await ended;
      for (const url of urls) {
        await until(async () => (await read(url)) === '');
      }
    },
  );
});

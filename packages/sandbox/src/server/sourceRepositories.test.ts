import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runGit } from '../git/runGit.ts';
import { startSandbox } from './startSandbox.ts';
import type { Sandbox } from './startSandbox.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandbox-source-server-'));
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({
    dir: join(folder, 'world'),
    squads: 2,
    services: 8,
    days: 5,
    releases: 60,
    end: Date.UTC(2026, 5, 1, 12) / 1000,
    port: 0,
    rate: 0,
    gitToken: 'right',
    embeddedClusters: false,
  });
});
afterAll(async () => {
  await sandbox?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function url(service: string, password = 'right'): string {
  return `${sandbox.url}/git/source/${service}.git`.replace(
    '//',
    `//ground-control:${password}@`,
  );
}

async function control(name: string, values: object) {
  const response = await fetch(`${sandbox.url}/control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(values),
  });
  return response.json();
}

const readTip = async (service: string, branch: string) =>
  (await runGit(undefined, ['ls-remote', url(service), branch])).slice(0, 10);

describe('/git/source', () => {
  it('serves a service’s repository, also without its files', async () => {
    const path = join(folder, 'clone');
    await runGit(undefined, [
      ...['clone', '--quiet', '--bare', '--filter=tree:0'],
      ...[url('ledger-api'), path],
    ]);
    const log = await runGit(path, ['log', '--format=%s', 'master']);
    expect(log).toMatch(/\nBegin ledger-api\n$/);
  });

  it('has a build’s commit as soon as there is the build', async () => {
    for (const branch of ['master', 'feature/limits']) {
      const built = await control('build', { service: 'ledger-api', branch });
      const tip = await readTip('ledger-api', `refs/heads/${branch}`);
      expect(built.artifactId).toContain(`-${tip}-`);
    }
  });

  it('lets nobody in without the token, and nobody push', async () => {
    const lsRemote = (remote: string) =>
      runGit(undefined, ['ls-remote', remote]);
    await expect(lsRemote(url('ledger-api', 'wrong'))).rejects.toThrow(
      /Authentication failed|could not read/,
    );
    await expect(lsRemote(url('no-such-service'))).rejects.toThrow(/not found/);
    for (const name of ['..', '%2e%2e', '-x.', 'a%2fb']) {
      await expect(lsRemote(url(name))).rejects.toThrow();
    }
    const path = join(folder, 'pusher');
    await runGit(undefined, [
      'clone',
      '--quiet',
      '--bare',
      url('ledger-api'),
      path,
    ]);
    await expect(
      runGit(path, ['push', url('ledger-api'), 'master:refs/heads/mine']),
    ).rejects.toThrow(/403|not allowed|disabled/);
  });
});

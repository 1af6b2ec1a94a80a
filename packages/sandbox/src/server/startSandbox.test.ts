import { createHmac } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CANARIES } from '../control/hostile/manifests.ts';
import { readTip } from '../git/appendCommits.ts';
import { runGit } from '../git/runGit.ts';
import { startSandbox } from './startSandbox.ts';
import type { Sandbox, SandboxOptions } from './startSandbox.ts';

const END = Date.UTC(2026, 5, 1, 12) / 1000;
const folder = mkdtempSync(join(tmpdir(), 'sandbox-server-'));
const dir = join(folder, 'world');
const options: SandboxOptions = {
  dir,
  squads: 2,
  services: 12,
  days: 10,
  releases: 60,
  end: END,
  port: 0,
  rate: 0,
  gitToken: 'right',
};

interface Hook {
  signature: string | undefined;
  event: string | undefined;
  body: string;
}
const hooks: Hook[] = [];
let receiver: Server;
let sandbox: Sandbox;
let clones = 0;

function gitUrl(password: string): string {
  return sandbox.gitUrl.replace('//', `//ground-control:${password}@`);
}

async function clone(password = 'right'): Promise<string> {
  clones += 1;
  const path = join(folder, `clone-${clones}`);
  await runGit(undefined, [
    'clone',
    '--quiet',
    '--bare',
    gitUrl(password),
    path,
  ]);
  return path;
}

async function control(name: string, values: object = {}) {
  const response = await fetch(`${sandbox.url}/control/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(values),
  });
  return { status: response.status, ...(await response.json()) };
}

function repositoryTip(): Promise<string | undefined> {
  return readTip(sandbox.world.repositoryPath);
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 90_000;
  while (!condition()) {
    if (Date.now() > deadline) {
      throw new Error('It never happened');
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) {
      body += chunk;
    }
    hooks.push({
      signature: String(request.headers['x-hub-signature-256']),
      event: String(request.headers['x-github-event']),
      body,
    });
    response.writeHead(202).end();
  });
  await new Promise<void>(resolve => {
    receiver.listen(0, '127.0.0.1', resolve);
  });
  const { port } = receiver.address() as AddressInfo;
  sandbox = await startSandbox({
    ...options,
    webhookUrl: `http://127.0.0.1:${port}/`,
    webhookSecret: 'shared',
  });
});

afterAll(async () => {
  await sandbox.stop();
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a running sandbox', () => {
  it('serves the repository to the right user alone', async () => {
    const path = await clone();
    expect(await readTip(path)).toBe(await repositoryTip());
    await expect(clone('wrong')).rejects.toThrow(/Authentication failed/);
    const open = await fetch(`${sandbox.gitUrl}/info/refs`);
    expect(open.status).toBe(401);
    expect(open.headers.get('www-authenticate')).toContain('Basic');
  });

  it.each([
    '/git/config-repository.git/../world.json',
    '/git/config-repository.git/%2e%2e/world.json',
    '/git/world.json',
    '/world.json',
  ])('does not serve %s', async path => {
    const response = await fetch(`${sandbox.url}${path}`, {
      headers: {
        authorization: `Basic ${Buffer.from('ground-control:right').toString(
          'base64',
        )}`,
      },
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.text()).not.toContain('formatVersion');
  });

  it('releases by control and tells the webhook', async () => {
    const before = await repositoryTip();
    hooks.length = 0;
    const built = await control('build', { service: 'ledger-api' });
    expect(built.status).toBe(200);
    const done = await control('release', {
      service: 'ledger-api',
      environment: 'prod',
    });
    expect(done).toMatchObject({ status: 200, artifactId: built.artifactId });
    const path = await clone();
    const text = await runGit(path, [
      'show',
      'master:prod/releases/banking/ledger-api/artifact.json',
    ]);
    expect(JSON.parse(text).id).toBe(built.artifactId);
    await until(() => hooks.length === 1);
    const [{ body, event, signature }] = hooks;
    expect(event).toBe('push');
    expect(signature).toBe(
      `sha256=${createHmac('sha256', 'shared').update(body).digest('hex')}`,
    );
    expect(JSON.parse(body)).toMatchObject({
      ref: 'refs/heads/master',
      before,
      after: done.commit,
      forced: false,
      head_commit: { id: done.commit },
    });
    const again = await control('release', {
      service: 'ledger-api',
      environment: 'prod',
      artifact: built.artifactId,
    });
    expect(again).toMatchObject({
      status: 400,
      error: expect.stringContaining('already'),
    });
  });

  it('keeps what others push, and releases on top of it', async () => {
    const path = await clone();
    const work = join(folder, 'work');
    mkdirSync(work);
    await runGit(undefined, ['clone', '--quiet', path, work]);
    writeFileSync(join(work, 'theirs.txt'), 'theirs');
    const inWork = (...args: string[]) =>
      runGit(undefined, ['-C', work, ...args]);
    await inWork('add', 'theirs.txt');
    await inWork(
      '-c',
      'user.name=T',
      '-c',
      'user.email=t@x',
      'commit',
      '-qm',
      'Theirs',
    );
    hooks.length = 0;
    await inWork('push', '--quiet', gitUrl('right'), 'HEAD:master');
    await until(() => hooks.length === 1);
    await control('build', { service: 'postings' });
    expect(
      await control('release', { service: 'postings', environment: 'dev' }),
    ).toMatchObject({ status: 200 });
    // Else it would be told in the middle of the next test.
    await until(() => hooks.length === 2);
    const { repositoryPath } = sandbox.world;
    expect(await runGit(repositoryPath, ['show', 'master:theirs.txt'])).toBe(
      'theirs',
    );
  });

  it('rewrites history and says so', async () => {
    const before = await repositoryTip();
    hooks.length = 0;
    expect(await control('rewrite', { back: 3 })).toMatchObject({
      status: 200,
    });
    const after = await repositoryTip();
    expect(after).not.toBe(before);
    await until(() => hooks.length === 1);
    expect(JSON.parse(hooks[0].body)).toMatchObject({
      before,
      after,
      forced: true,
    });
    expect(await control('rewrite', { back: 100000 })).toMatchObject({
      status: 400,
    });
  });

  it('breaks an artifact', async () => {
    const done = await control('break-artifact', {
      service: 'fx-api',
      environment: 'staging',
    });
    expect(done.status).toBe(200);
    const text = await runGit(sandbox.world.repositoryPath, [
      'show',
      'master:staging/releases/banking/fx-api/artifact.json',
    ]);
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  });

  it('commits what nobody should trust, and Git still takes it', async () => {
    expect(await control('hostile')).toMatchObject({ status: 200 });
    const path = await clone();
    await runGit(path, ['fsck', '--strict']);
    const names = await runGit(path, [
      'ls-tree',
      '-r',
      '-z',
      '--name-only',
      'master',
    ]);
    expect(names).toContain('/line\nbreak/artifact.json');
    expect(names).toContain('/--upload-pack=touch/artifact.json');
    expect(names).toContain('/服务-api/artifact.json');
    const size = await runGit(path, [
      'cat-file',
      '-s',
      'master:dev/releases/dev/hostile-huge/artifact.json',
    ]);
    expect(Number(size)).toBeGreaterThan(3_000_000);
    const grepped = async (text: string) =>
      runGit(path, ['log', '--format=%H', `-S${text}`, 'master']);
    const { data, ...plain } = CANARIES;
    for (const canary of Object.values(plain)) {
      expect(await grepped(canary)).not.toBe('');
    }
    expect(await grepped(Buffer.from(data).toString('base64'))).not.toBe('');
  });

  it('refuses, expires and hangs by control', async () => {
    const ask = (signal?: AbortSignal) =>
      fetch(`${sandbox.gitUrl}/info/refs?service=git-upload-pack`, {
        signal,
        headers: {
          authorization: `Basic ${btoa('ground-control:right')}`,
        },
      });
    expect((await ask()).status).toBe(200);
    await control('deny');
    expect((await ask()).status).toBe(401);
    await control('expire');
    expect((await ask()).status).toBe(403);
    await control('hang');
    await expect(ask(AbortSignal.timeout(300))).rejects.toThrow(/timeout/);
    const status = await fetch(`${sandbox.url}/control/status`);
    expect(await status.json()).toMatchObject({ access: 'hang', rate: 0 });
    await control('unhang');
    expect((await ask()).status).toBe(200);
  });

  it.each([
    ['nothing', {}, 404, /no control/],
    ['release', { service: 'ledger-api' }, 400, /wants environment/],
    ['release', { service: 'x', environment: 'dev' }, 400, /no service "x"/],
    [
      'release',
      { service: 'ledger-api', environment: 'x' },
      400,
      /dev, staging/,
    ],
    ['build', { service: 'ledger-api', branch: '../x' }, 400, /branch/],
    ['status', { unknown: 1 }, 400, /unknown/],
  ])('answers a wrong %s %j with %d', async (name, values, status, error) => {
    expect(await control(name, values)).toMatchObject({
      status,
      error: expect.stringMatching(error),
    });
  });

  it('takes no control from a form of some web page', async () => {
    const response = await fetch(`${sandbox.url}/control/deny`, {
      method: 'POST',
      body: '{}',
    });
    expect(response.status).toBe(415);
  });

  it('says when the port is taken', async () => {
    const port = Number(new URL(sandbox.url).port);
    const other = { ...options, dir: join(folder, 'other'), port };
    await expect(startSandbox(other)).rejects.toThrow(`Port ${port} is taken`);
  });

  it('saves no token', () => {
    const text = readFileSync(join(dir, 'world.json'), 'utf8');
    expect(text).not.toContain('right');
    expect(text).not.toContain('shared');
  });
});

describe('a living sandbox', () => {
  it('makes artifacts and commits by itself, and stops', async () => {
    const living = await startSandbox({
      ...options,
      dir: join(folder, 'living'),
      rate: 4000,
    });
    const { repositoryPath, tip } = living.world;
    let now: string | undefined = tip;
    const deadline = Date.now() + 30_000;
    while (now === tip && Date.now() < deadline) {
      await new Promise(resolve => setTimeout(resolve, 100));
      now = await readTip(repositoryPath);
    }
    expect(now).not.toBe(tip);
    await living.stop();
    const saved = JSON.parse(
      readFileSync(join(living.world.dir, 'world.json'), 'utf8'),
    );
    expect(saved.tip).toBe(await readTip(repositoryPath));
    await expect(fetch(living.url)).rejects.toThrow();
  });

  it('tries a webhook that nobody answers, says it once, and lives on', async () => {
    const said: string[] = [];
    const living = await startSandbox({
      ...options,
      dir: join(folder, 'unheard'),
      webhookUrl: 'http://127.0.0.1:9/',
      log: message => said.push(message),
    });
    for (const service of ['ledger-api', 'fx-api']) {
      for (const name of ['build', 'release']) {
        await fetch(`${living.url}/control/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(
            name === 'build' ? { service } : { service, environment: 'prod' },
          ),
        });
      }
    }
    await until(() => said.length > 0);
    await living.stop();
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^The webhook could not be delivered: /);
  });
});

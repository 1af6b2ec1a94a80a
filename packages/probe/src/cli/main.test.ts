import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../__testUtils__/until.ts';

const BIN = join(__dirname, '..', '..', 'bin', 'backbone-gateway-probe');
const folder = mkdtempSync(join(tmpdir(), 'probe-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  const child = spawn(process.execPath, [BIN, ...args]);
  const seen = { out: '', err: '' };
  child.stdout.on('data', chunk => (seen.out += chunk));
  child.stderr.on('data', chunk => (seen.err += chunk));
  const ended = once(child, 'close').then(([code]) => ({ code, ...seen }));
  return { child, seen, ended };
}

function write(text: string) {
  const path = join(folder, 'probe.yaml');
  writeFileSync(path, text);
  return path;
}

const SOURCE = 'source: { cluster: a, provider: aws }\n';

it('says how it is used', async () => {
  expect(await run('--help').ended).toMatchObject({
    code: 0,
    out: expect.stringMatching(/--config FILE/),
    err: '',
  });
});

it('does not start with a wrong configuration', async () => {
  const path = write(`${SOURCE}interval: soon\n`);
  for (const args of [[], ['--check']]) {
    const { code, err } = await run('--config', path, ...args).ended;
    expect(code).toBe(1);
    expect(err).toMatch(/^\S+probe\.yaml:2:11: interval must be a duration/);
    expect(err).not.toMatch(/ {4}at /);
  }
});

it.each([
  [['--config'], /--config/],
  [[], /--config FILE is missing/],
  [['--config', 'x', '--log', 'xml'], /json or plain/],
  [['--fly'], /--fly/],
])('says what is wrong with %j', async (args, message) => {
  const { code, err } = await run(...args).ended;
  expect(code).toBe(1);
  expect(err).toMatch(message);
});

it('says when its port is taken', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const path = write(`${SOURCE}listen: { host: 127.0.0.1, port: ${port} }\n`);
  const { code, err } = await run('--config', path).ended;
  server.close();
  expect(code).toBe(1);
  expect(err).toMatch(/EADDRINUSE/);
});

it('ends cleanly on SIGTERM, with a probe under way', async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  // Takes the connection and says nothing.
  const server = createServer(socket => {
    socket.on('error', () => {});
    resolve();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const path = write(
    `${SOURCE}listen: { host: 127.0.0.1, port: 0 }\ndeadline: 60s\n` +
      `targets: [{ name: b, kind: http, url: 'http://127.0.0.1:${port}' }]\n`,
  );
  const { child, seen, ended } = run('--config', path, '--log', 'json');
  await until(() => seen.out.includes('"listening"'));
  await asked;
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, err: '' });
  server.close();
  for (const line of seen.out.trim().split('\n')) {
    expect(JSON.parse(line)).toMatchObject({ level: 'info' });
  }
});

it('goes on when nobody reads its log any more', async () => {
  const path = write(
    `${SOURCE}listen: { host: 127.0.0.1, port: 0 }\ninterval: 100ms\n` +
      `targets:\n  - { name: b, kind: tcp, host: 127.0.0.1, port: 1 }\n`,
  );
  const { child, seen, ended } = run('--config', path, '--log', 'json');
  await until(() => seen.out.includes('"listening"'));
  const { port } = JSON.parse(seen.out.split('\n')[0]);
  child.stdout.destroy();
  // What it has to say next goes nowhere.
  writeFileSync(path, 'x: y\n');
  await until(async () => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return text.includes('config_valid 0\n');
  });
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, err: '' });
});

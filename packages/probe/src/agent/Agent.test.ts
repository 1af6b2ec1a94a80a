import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLink } from '../__testUtils__/makeLink.ts';
import { TestServers } from '../__testUtils__/TestServers.ts';
import { until } from '../__testUtils__/until.ts';
import { Log } from '../log/Log.ts';
import { Agent } from './Agent.ts';

const servers = new TestServers();
let folder: string;
let agent: Agent | undefined;
let lines: string[];
let url: string;
let gateway: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'probe-agent-'));
  lines = [];
  gateway = await servers.http((_, response) => response.end('ok'));
});
afterEach(async () => {
  await agent?.stop();
  agent = undefined;
  await servers.stop();
  rmSync(folder, { recursive: true });
});

/** As careful writers do. */
function write(name: string, content: unknown) {
  const path = join(folder, name);
  const text =
    typeof content === 'string' ? content : JSON.stringify(content, null, 1);
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
  return path;
}

const target = (name: string, port = gateway) => ({
  name,
  kind: 'http',
  url: `http://127.0.0.1:${port}/ready?token=canary`,
});

const config = (more: object) => ({
  source: { cluster: 'a', provider: 'aws' },
  listen: { host: '127.0.0.1', port: 0 },
  interval: '100ms',
  ...more,
});

async function start(more: object) {
  const configPath = write('probe.yaml', config(more));
  const log = new Log('plain', line => lines.push(line));
  agent = new Agent({ configPath, log, lookEveryMs: 20 });
  url = `http://127.0.0.1:${await agent.start()}`;
}

const read = async (path: string) => (await fetch(url + path)).text();
const metrics = () => read('/metrics');
const isProbed = (name: string) => (text: string) =>
  new RegExp(
    `^backbone_gateway_probe_success\\{.*target="${name}".*\\} 1$`,
    'm',
  ).test(text);
const said = (text: string) => lines.some(line => line.includes(text));

it('serves what it measures', async () => {
  await start({ targets: [target('b')] });
  await until(metrics, isProbed('b'));
  expect(await read('/-/healthy')).toBe('healthy\n');
  expect(await read('/-/ready')).toBe('ready\n');
  expect(await read('/failures')).toBe('{"failures":[]}');
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get('content-type')).toMatch(
    /^text\/plain; version=0\.0\.4/,
  );
  expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(405);
  expect((await fetch(`${url}/constructor`)).status).toBe(404);
});

it('keeps failures after better times, without a secret anywhere', async () => {
  let status = 503;
  const port = await servers.http((_, response) => {
    response.statusCode = status;
    response.end();
  });
  await start({ targets: [target('b', port)] });
  await until(() => said('target is failing'));
  status = 200;
  await until(() => said('target is well again'));
  const { failures } = JSON.parse(await read('/failures'));
  expect(failures.at(-1)).toEqual({
    source: 'a',
    target: 'b',
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    result: 'status',
    reason: 'It answered 503, not 200 to 299.',
    phase: 'answer',
    elapsedMs: expect.any(Number),
  });
  const everything = [...lines, await metrics(), await read('/failures')].join(
    '\n',
  );
  expect(everything).not.toContain('canary');
  // Once for each change, not for each probe.
  expect(lines.filter(line => line.includes('is failing'))).toHaveLength(1);
});

it('follows the file of targets, and forgets what is gone', async () => {
  write('targets.yaml', [target('b')]);
  await start({ targetsFile: 'targets.yaml' });
  await until(metrics, isProbed('b'));
  write('targets.yaml', [target('c')]);
  const text = await until(metrics, isProbed('c'));
  expect(text).not.toContain('target="b"');
  expect(text).toContain('backbone_gateway_probe_targets{origin="file"} 1\n');
});

it('keeps the old targets while a file is wrong, and says so', async () => {
  write('targets.yaml', [target('b')]);
  await start({ targetsFile: 'targets.yaml' });
  await until(metrics, isProbed('b'));
  write('targets.yaml', '- name: b\n  kind: htp\n');
  await until(metrics, text =>
    text.includes('backbone_gateway_probe_config_valid 0\n'),
  );
  expect(await metrics()).toMatch(/target="b"/);
  expect(lines.filter(line => / error /.test(line))).toEqual([
    expect.stringMatching(
      /the one before stays reason=".*targets\.yaml:2:9: \[0\]\.kind must be http or tcp"$/,
    ),
  ]);
  write('targets.yaml', [target('b'), target('c')]);
  const text = await until(metrics, isProbed('c'));
  expect(text).toContain('backbone_gateway_probe_config_valid 1\n');
});

it('uses a file that is named before it is there, once it comes', async () => {
  await start({ targets: [target('b')] });
  write('probe.yaml', config({ targetsFile: 'late.yaml' }));
  await until(() => said("late.yaml: can't be read"));
  write('late.yaml', [target('c')]);
  await until(metrics, isProbed('c'));
});

it('does not change under its own series what takes a restart', async () => {
  await start({ targets: [target('b')] });
  write('probe.yaml', {
    ...config({ targets: [target('b')] }),
    source: { cluster: 'other', provider: 'aws' },
  });
  await until(() => said('source takes a restart to be changed'));
  expect(await metrics()).toContain('source="a"');
});

it('probes the Links of its cluster, once they are known', async () => {
  let links: unknown[] | undefined;
  const api = await servers.http((request, response) => {
    if (!links) {
      response.writeHead(503).end();
      return;
    }
    const isGroup = request.url === '/apis/multicluster.linkerd.io';
    response.end(
      JSON.stringify(
        isGroup
          ? { versions: [{ version: 'v1alpha3' }] }
          : { metadata: {}, items: links },
      ),
    );
  });
  const link = (name: string) =>
    makeLink(name, {
      spec: { gatewayAddress: '127.0.0.1' },
      probeSpec: { port: String(gateway) },
    });
  await start({
    providers: { b: 'gcp' },
    targets: [target('mine')],
    links: { server: `http://127.0.0.1:${api}`, interval: '100ms' },
  });
  expect((await fetch(`${url}/-/ready`)).status).toBe(503);
  await until(metrics, text => text.includes('probe_links_listed 0\n'));
  links = [link('b'), link('mine'), { metadata: { name: 'odd' } }];
  const text = await until(metrics, isProbed('b'));
  expect(text).toContain(
    'target="b",source_provider="aws",target_provider="gcp"',
  );
  expect(text).toContain('backbone_gateway_probe_links_left_out 2\n');
  expect((await fetch(`${url}/-/ready`)).status).toBe(200);
  // A fault of the API changes nothing.
  links = undefined;
  await until(metrics, isListed => isListed.includes('probe_links_listed 0\n'));
  expect(await metrics()).toContain('target="b"');
  // A Link that is deleted does.
  links = [];
  const after = await until(metrics, seen => !seen.includes('target="b"'));
  expect(after).toContain('target="mine"');
});

import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Certificates } from '../__testUtils__/makeCertificates.ts';
import { makeLink } from '../__testUtils__/makeLink.ts';
import { TestServers } from '../__testUtils__/TestServers.ts';
import { until } from '../__testUtils__/until.ts';
import { LinksFollower } from './LinksFollower.ts';

const folder = mkdtempSync(join(tmpdir(), 'probe-links-'));
const certificates = new Certificates(folder);
const servers = new TestServers();
const GROUP = '/apis/multicluster.linkerd.io';

beforeAll(() => {
  certificates.authority('ca');
  certificates.signed('server', 'ca', 'IP:127.0.0.1');
});
afterAll(() => rmSync(folder, { recursive: true }));

let follower: LinksFollower | undefined;
const seen: { links: unknown[][]; faults: string[] } = {
  links: [],
  faults: [],
};
const asked: string[] = [];
/** What the API server does with the next question. */
let answer: (path: string) => unknown;

beforeEach(() => {
  seen.links = [];
  seen.faults = [];
  asked.length = 0;
  answer = path =>
    path === GROUP
      ? { versions: [], preferredVersion: { version: 'v1alpha3' } }
      : { metadata: {}, items: [makeLink('b')] };
});
afterEach(async () => {
  await follower?.stop();
  await servers.stop();
});

const listener: RequestListener = (request, response) => {
  asked.push(`${request.headers.authorization} ${request.url}`);
  const found = answer(request.url!);
  if (typeof found === 'number') response.writeHead(found).end();
  else response.end(typeof found === 'string' ? found : JSON.stringify(found));
};

async function follow(config: { tokenFile?: string; namespace?: string } = {}) {
  const port = await servers.http(listener);
  follower = new LinksFollower({
    config: {
      server: new URL(`http://127.0.0.1:${port}/prefix`),
      intervalMs: 20,
      ...config,
    },
    onLinks: links => seen.links.push(links),
    onFault: reason => seen.faults.push(reason),
  });
  // Below a path, as proxies serve it.
  const original = answer;
  answer = path => original(path.replace('/prefix', ''));
  follower.start();
}

it('lists Links again and again, in all namespaces', async () => {
  await follow();
  await until(() => seen.links.length > 2);
  expect(seen.links[2]).toEqual([makeLink('b')]);
  expect(asked.slice(0, 2)).toEqual([
    `undefined /prefix${GROUP}`,
    `undefined /prefix${GROUP}/v1alpha3/links?limit=250`,
  ]);
});

it('asks in one namespace', async () => {
  await follow({ namespace: 'mesh' });
  await until(() => seen.links.length > 0);
  expect(asked[1]).toContain('/v1alpha3/namespaces/mesh/links?');
});

it('reads pages until the last', async () => {
  answer = path => {
    if (path === GROUP) return { versions: [{ version: 'v1alpha1' }] };
    return path.includes('continue=next%2F1')
      ? { metadata: {}, items: [makeLink('c')] }
      : { metadata: { continue: 'next/1' }, items: [makeLink('b')] };
  };
  await follow();
  await until(() => seen.links.length > 0);
  expect(seen.links[0]).toEqual([makeLink('b'), makeLink('c')]);
});

it('shows a token that was renewed on disk', async () => {
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, 'first\n');
  await follow({ tokenFile });
  await until(() => asked.some(one => one.startsWith('Bearer first /')));
  writeFileSync(`${tokenFile}.new`, 'second\n');
  renameSync(`${tokenFile}.new`, tokenFile);
  await until(() => asked.at(-1)!.startsWith('Bearer second /'));
  await until(() => seen.links.length > 1);
  expect(seen.faults).toEqual([]);
});

it('knows a cluster without the kind from one that says nothing', async () => {
  answer = () => 404;
  await follow();
  await until(() => seen.links.length > 0);
  expect(seen.links[0]).toEqual([]);
});

it.each<[string, (path: string) => unknown, RegExp]>([
  ['403', () => 403, /answered 403/],
  ['half a page', () => '{"items": [', /is no JSON/],
  ['something else', () => '{"items": {}}', /isn't a list of Links/],
  [
    'a second page that fails',
    path => {
      if (path === GROUP) return { versions: [{ version: 'v1' }] };
      if (path.includes('continue')) return 500;
      return { metadata: { continue: 'x' }, items: [makeLink('b')] };
    },
    /answered 500/,
  ],
])('says so at %s, and tries again', async (_, fault, reason) => {
  const well = answer;
  let isWell = false;
  answer = path => (isWell ? well(path) : fault(path));
  await follow();
  await until(() => seen.faults.length > 1);
  expect(seen.faults[0]).toMatch(reason);
  expect(seen.links).toEqual([]);
  isWell = true;
  await until(() => seen.links.length > 0);
});

it('goes in as a pod does: HTTPS, its authority, no secret in what it says', async () => {
  const tls = {
    key: certificates.read('server.key'),
    cert: certificates.read('server.crt'),
  };
  const port = await servers.http(listener, { tls });
  const server = new URL(`https://127.0.0.1:${port}`);
  const tokenFile = join(folder, 'pod-token');
  writeFileSync(tokenFile, 'canary');
  const options = {
    onLinks: (links: unknown[]) => seen.links.push(links),
    onFault: (reason: string) => seen.faults.push(reason),
  };
  const caFile = certificates.path('ca.crt');
  const config = { server, tokenFile, intervalMs: 20 };
  follower = new LinksFollower({ ...options, config });
  follower.start();
  await until(() => seen.faults.length > 0);
  await follower.stop();
  expect(seen.faults.join()).toMatch(/certificate/);
  expect(seen.faults.join()).not.toContain('canary');
  follower = new LinksFollower({ ...options, config: { ...config, caFile } });
  follower.start();
  await until(() => seen.links.length > 0);
  expect(asked.at(-1)).toMatch(/^Bearer canary/);
});

import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClusterServer } from '../types.ts';
import { ApiClient } from './__testUtils__/ApiClient.ts';
import {
  KUSTOMIZATIONS,
  kustomization,
  namespace,
} from './__testUtils__/objects.ts';
import { createClusterServer } from './createClusterServer.ts';
import { createObjectStore } from './createObjectStore.ts';
import { RESOURCE_TYPES } from './resourceTypes.ts';
import type { MemoryObjectStore } from './store/MemoryObjectStore.ts';

const ALL = `${KUSTOMIZATIONS}/kustomizations`;
const OWN = `${KUSTOMIZATIONS}/namespaces/flux-system/kustomizations`;
const MERGE = 'application/merge-patch+json';
const STRATEGIC = 'application/strategic-merge-patch+json';
const folder = mkdtempSync(join(tmpdir(), 'cluster-server-'));

let store: MemoryObjectStore;
let server: ClusterServer;
let reader: ApiClient;
let admin: ApiClient;

beforeEach(async () => {
  store = createObjectStore();
  server = createClusterServer({
    name: 'a',
    port: 0,
    token: 'reading',
    adminToken: 'writing',
    store,
    version: 'v1.34.1-gke.7',
  });
  await server.start();
  reader = new ApiClient(server.url, 'reading');
  admin = new ApiClient(server.url, 'writing');
  store.apply(namespace('flux-system'));
  store.apply(kustomization('a', { spec: { path: './a' } }));
});

afterEach(async () => {
  await server.stop();
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('who may', () => {
  it('lets everybody ask for version and health, and nobody else for more', async () => {
    const nobody = new ApiClient(server.url);
    expect((await nobody.call('/version')).body).toMatchObject({
      major: '1',
      minor: '34',
      gitVersion: 'v1.34.1-gke.7',
    });
    expect((await nobody.call('/readyz')).body).toBe('ok');
    for (const client of [nobody, new ApiClient(server.url, 'wrong')]) {
      expect(await client.call(ALL)).toMatchObject({
        status: 401,
        body: { kind: 'Status', reason: 'Unauthorized', code: 401 },
      });
    }
  });

  it.each([
    [
      'GET',
      '/api/v1/secrets',
      'secrets is forbidden: User "system:serviceaccount:ground-control:reader" cannot list resource "secrets" in API group "" at the cluster scope',
    ],
    [
      'GET',
      '/api/v1/namespaces/flux-system/secrets?watch=true',
      'secrets is forbidden: User "system:serviceaccount:ground-control:reader" cannot watch resource "secrets" in API group "" in the namespace "flux-system"',
    ],
    [
      'DELETE',
      `${OWN}/a`,
      'kustomizations.kustomize.toolkit.fluxcd.io "a" is forbidden: User "system:serviceaccount:ground-control:reader" cannot delete resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"',
    ],
  ])('forbids the reader %s %s', async (method, path, message) => {
    expect(await reader.call(path, { method })).toMatchObject({
      status: 403,
      body: { reason: 'Forbidden', message },
    });
    expect(store.list(store.typeOf(kustomization('a')))).toHaveLength(1);
  });

  it('takes the token of the moment', async () => {
    server.setToken('another');
    expect((await reader.call(ALL)).status).toBe(401);
    const renewed = new ApiClient(server.url, server.token);
    expect((await renewed.call(ALL)).status).toBe(200);
    // As kubectl sends it without TLS.
    const withPassword = async (password: string) => {
      const pair = Buffer.from(`kubectl:${password}`).toString('base64');
      const headers = { authorization: `Basic ${pair}` };
      return (await fetch(`${server.url}${ALL}`, { headers })).status;
    };
    expect(await withPassword(server.adminToken)).toBe(200);
    expect(await withPassword('')).toBe(401);
  });

  it('reads its token file anew, and makes one where there is none', async () => {
    const tokenFile = join(folder, 'clusters', 'b', 'token');
    const other = createClusterServer({ name: 'b', port: 0, tokenFile });
    await other.start();
    const status = async (token: string) =>
      (await new ApiClient(other.url, token).call(ALL)).status;
    const first = readFileSync(tokenFile, 'utf8').trim();
    expect(statSync(tokenFile).mode.toString(8)).toMatch(/600$/);
    expect(await status(first)).toBe(200);
    writeFileSync(tokenFile, 'second\n');
    expect(await status(first)).toBe(401);
    expect(await status('second')).toBe(200);
    rmSync(tokenFile);
    expect(await status('second')).toBe(401);
    await other.stop();
  });
});

describe('reading', () => {
  it('tells what it serves, with what comes later', async () => {
    const groups = async () =>
      (await reader.call('/apis')).body.groups.map((group: any) => group.name);
    const link = RESOURCE_TYPES.find(({ kind }) => kind === 'Link')!;
    store.removeType(link);
    expect(await groups()).not.toContain(link.group);
    const path = `/apis/${link.group}/${link.version}`;
    expect(await reader.call(`${path}/links`)).toMatchObject({
      status: 404,
      body: '404 page not found\n',
    });
    store.addType(link);
    expect(await groups()).toContain(link.group);
    expect((await reader.call(path)).body.resources[0]).toMatchObject({
      name: 'links',
      kind: 'Link',
      namespaced: true,
    });
    expect((await reader.call(`${path}/links`)).body.items).toEqual([]);
    expect((await reader.call('/api/v1')).body.groupVersion).toBe('v1');
  });

  it('names the kind in the items of a custom kind alone', async () => {
    const custom = await reader.call(ALL);
    expect(custom.body).toMatchObject({
      kind: 'KustomizationList',
      metadata: { resourceVersion: '3' },
      items: [{ kind: 'Kustomization', spec: { path: './a' } }],
    });
    const { body } = await reader.call('/api/v1/namespaces');
    expect(body.kind).toBe('NamespaceList');
    expect(Object.keys(body.items[0])).toEqual(['metadata']);
    const one = await reader.call('/api/v1/namespaces/flux-system');
    expect(one.body.kind).toBe('Namespace');
  });

  it('draws tables for kubectl', async () => {
    const accept =
      'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
    store.setStatus(kustomization('a'), {
      conditions: [{ type: 'Ready', status: 'False', message: 'broken' }],
      lastAppliedRevision: 'main@sha1:1',
    });
    const { body } = await reader.call(OWN, { accept });
    expect(body).toMatchObject({
      kind: 'Table',
      columnDefinitions: ['Name', 'Ready', 'Status', 'Applied', 'Age'].map(
        name => ({ name }),
      ),
      rows: [
        {
          cells: ['a', 'False', 'broken', 'main@sha1:1', '0s'],
          object: { kind: 'PartialObjectMetadata' },
        },
      ],
    });
  });

  it.each([
    [`${OWN}/b`, 404, 'NotFound'],
    [`${ALL}?labelSelector=a+in+b`, 400, 'BadRequest'],
    [`${ALL}?fieldSelector=spec.path%3Da`, 400, 'BadRequest'],
    [`${ALL}?limit=-1`, 400, 'BadRequest'],
    [`${ALL}?resourceVersion=x`, 400, 'BadRequest'],
    [`${ALL}?watch=true&sendInitialEvents=true`, 422, 'Invalid'],
    [`${OWN}/a/scale`, 404, 'NotFound'],
  ])('answers %s with %d', async (path, status, reason) => {
    expect(await reader.call(path)).toMatchObject({
      status,
      body: { kind: 'Status', status: 'Failure', reason, code: status },
    });
  });

  it.each([
    `${ALL}/a`,
    '/api/v2/nodes',
    '/apis/none/v1/x',
    '/%ff',
    '/openapi/v3',
  ])('has no page %s', async path => {
    expect((await admin.call(path)).status).toBe(404);
  });

  it('counts what it is asked for', async () => {
    const { count } = server.requests;
    await reader.call(ALL);
    await reader.call(`${OWN}/b`);
    await reader.call('/version');
    const watching = await reader.watch(`${ALL}?watch=1`);
    expect(server.openWatches).toBe(1);
    await watching.stop();
    expect(server.requests).toMatchObject({
      watches: 1,
      byKind: { kustomizations: 3, version: 1 },
      byStatus: { 200: 3, 404: 1 },
    });
    expect(server.requests.count).toBe(count + 4);
  });
});

describe('writing', () => {
  it('creates once, and only in a namespace that is there', async () => {
    const body = kustomization('b', { status: { ready: true } });
    const made = await admin.call(OWN, { method: 'POST', body });
    expect(made).toMatchObject({
      status: 201,
      body: { metadata: { generation: 1, namespace: 'flux-system' } },
    });
    expect(made.body.status).toBeUndefined();
    expect(await admin.call(OWN, { method: 'POST', body })).toMatchObject({
      status: 409,
      body: { reason: 'AlreadyExists' },
    });
    const nowhere = OWN.replace('flux-system', 'nowhere');
    const lost = kustomization('b', { namespace: 'nowhere' });
    expect(
      await admin.call(nowhere, { method: 'POST', body: lost }),
    ).toMatchObject({
      status: 404,
      body: { message: 'namespaces "nowhere" not found' },
    });
  });

  it('updates what the writer has seen last', async () => {
    const { body: seen } = await admin.call(`${OWN}/a`);
    const put = (body: unknown) =>
      admin.call(`${OWN}/a`, { method: 'PUT', body });
    const changed = { ...seen, spec: { path: './b' }, status: { x: 1 } };
    const first = await put(changed);
    expect(first.body).toMatchObject({ metadata: { generation: 2 } });
    expect(first.body.status).toBeUndefined();
    expect(await put(changed)).toMatchObject({
      status: 409,
      body: {
        reason: 'Conflict',
        message:
          'Operation cannot be fulfilled on kustomizations.kustomize.toolkit.fluxcd.io "a": the object has been modified; please apply your changes to the latest version and try again',
      },
    });
    expect(await put(kustomization('a'))).toMatchObject({
      status: 422,
      body: { reason: 'Invalid' },
    });
  });

  it('patches the object without its status, and the status alone', async () => {
    const patch = (path: string, body: unknown, type = MERGE) =>
      admin.call(path, { method: 'PATCH', body, type });
    const both = {
      metadata: { labels: { a: 'b' } },
      spec: { suspend: true, path: null },
      status: { x: 1 },
    };
    const spec = await patch(`${OWN}/a`, both);
    expect(spec.body).toMatchObject({
      metadata: { labels: { a: 'b' } },
      spec: { suspend: true },
    });
    expect(spec.body.spec).not.toHaveProperty('path');
    expect(spec.body).not.toHaveProperty('status');
    const status = await patch(`${OWN}/a/status`, {
      spec: { suspend: false },
      status: { x: 2 },
    });
    expect(status.body).toMatchObject({
      metadata: { generation: 2 },
      spec: { suspend: true },
      status: { x: 2 },
    });
    // Kubernetes merges custom kinds in no other way.
    expect(await patch(`${OWN}/a`, {}, STRATEGIC)).toMatchObject({
      status: 415,
      body: { reason: 'UnsupportedMediaType' },
    });
    expect((await patch(`${OWN}/b`, {})).status).toBe(404);
  });

  it('merges containers by their names, as kubectl set image needs', async () => {
    const containers = [
      { name: 'main', image: 'a:1', ports: [1] },
      { name: 'side', image: 'b:1' },
    ];
    store.apply({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd', namespace: 'flux-system' },
      spec: { template: { spec: { containers } } },
    });
    const body = {
      spec: {
        template: {
          spec: {
            '$setElementOrder/containers': [{ name: 'main' }],
            containers: [{ name: 'main', image: 'a:2' }],
          },
        },
      },
    };
    const patched = await admin.call(
      '/apis/apps/v1/namespaces/flux-system/deployments/d',
      { method: 'PATCH', body, type: STRATEGIC },
    );
    expect(patched.body.spec.template.spec).toEqual({
      containers: [{ name: 'main', image: 'a:2', ports: [1] }, containers[1]],
    });
  });

  it('deletes what is meant', async () => {
    const path = `${OWN}/a`;
    const wrong = { preconditions: { uid: 'another' } };
    expect(
      (await admin.call(path, { method: 'DELETE', body: wrong })).status,
    ).toBe(409);
    expect(await admin.call(path, { method: 'DELETE' })).toMatchObject({
      status: 200,
      body: { status: 'Success', details: { name: 'a' } },
    });
    expect((await admin.call(path, { method: 'DELETE' })).status).toBe(404);
  });

  it.each([
    ['POST', OWN, 'no JSON', 400],
    ['POST', OWN, [], 400],
    ['POST', OWN, { ...kustomization('b'), kind: 'Other' }, 400],
    ['POST', OWN, kustomization('b', { namespace: 'other' }), 400],
    ['POST', OWN, kustomization('B_'), 422],
    ['POST', ALL, kustomization('b'), 400],
    ['POST', `${OWN}?dryRun=All`, kustomization('b'), 400],
    ['POST', OWN, 'x'.repeat(3_200_000), 413],
    ['PUT', `${OWN}/a`, kustomization('b'), 400],
    ['PUT', OWN, kustomization('a'), 405],
    ['DELETE', OWN, undefined, 405],
    ['OPTIONS', OWN, undefined, 405],
  ])('answers %s %s of %j wrongly sent', async (method, path, body, status) => {
    const { revision } = store;
    const answer = await admin.call(path, { method, body });
    expect(answer).toMatchObject({ status, body: { code: status } });
    expect(store.revision).toBe(revision);
  });
});

it('speaks TLS, and knows its clients by certificates', async () => {
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { stdio: 'ignore' });
  const make = (name: string, subject: string) =>
    openssl(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt'],
      ...['ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
      ...['-keyout', path(`${name}.key`), '-out', path(`${name}.crt`)],
      ...['-subj', subject, '-addext', 'subjectAltName=IP:127.0.0.1'],
    );
  const read = (name: string) => readFileSync(path(name), 'utf8');
  make('server', '/CN=server');
  make('client', '/CN=client');
  const tls = {
    key: read('server.key'),
    cert: read('server.crt'),
    clientCa: read('client.crt'),
  };
  const secure = createClusterServer({ name: 'b', port: 0, tls });
  await secure.start();
  const ask = (options: object) =>
    new Promise<number | undefined>((resolve, reject) => {
      httpsRequest(
        `${secure.url}${ALL}`,
        { ca: tls.cert, agent: false, ...options },
        response => {
          response.resume();
          resolve(response.statusCode);
        },
      )
        .on('error', reject)
        .end();
    });
  expect(await ask({})).toBe(401);
  expect(
    await ask({ headers: { authorization: `Bearer ${secure.token}` } }),
  ).toBe(200);
  expect(await ask({ key: read('client.key'), cert: read('client.crt') })).toBe(
    200,
  );
  await expect(ask({ ca: tls.clientCa })).rejects.toThrow(/self-signed/);
  await secure.stop();
});

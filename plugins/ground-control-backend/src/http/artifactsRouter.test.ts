import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { createTestPlugin } from '../__testUtils__/createTestPlugin';
import { migrate } from '../__testUtils__/migrate';
import { FRESH, NOW } from '../__testUtils__/startServer';
import {
  ArtifactUploads,
  FolderArtifactStore,
  rawZip,
  S3ArtifactStore,
  TestS3,
  WritableStore,
  zipOf,
} from '../__testUtils__/testArtifacts';
import { releaseManagerLayout } from '../__testUtils__/testLayout';
import { artifactId, artifactJson } from '../gitops/__testUtils__/artifacts';
import { ChangeHub } from '../lib/ChangeHub';

const build = { service: 'ledger', namespace: 'banking', number: 1 };
const ID = artifactId(build);
const FILES = {
  'artifact.json': artifactJson(build),
  'dev/40-a.yaml': 'kind: Service\n',
};
const ZIP = zipOf(FILES);
const ZIP_TYPE = { 'content-type': 'application/zip' };

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('PUT /v1/artifacts on %s', id => {
  const folder = mkdtempSync(join(tmpdir(), 'ground-control-uploads-'));
  const stops: Array<() => Promise<unknown> | void> = [];
  let knex: Knex;
  let usual: Awaited<ReturnType<typeof start>>;

  const start = async (
    options: { store?: WritableStore | null; mayNot?: boolean } = {},
  ) => {
    const hub = new ChangeHub({ onError: () => {} });
    stops.push(() => hub.close());
    const told: unknown[] = [];
    hub.subscribe(change => void told.push(change));
    const store =
      options.store === undefined
        ? new FolderArtifactStore(folder)
        : options.store;
    const plugin = createTestPlugin({
      hub,
      readRepositoryStatus: () => FRESH,
      now: () => new Date(NOW),
      releaseFiles: { readReleaseFiles: async () => [] },
      uploads: store
        ? new ArtifactUploads({
            knex,
            hub,
            store,
            layout: releaseManagerLayout,
            repository: 'default',
            environments: ['dev', 'prod'],
          })
        : undefined,
    });
    const audited: string[] = [];
    const auditor = mockServices.auditor.mock({
      createEvent: async ({ eventId, meta }) => {
        const event = `${eventId} ${meta?.service}`;
        return {
          success: async () => void audited.push(`${event} succeeded`),
          fail: async ({ error }) =>
            void audited.push(`${event} failed: ${error.name}`),
        };
      },
    });
    const backend = await startTestBackend({
      features: [
        plugin,
        auditor.factory,
        mockServices.database.factory({ knex }),
        catalogServiceMock.factory({ entities: [] }),
        ...(options.mayNot
          ? [mockServices.permissions.factory({ result: AuthorizeResult.DENY })]
          : []),
      ],
    });
    stops.push(() => backend.stop());
    const { port } = backend.server.address() as AddressInfo;
    const put = async (
      path: string,
      body: Buffer | ReadableStream,
      headers: Record<string, string> = {},
    ) => {
      const response = await fetch(
        `http://127.0.0.1:${port}/api/ground-control/v1/artifacts/${path}`,
        {
          method: 'PUT',
          body,
          duplex: 'half',
          headers: {
            authorization: mockCredentials.service.header(),
            ...ZIP_TYPE,
            ...headers,
          },
        } as RequestInit,
      );
      const answer = (await response.json()) as any;
      return {
        status: response.status,
        answer,
        message: answer.error?.message,
      };
    };
    return { put, port, told, audited };
  };

  beforeAll(async () => {
    knex = await databases.init(id);
    await migrate(knex);
    await knex('repositories').insert({
      repository: 'default',
      url_hash: 'x',
      branch: 'master',
      format: 1,
    });
    usual = await start();
  });
  afterEach(async () => {
    rmSync(join(folder, 'ledger'), { recursive: true, force: true });
    await knex('artifacts').delete();
  });
  afterAll(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps a new artifact, which is known when the answer comes', async () => {
    const { put, told, audited } = usual;
    told.length = 0;
    audited.length = 0;
    const began = Date.now();
    expect(await put(`ledger/${ID}`, ZIP)).toMatchObject({
      status: 201,
      answer: { service: 'ledger', artifactId: ID, isNew: true },
    });
    expect(readFileSync(join(folder, 'ledger', ID))).toEqual(ZIP);
    const rows = await knex('artifacts').select(
      'service',
      'namespace',
      'artifact_id',
      'branch',
      'in_store',
      'arrived_at',
    );
    expect(
      rows.map(row => ({
        ...row,
        in_store: Boolean(row.in_store),
        arrived_at: Number(row.arrived_at) >= began,
      })),
    ).toEqual([
      {
        service: 'ledger',
        namespace: 'banking',
        artifact_id: ID,
        branch: 'master',
        in_store: true,
        arrived_at: true,
      },
    ]);
    expect(audited).toEqual(['artifact-upload ledger succeeded']);
    expect(told).toEqual([
      {
        kind: 'services',
        services: [{ namespace: 'banking', name: 'ledger' }],
      },
    ]);
  });

  it('takes the same again, and never another in its place', async () => {
    const { put } = usual;
    await put(`ledger/${ID}`, ZIP);
    // As if the first had died before it was noted.
    await knex('artifacts').delete();
    expect(await put(`ledger/${ID}`, ZIP)).toMatchObject({
      status: 200,
      answer: { isNew: false },
    });
    expect(await knex('artifacts')).toHaveLength(1);
    const other = zipOf({ ...FILES, 'dev/41-b.yaml': 'b' });
    expect(await put(`ledger/${ID}`, other)).toMatchObject({
      status: 409,
      message: expect.stringMatching(/another artifact .* already/),
    });
    expect(readFileSync(join(folder, 'ledger', ID))).toEqual(ZIP);
  });

  it.each<[string, string, Record<string, string>, Buffer, RegExp]>([
    ['another service', `cards/${ID}`, {}, ZIP, /another service/],
    ['another id', 'ledger/master-2', {}, ZIP, /id is not the name/],
    ['a name that leads out', `..%2Fledger/${ID}`, {}, ZIP, /can’t be that/],
    ['an id that leads out', `ledger/..%2F${ID}`, {}, ZIP, /can’t be that/],
    ['a hidden id', 'ledger/.x', {}, ZIP, /can’t be that/],
    ['no zip', `ledger/${ID}`, {}, Buffer.from('x'), /not a whole zip/],
    ['nothing', `ledger/${ID}`, {}, Buffer.alloc(0), /not a whole zip/],
    [
      'no description',
      `ledger/${ID}`,
      {},
      zipOf({ x: '' }),
      /no artifact.json/,
    ],
    [
      'a file that leads out',
      `ledger/${ID}`,
      {},
      rawZip([
        ...Object.entries(FILES).map(([name, content]) => ({ name, content })),
        { name: 'prod/.git/config', content: '' },
      ]),
      /lead out/,
    ],
    [
      'a Kustomization that is none',
      `ledger/${ID}`,
      {},
      zipOf({
        ...FILES,
        'prod/k.yaml': 'apiVersion: kustomize.toolkit.fluxcd.io/v1\n  kind: [',
      }),
      /is no YAML/,
    ],
    [
      'another type',
      `ledger/${ID}`,
      { 'content-type': 'application/json' },
      ZIP,
      /must be a zip/,
    ],
    [
      'an encoding',
      `ledger/${ID}`,
      { 'content-encoding': 'gzip' },
      ZIP,
      /may not be encoded/,
    ],
  ])('refuses %s', async (_, path, headers, body, message) => {
    const { put } = usual;
    expect(await put(path, body, headers)).toMatchObject({
      status: 400,
      message: expect.stringMatching(message),
    });
    expect(existsSync(join(folder, 'ledger'))).toBe(false);
    expect(await knex('artifacts')).toEqual([]);
  });

  it('reads no more than it may, whatever length was said', async () => {
    const { put } = usual;
    const piece = new Uint8Array(1024 * 1024);
    let sent = 0;
    const endless = Readable.toWeb(
      Readable.from(
        (function* pieces() {
          for (; sent < 300; sent += 1) yield piece;
        })(),
        { highWaterMark: 1 },
      ),
    ) as unknown as ReadableStream;
    // The answer comes while the client still sends; it may not live to read it.
    const refused = await put(`ledger/${ID}`, endless)
      .then(({ status, message }) => `${status}: ${message}`)
      .catch(() => 'the connection was closed');
    expect(refused).toMatch(/^400: .*at most 64 MiB|closed/);
    expect(sent).toBeLessThan(300);
    expect(await knex('artifacts')).toEqual([]);
    expect(
      await put(`ledger/${ID}`, Buffer.alloc(65 * 1024 * 1024)).catch(() => ({
        status: 400,
      })),
    ).toMatchObject({ status: 400 });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps nothing of an upload that is cut off', async () => {
    const { port, put } = usual;
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `PUT /api/ground-control/v1/artifacts/ledger/${ID} HTTP/1.1\r\nHost: x\r\nAuthorization: ${mockCredentials.service.header()}\r\nContent-Type: application/zip\r\nContent-Length: ${
        ZIP.length
      }\r\n\r\n`,
    );
    socket.write(ZIP.subarray(0, ZIP.length / 2));
    await new Promise(resolve => setTimeout(resolve, 100));
    socket.destroy();
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(readdirSync(folder)).toEqual([]);
    expect((await put(`ledger/${ID}`, ZIP)).status).toBe(201);
  });

  it('is for services that may, and not for people', async () => {
    const { put, audited } = usual;
    audited.length = 0;
    const as = (authorization: string) =>
      put(`ledger/${ID}`, ZIP, { authorization });
    expect((await as(mockCredentials.user.header())).status).toBe(403);
    expect((await as(mockCredentials.none.header())).status).toBe(401);
    expect((await as('Bearer rubbish')).status).toBe(401);
    const others = await start({ mayNot: true });
    expect(await others.put(`ledger/${ID}`, ZIP)).toMatchObject({
      status: 403,
      message: expect.stringMatching(/ground-control.artifact.create/),
    });
    expect(readdirSync(folder)).toEqual([]);
    const refused = 'artifact-upload ledger failed: NotAllowedError';
    expect(audited[0]).toBe(refused);
    expect(others.audited).toEqual([refused]);
  });

  it('says so without a store, and of one that is away', async () => {
    const without = await start({ store: null });
    expect((await without.put(`ledger/${ID}`, ZIP)).status).toBe(404);
    const s3 = await new TestS3().start();
    stops.push(() => s3.stop());
    const bucket = new S3ArtifactStore(s3.settings);
    const { put } = await start({ store: bucket });
    s3.fault = () => ({ status: 403, code: 'AccessDenied' });
    expect((await put(`ledger/${ID}`, ZIP)).status).toBe(503);
    expect(await knex('artifacts')).toEqual([]);
    s3.fault = () => undefined;
    expect((await put(`ledger/${ID}`, ZIP)).status).toBe(201);
    expect(s3.objects.get(`ledger/${ID}`)?.bytes).toEqual(ZIP);
    bucket.close();
  });
});

import { deflateRawSync } from 'node:zlib';
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabaseId } from '@backstage/backend-test-utils';
import { zipSync } from 'fflate';
import { artifactId, artifactJson } from '../gitops/__testUtils__/artifacts';
import { releaseManagerLayout } from '../gitops/releaseManager/releaseManagerLayout';
import { serviceEnvironmentShape } from '../gitops/store/shapes';
import { ServiceEnvironmentRow } from '../gitops/types';
import { writeRows } from '../database/writeRows';
import { ArtifactIngest } from './ArtifactIngest';
import { FolderArtifactStore } from './FolderArtifactStore';
import { isArtifactName } from './isArtifactName';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';

const databases = createTestDatabases();
const { signal } = new AbortController();
const zip = (files: Record<string, string>) =>
  Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]),
      ),
    ),
  );

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ground-control-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (service: string, name: string, content: Buffer | string) => {
  mkdirSync(join(folder, service), { recursive: true });
  writeFileSync(join(folder, service, name), content);
};
const build = (number: number, more = {}) => {
  const of = { service: 'ledger', number, ...more };
  put(
    'ledger',
    artifactId(of),
    zip({ 'dev/x.yaml': 'x', 'artifact.json': artifactJson(of) }),
  );
  return artifactId(of);
};
/** As if written long ago. */
const age = (service: string, name = '') => {
  const then = new Date(Date.now() - 3_600_000);
  utimesSync(join(folder, service, name), then, then);
};

describe('FolderArtifactStore', () => {
  const read = (artifactId_: string, service = 'ledger') =>
    new FolderArtifactStore(folder).readDescription(
      { service, artifactId: artifactId_ },
      { signal },
    );

  it('reads the description at the root of the zip', async () => {
    const id = build(1);
    const read_ = await read(id);
    expect('content' in read_ && read_.content.toString()).toBe(
      artifactJson({ service: 'ledger', number: 1 }),
    );
  });

  it('tells what is new, what is gone, and nothing twice', async () => {
    const store = new FolderArtifactStore(folder);
    const one = build(1);
    const known = async () => [];
    const added = (id: string) => ({ service: 'ledger', artifactId: id });
    expect(await store.findChanges({ known, signal })).toEqual({
      added: [added(one)],
      removed: [],
    });
    expect(await store.findChanges({ signal })).toEqual({
      added: [],
      removed: [],
    });
    const two = build(2);
    rmSync(join(folder, 'ledger', one));
    expect(await store.findChanges({ signal })).toEqual({
      added: [added(two)],
      removed: [added(one)],
    });
    rmSync(join(folder, 'ledger'), { recursive: true });
    expect(await store.findChanges({ signal })).toEqual({
      added: [],
      removed: [added(two)],
    });
  });

  it('compares with what the caller has, after a restart', async () => {
    const one = build(1);
    const two = build(2);
    const known = async () => [
      { service: 'ledger', artifactId: one },
      { service: 'ledger', artifactId: 'gone' },
    ];
    expect(
      await new FolderArtifactStore(folder).findChanges({ known, signal }),
    ).toEqual({
      added: [{ service: 'ledger', artifactId: two }],
      removed: [{ service: 'ledger', artifactId: 'gone' }],
    });
  });

  it('says so when the store is away, instead of taking it for empty', async () => {
    rmSync(folder, { recursive: true });
    await expect(
      new FolderArtifactStore(folder).findChanges({
        known: async () => [],
        signal,
      }),
    ).rejects.toThrow(/can't be read \(ENOENT\)/);
  });

  it('refuses links, folders, names that lead out, and hidden files', async () => {
    put('ledger', 'real', zip({ 'artifact.json': '{"id":"real"}' }));
    symlinkSync(join(folder, 'ledger', 'real'), join(folder, 'ledger', 'link'));
    mkdirSync(join(folder, 'ledger', 'folder'));
    expect(await read('link')).toMatchObject({
      fault: expect.stringMatching(/symbolic link/),
    });
    expect(await read('folder')).toHaveProperty('fault');
    expect(await read('../ledger/real')).toHaveProperty('fault');
    expect(await read('x/../../ledger/real')).toHaveProperty('fault');
    expect(await read('real', '..')).toHaveProperty('fault');
    expect(isArtifactName('.upload')).toBe(false);
    expect(isArtifactName('a\nb')).toBe(false);
  });

  it('reads no more of a bomb than it may', async () => {
    const text = Buffer.alloc(200 * 1024 * 1024, 32);
    put('ledger', 'honest', zip({ 'artifact.json': '' }));
    put('ledger', 'bomb', Buffer.from(zipSync({ 'artifact.json': text })));
    expect(await read('bomb')).toMatchObject({ tooLarge: true });
    // One that lies about its size.
    const lying = zip({ 'artifact.json': 'x'.repeat(100) });
    const packed = deflateRawSync(text.subarray(0, 5_000_000));
    expect(packed.length).toBeLessThan(lying.length + 10_000);
    const broken = Buffer.concat([
      lying.subarray(0, 43),
      packed,
      lying.subarray(43),
    ]);
    put('ledger', 'lying', broken);
    expect(await read('lying')).toHaveProperty('fault');
  });

  it.each([
    ['no zip', Buffer.from('rubbish'), /not a whole zip/],
    ['nothing', Buffer.alloc(0), /not a whole zip/],
    ['no description', zip({ 'a/artifact.json': '{}' }), /no artifact.json/],
    [
      'a path that leads out',
      zip({ '../artifact.json': '{}' }),
      /not a whole zip/,
    ],
  ])('says what is wrong with %s', async (_, content, fault) => {
    put('ledger', 'x', content);
    expect(await read('x')).toMatchObject({
      fault: expect.stringMatching(fault),
      settling: true,
    });
    age('ledger', 'x');
    expect(await read('x')).toMatchObject({ settling: false });
  });

  it('lists no folder again whose time has not moved', async () => {
    put('ledger', 'a', '');
    age('ledger');
    const store = new FolderArtifactStore(folder);
    const first = await store.findChanges({ known: async () => [], signal });
    expect(first.added).toHaveLength(1);
    // Only who lists the folder can tell that this is there.
    const path = join(folder, 'ledger');
    const { atime, mtime } = statSync(path);
    put('ledger', 'b', '');
    utimesSync(path, atime, mtime);
    expect((await store.findChanges({ signal })).added).toHaveLength(0);
    utimesSync(path, atime, new Date());
    expect((await store.findChanges({ signal })).added).toHaveLength(1);
  });
});

describe.each(databases.eachSupportedId())('ArtifactIngest on %s', id => {
  const setUp = async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    await knex('repositories').insert({
      repository: 'default',
      url_hash: '',
      branch: 'master',
    });
    const store = new FolderArtifactStore(folder);
    const written: string[] = [];
    const create = () =>
      new ArtifactIngest({
        knex,
        repository: 'default',
        store,
        layout: releaseManagerLayout,
        environments: ['dev', 'staging'],
        transact: work => knex.transaction(work),
        onWritten: async services => {
          written.push(...services.map(service => service.name));
        },
      });
    return { knex, create, written };
  };

  it('writes rows once, and notes what is gone', async () => {
    const { knex, create, written } = await setUp();
    const one = build(1);
    const ingest = create();
    expect(await ingest.run(signal)).toBe(1);
    expect(await ingest.run(signal)).toBe(0);
    expect(written).toEqual(['ledger']);
    const [row] = await knex('artifacts');
    expect(row).toMatchObject({
      artifact_id: one,
      service: 'ledger',
      branch: 'master',
      squad: 'falcon',
    });
    expect([Boolean(row.in_store), Boolean(row.in_repository)]).toEqual([
      true,
      false,
    ]);
    rmSync(join(folder, 'ledger', one));
    await ingest.run(signal);
    expect(await knex('artifacts')).toEqual([]);
  });

  it('knows when an artifact came, but for those that it begins with', async () => {
    const { knex, create } = await setUp();
    const one = build(1);
    const ingest = create();
    await ingest.run(signal);
    const two = build(2);
    const began = Date.now();
    await ingest.run(signal);
    const arrivals = async () =>
      new Map(
        (await knex('artifacts')).map(row => [row.artifact_id, row.arrived_at]),
      );
    const found = await arrivals();
    expect(found.get(one)).toBeNull();
    expect(Number(found.get(two))).toBeGreaterThanOrEqual(began);
    // Another process reads all that there is, and takes nothing for new.
    await create().run(signal);
    expect(await arrivals()).toEqual(found);
  });

  it('leaves what the config repository says of an artifact', async () => {
    const { knex, create } = await setUp();
    const one = build(1);
    await knex('artifacts').insert({
      repository: 'default',
      namespace: '',
      service: 'ledger',
      artifact_id: one,
      description: 'of the repository',
      in_repository: true,
      in_store: false,
    });
    const ingest = create();
    await ingest.run(signal);
    const [row] = await knex('artifacts');
    expect(row.description).toBe('of the repository');
    expect(Boolean(row.in_store)).toBe(true);
    rmSync(join(folder, 'ledger', one));
    await ingest.run(signal);
    expect(
      (await knex('artifacts')).map(r => [
        Boolean(r.in_store),
        Boolean(r.in_repository),
      ]),
    ).toEqual([[false, true]]);
  });

  it('counts builds that were never released', async () => {
    const { knex, create } = await setUp();
    const ids = [1, 2, 3].map(n => build(n));
    build(4, { branch: 'feature' });
    const place = (
      environment: string,
      number: number,
    ): ServiceEnvironmentRow => ({
      repository: 'default',
      environment,
      namespace: '',
      service: 'ledger',
      position: 1,
      removed: false,
      artifact_id: ids[number - 1],
      application_commit: null,
      plan_commit: null,
      branch: 'master',
      artifact_squad: null,
      intent: 'release-artifact',
      released_at: 1,
      by_name: null,
      behind: null,
    });
    await writeRows(knex, serviceEnvironmentShape, [
      place('dev', 3),
      place('staging', 1),
    ]);
    await create().run(signal);
    expect(
      await knex('service_environments')
        .where({ environment: 'staging' })
        .first('behind'),
    ).toEqual({ behind: 2 });
  });

  it('makes bad artifacts problems, and mends them', async () => {
    const { knex, create } = await setUp();
    put('ledger', 'x', zip({ 'artifact.json': '{"id": "canary"}' }));
    put('ledger', 'y', 'rubbish');
    truncateSync(join(folder, 'ledger', 'y'), 3);
    age('ledger', 'y');
    put(
      'ledger',
      'z',
      zip({ 'artifact.json': artifactJson({ service: 'other', number: 1 }) }),
    );
    build(1);
    const ingest = create();
    await ingest.run(signal);
    const problems = await knex('problems').orderBy('path');
    expect(problems.map(p => p.path)).toEqual([
      'ledger/x',
      'ledger/y',
      'ledger/z',
    ]);
    expect(JSON.stringify(problems)).not.toContain('canary');
    expect(await knex('artifacts').count({ n: '*' })).toMatchObject([
      { n: expect.anything() },
    ]);
    put('ledger', 'y', zip({ 'artifact.json': '{"id": "y"}' }));
    rmSync(join(folder, 'ledger', 'x'));
    rmSync(join(folder, 'ledger', 'z'));
    await ingest.run(signal);
    expect(await knex('problems')).toEqual([]);
  });

  it('tells again what a failed write lost', async () => {
    const { knex, create } = await setUp();
    build(1);
    const ingest = create();
    await knex.schema.renameTable('problems', 'away');
    await expect(ingest.run(signal)).rejects.toThrow();
    await knex.schema.renameTable('away', 'problems');
    expect(await ingest.run(signal)).toBe(1);
  });
});

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  Board,
  decodeBoard,
  formatServicePath,
  ReleasePage,
} from '@ground-control/backstage-plugin-ground-control-common';
import {
  appendHostileCommits,
  CANARIES,
  createWorld,
  SourceRepositories,
  World,
} from '@internal/sandbox';
import request from 'supertest';
import { parseAllDocuments } from 'yaml';
import groundControl from './index';
import { createTestDatabases } from './__testUtils__/databases';

/** What the repository says itself, read without any of our code. */
function readArtifactIds(world: World): Record<string, string> {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', world.repositoryPath, ...args], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
  const found: Record<string, string> = {};
  for (const path of git('ls-tree', '-r', '--name-only', 'HEAD').split('\n')) {
    const match = /^([^/]+)\/releases\/[^/]+\/([^/]+)\/artifact\.json$/.exec(
      path,
    );
    if (match) {
      const artifact = JSON.parse(git('show', `HEAD:${path}`));
      found[`${match[1]} ${artifact.namespace ?? ''} ${match[2]}`] =
        artifact.id;
    }
  }
  return found;
}

/** What a service's own repository says itself. */
function readSource(world: World, service: string, args: string[]): string {
  return execFileSync(
    'git',
    ['--git-dir', join(world.sourcePath, `${service}.git`), ...args],
    { encoding: 'utf8' },
  ).trim();
}

function readCellIds(board: Board): Record<string, string> {
  return Object.fromEntries(
    board.rows.flatMap(({ service, cells }) =>
      cells.flatMap((cell, i) =>
        cell.artifactId
          ? [
              [
                `${board.environments[i]} ${service.namespace} ${service.name}`,
                cell.artifactId,
              ],
            ]
          : [],
      ),
    ),
  );
}

/** Services of cells, without their environments. */
function namesOf(cells: Record<string, string>): Set<string> {
  return new Set(Object.keys(cells).map(key => key.replace(/^\S+ /, '')));
}

describe.each(createTestDatabases().eachSupportedId())(
  'A whole company, %s',
  id => {
    let stop: (() => Promise<void>) | undefined;
    // Before the database is taken away, which the next line brings about.
    afterAll(() => stop?.());
    const databases = createTestDatabases();
    const directory = createMockDirectory();
    let world: World;
    let board: Board;
    let get: (path: string) => request.Test;

    beforeAll(async () => {
      world = await createWorld({
        dir: directory.resolve('world'),
        squads: 3,
        services: 15,
        days: 4,
        releases: 120,
        end: Date.parse('2026-03-06T18:00:00Z') / 1000,
      });
      const sources = new SourceRepositories(world.sourcePath);
      for (const name of readdirSync(world.sourcePath)) {
        await sources.ensure(name.replace(/\.jsonl$/, ''));
      }
      const entities = readdirSync(world.catalogPath)
        .map(name => readFileSync(join(world.catalogPath, name), 'utf8'))
        .flatMap(text => parseAllDocuments(text))
        .map(document => document.toJS() as Entity);
      const backend = await startTestBackend({
        features: [
          groundControl,
          mockServices.database.factory({ knex: await databases.init(id) }),
          mockServices.rootConfig.factory({
            data: {
              groundControl: {
                configRepository: {
                  url: world.repositoryPath,
                  mirrorDirectory: directory.resolve('mirrors'),
                  pollInterval: { seconds: 1 },
                },
                artifactStore: { folder: { path: world.artifactsPath } },
                sourceHistory: {
                  // What a busy machine made fail is tried again in time.
                  pollInterval: { seconds: 10 },
                  // The world lies in the past.
                  daysKept: 3650,
                  git: {
                    url: `file://${world.sourcePath}/{service}.git`,
                    directory: directory.resolve('source-history'),
                  },
                },
              },
            },
          }),
          catalogServiceMock.factory({ entities }),
        ],
      });
      stop = () => backend.stop();
      get = path => request(backend.server).get(`/api/ground-control${path}`);
      await waitFor(world.tip, readArtifactIds(world));
    });

    /**
     * Asks for the board until it is about the given commit and has the
     * services of these cells. Whose a service is that the last commits brought
     * is found out right after them.
     */
    async function waitFor(revision: string, cells: Record<string, string>) {
      const { size } = namesOf(cells);
      const deadline = Date.now() + 120_000;
      const isThere = () =>
        board.repository.revision === revision &&
        namesOf(readCellIds(board)).size >= size;
      do {
        await new Promise(resolve => setTimeout(resolve, 100));
        board = decodeBoard((await get('/v1/board')).body);
      } while (!isThere() && Date.now() < deadline);
      expect(board.repository.revision).toBe(revision);
    }

    it('shows of each service and environment what git has', () => {
      expect(board.repository).toMatchObject({
        state: 'fresh',
        branch: 'master',
        revision: world.tip,
      });
      const expected = readArtifactIds(world);
      expect(Object.keys(expected).length).toBeGreaterThan(20);
      expect(readCellIds(board)).toEqual(expected);
    });

    it('knows whose each service is, and tells when it was released', () => {
      const squads = new Map(board.squads.map(squad => [squad.ref, squad]));
      for (const row of board.rows.filter(r => r.presence === 'both')) {
        expect(squads.get(row.squad!)?.inCatalog).toBe(true);
      }
      for (const cell of board.rows.flatMap(row => row.cells)) {
        expect(cell.state === 'recorded').toBe(cell.releasedAt !== undefined);
      }
    });

    it('has every commit in activity, once, in order', async () => {
      const positions: number[] = [];
      let next: string | undefined;
      do {
        const { body } = await get(
          `/v1/activity?limit=200${next ? `&before=${next}` : ''}`,
        );
        positions.push(...body.items.map((item: any) => item.position));
        next = body.next;
      } while (next);
      const count = board.repository.position!;
      expect(positions).toEqual([...Array(count).keys()].map(i => count - i));
    });

    it('has a history and a diff of each service', async () => {
      let changed = 0;
      for (const row of board.rows) {
        const path = `/v1/services/${formatServicePath(row.service)}`;
        const page: ReleasePage = (await get(`${path}/releases`)).body;
        const detail = (await get(path)).body;
        for (const { environment, current } of detail.environments) {
          const newest = page.items.find(r => r.environment === environment);
          expect(current?.position).toBe(newest?.position);
        }
        const [to, from] = page.items.filter(r => r.artifact);
        if (!from) continue;
        const query = `from=${from.environment}@${from.position}&to=${to.environment}@${to.position}`;
        const diff = await get(`${path}/diff?${query}`);
        expect(diff.status).toBe(200);
        changed += diff.body.files.length;
      }
      expect(changed).toBeGreaterThan(10);
    });

    it('finds the commit of a release where it was released', async () => {
      const row = board.rows.find(r => r.cells[0]?.artifactId)!;
      const artifactId = row.cells[0].artifactId!;
      const { body } = await get(`/v1/commits?q=${row.cells[0].commit}`);
      const match = body.matches.find((m: any) => m.artifact.id === artifactId);
      expect(match.service).toEqual(row.service);
      expect(match.places[0]).toMatchObject({
        environment: board.environments[0],
        status: 'current',
        since: expect.any(String),
      });
    });

    it('counts commits between environments as git does', async () => {
      const deadline = Date.now() + 60_000;
      const pairs = () =>
        board.rows.flatMap(({ service, cells }) =>
          cells.slice(1).flatMap((cell, i) => {
            const from = cell.commit;
            const to = cells[i].commit;
            return from && to ? [{ service, cell, from, to }] : [];
          }),
        );
      while (pairs().some(({ cell }) => cell.behindCommits === undefined)) {
        if (Date.now() > deadline) throw new Error('some were never counted');
        await new Promise(resolve => setTimeout(resolve, 200));
        board = decodeBoard((await get('/v1/board')).body);
      }
      expect(pairs().length).toBeGreaterThan(10);
      for (const { service, cell, from, to } of pairs()) {
        const count = readSource(world, service.name, [
          ...['rev-list', '--count', `${from}..${to}`],
        ]);
        expect([service.name, cell.behindCommits]).toEqual([
          service.name,
          Number(count),
        ]);
      }
    });

    it('finds commits that were never built, by a build that contains them', async () => {
      const [row] = board.rows.filter(one => one.cells[0]?.commit);
      const service = row.service.name;
      const list = readSource(world, service, [
        ...['log', 'master', '--format=%H %ct %s'],
      ]);
      const since = world.options.end - 60 * 86_400;
      let contained = 0;
      for (const line of list.split('\n')) {
        const [commit, at, ...title] = line.split(' ');
        if (Number(at) < since) continue;
        const { body } = await get(`/v1/commits?q=${commit}`);
        for (const match of body.matches) {
          const found = match.containedCommit;
          expect(match.service).toEqual(row.service);
          if (!found) continue;
          contained += 1;
          expect(found).toMatchObject({ commit, title: title.join(' ') });
          // Git ends with an error where it isn't so.
          const ancestry = [commit, match.artifact.commit];
          readSource(world, service, [
            ...['merge-base', '--is-ancestor', ...ancestry],
          ]);
        }
        expect(body.matches.length).toBeGreaterThan(0);
      }
      expect(contained).toBeGreaterThan(0);
    });

    it('goes on after commits that nobody should trust', async () => {
      const before = readCellIds(board);
      const tip = await appendHostileCommits(world, world.options.end + 60);
      await waitFor(tip!, before);
      const answers: string[] = [];
      const look = async (path: string) => {
        const response = await get(path);
        expect([path, response.status]).toEqual([path, 200]);
        answers.push(response.text);
        return response.body;
      };
      expect(readCellIds(board)).toMatchObject(before);
      const { items } = await look('/v1/problems');
      expect(items.length).toBeGreaterThan(3);
      await look('/v1/board');
      await look('/v1/activity?limit=200');
      for (const row of board.rows) {
        const path = `/v1/services/${formatServicePath(row.service)}`;
        await look(path);
        const page: ReleasePage = await look(`${path}/releases?limit=200`);
        const ids = page.items.map(r => `${r.environment}@${r.position}`);
        for (const [i, to] of ids.slice(0, 3).entries()) {
          const from = encodeURIComponent(ids[i + 1] ?? to);
          await look(`${path}/diff?from=${from}&to=${encodeURIComponent(to)}`);
        }
      }
      for (const canary of Object.values(CANARIES)) {
        const encoded = Buffer.from(canary).toString('base64').slice(4, -4);
        for (const text of answers) {
          expect(text).not.toContain(canary);
          expect(text).not.toContain(encoded);
        }
      }
    });
  },
);

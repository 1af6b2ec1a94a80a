import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import {
  createMockDirectory,
  mockCredentials,
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
  createWorld,
  SourceRepositories,
  World,
} from '@internal/sandbox';
import { Knex } from 'knex';
import request from 'supertest';
import { parseAllDocuments } from 'yaml';
import groundControl from './index';
import { approvalOf } from './__testUtils__/callAs';
import { createTestDatabases } from './__testUtils__/databases';
import { component, located, TEST_LOCATION } from './__testUtils__/entities';
import { expectNoSecret, readEveryRow } from './__testUtils__/expectNoSecret';
import { formatPages } from './__testUtils__/formatPages';
import { PlantedSecrets } from './__testUtils__/PlantedSecrets';
import { recordLog } from './__testUtils__/recordLog';
import { until } from './__testUtils__/until';
import { readLinkRows } from './links/store';

/** Of the commits that nobody should trust: it has secrets of every shape. */
const WITH_SECRETS = { namespace: '', name: 'hostile-secrets' };
const OWNER = 'squad-ledger';
const PERSON = 'user:default/ana.ruiz';

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
    const log = recordLog();
    /** All that was answered. */
    const said: string[] = [];
    let world: World;
    let planted: PlantedSecrets;
    let knex: Knex;
    let board: Board;
    /** Of the squad that owns the service with secrets. */
    let lead: string;
    let get: (path: string) => request.Test;
    let agent: request.Agent;

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
        .map(document => document.toJS() as Entity)
        .concat(
          component(WITH_SECRETS.name, OWNER, { service: WITH_SECRETS.name }),
        );
      lead = entities
        .find(({ metadata }) => metadata.name === OWNER)!
        .metadata.annotations!['ground-control.dev/leads'].split(',')[0];
      planted = await PlantedSecrets.start(world, directory.path);
      stop = () => planted.stop();
      const { configRepository, integrations, sourceGit, ...config } =
        planted.config;
      knex = await databases.init(id);
      const backend = await startTestBackend({
        features: [
          groundControl,
          log.factory,
          mockServices.database.factory({ knex }),
          mockServices.rootConfig.factory({
            data: {
              integrations,
              groundControl: {
                ...config,
                configRepository: {
                  ...configRepository,
                  mirrorDirectory: directory.resolve('mirrors'),
                  pollInterval: { seconds: 1 },
                  writing: {
                    author: { name: 'Robot', email: 'robot@example.com' },
                  },
                },
                requests: { trustedLocations: [TEST_LOCATION] },
                policies: {
                  floor: { environments: { dev: { approvals: 1 } } },
                },
                sourceHistory: {
                  // What a busy machine made fail is tried again in time.
                  pollInterval: { seconds: 10 },
                  // The world lies in the past.
                  daysKept: 3650,
                  git: {
                    ...sourceGit,
                    directory: directory.resolve('source-history'),
                  },
                },
              },
            },
          }),
          catalogServiceMock.factory({ entities: located(entities) }),
        ],
      });
      stop = async () => {
        await backend.stop();
        await planted.stop();
      };
      agent = request.agent(backend.server);
      agent.on('response', (answer: request.Response) => {
        const { header, request: asked, text } = answer;
        const { pathname } = new URL(asked.url);
        said.push(`${pathname} ${JSON.stringify(header)} ${text}`);
      });
      get = path => agent.get(`/api/ground-control${path}`);
      await waitFor(world.tip, readArtifactIds(world));
    });

    /**
     * Asks for the board until it is about the given commit and has the
     * services of these cells. Whose a service is that the last commits brought
     * is found out right after them.
     */
    async function waitFor(revision: string, cells: Record<string, string>) {
      const { size } = namesOf(cells);
      await until(
        async () => {
          board = decodeBoard((await get('/v1/board')).body);
          return (
            board.repository.revision === revision &&
            namesOf(readCellIds(board)).size >= size
          );
        },
        {
          ms: 120_000,
          intervalMs: 100,
          seen: () => [board.repository, readCellIds(board)],
        },
      );
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
      const pairs = () =>
        board.rows.flatMap(({ service, cells }) =>
          cells.slice(1).flatMap((cell, i) => {
            const from = cell.commit;
            const to = cells[i].commit;
            return from && to ? [{ service, cell, from, to }] : [];
          }),
        );
      const uncounted = () =>
        pairs().filter(({ cell }) => cell.behindCommits === undefined);
      await until(
        async () => {
          board = decodeBoard((await get('/v1/board')).body);
          return uncounted().length === 0;
        },
        { intervalMs: 200, seen: uncounted },
      );
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
      const look = async (path: string) => {
        const { body, status } = await get(path);
        expect([path, status]).toEqual([path, 200]);
        return body;
      };
      expect(readCellIds(board)).toMatchObject(before);
      const { items } = await look('/v1/problems');
      expect(items.length).toBeGreaterThan(3);
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
    });

    const call = (path: string, body?: object, by = PERSON) => {
      const url = `/api/ground-control/v1${path}`;
      return (body ? agent.post(url).send(body) : agent.get(url)).set(
        'authorization',
        mockCredentials.user.header(by),
      );
    };

    /** Asks for every page, of the service with secrets and a request for it. */
    async function lookAtAll(number: string) {
      const [to, from = to] = await knex('releases')
        .where({ service: WITH_SECRETS.name, environment: 'dev' })
        .orderBy('position', 'desc');
      const cluster = planted.clusters.live.name;
      const pages = formatPages({
        service: WITH_SECRETS,
        from,
        to,
        commit: '0123456789'.repeat(4),
        cluster,
        link: { cluster, target: planted.clusters.hostile.name },
        request: number,
      });
      for (const page of Object.values(pages).flat()) {
        expect([page, (await get(page)).status]).toEqual([page, 200]);
      }
    }

    it('releases a build with secrets, though a password ends meanwhile', async () => {
      const { id: artifactId, zip } = planted.build({
        service: WITH_SECRETS.name,
        squad: OWNER,
        number: 1,
      });
      const upload = async (as: string, bytes: Buffer, by: string) => {
        const { status } = await agent
          .put(`/api/ground-control/v1/artifacts/${WITH_SECRETS.name}/${as}`)
          .set('authorization', by)
          .set('content-type', 'application/zip')
          .send(bytes);
        return status;
      };
      const ci = mockCredentials.service.header();
      const person = mockCredentials.user.header(PERSON);
      expect(await upload(artifactId, zip, person)).toBe(403);
      expect(await upload('another', zip, ci)).toBe(400);
      expect(await upload(artifactId, zip, ci)).toBe(201);
      const other = Buffer.concat([zip, zip]);
      expect(await upload(artifactId, other, ci)).toBe(409);

      const wishes = [
        {
          service: WITH_SECRETS,
          environment: 'dev',
          intent: 'release-artifact',
          artifactId,
        },
      ];
      await call('/requests/preview', { wishes });
      const asked = await call('/requests', { wishes, idempotencyKey: 'one' });
      const [{ id: number }] = asked.body;
      const path = `/requests/${number}`;
      const read = async () => (await call(path)).body;
      const becomes = (state: string) =>
        until(async () => (await read()).request.state === state, {
          seen: read,
        });

      // Neither a fetch nor the push is let in.
      const { password } = planted.git;
      planted.git.password = 'renewed';
      const approval = approvalOf(await read());
      const decide = async (by: string) =>
        (await call(`${path}/decision`, approval, by)).status;
      expect([await decide(PERSON), await decide(lead)]).toEqual([403, 200]);
      await becomes('held');
      await until(
        async () => (await call('/repository')).body.state === 'forbidden',
      );
      await until(async () => (await readLinkRows(knex)).length > 0);
      await lookAtAll(number);

      planted.git.password = password;
      await becomes('succeeded');
      await lookAtAll(number);
      // Masked, and not left out.
      const { text } = await call(`${path}/diff`);
      expect(text).toMatch(/10-data\.yaml.*\*\*\*/);
    });

    it('shows, keeps and logs no secret, whatever went wrong', async () => {
      const url = `https://ana:${planted.git.password}@git.example.com/config`;
      const refused = await startTestBackend({
        features: [
          groundControl,
          log.factory,
          mockServices.rootConfig.factory({
            data: { groundControl: { configRepository: { url } } },
          }),
        ],
      }).catch(error => error);
      expect(refused).toBeInstanceOf(Error);

      await until(() => planted.findUnused().length === 0, {
        seen: () => planted.findUnused(),
      });
      const rows = await readEveryRow(knex);
      // What there is to find is in them.
      expect(said.join('\n')).toMatch(/refuses our credentials/);
      expect(log.lines.join('\n')).toMatch(/refuses our credentials/);
      expect(rows.join('\n')).toMatch(/^audit_entries .*request\.committed/m);
      expectNoSecret(
        {
          answers: said,
          rows,
          log: log.lines,
          error: [inspect(refused, { depth: 10 })],
        },
        planted.words,
      );
    });
  },
);

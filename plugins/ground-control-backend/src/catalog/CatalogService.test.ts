import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Knex } from 'knex';
import { createTestDatabases } from '../__testUtils__/databases';
import { component, group } from '../__testUtils__/entities';
import { migrate } from '../__testUtils__/migrate';
import { TestHistory } from '../__testUtils__/TestHistory';
import { until } from '../__testUtils__/until';
import { CatalogService } from './CatalogService';

/** A catalog whose content and health a test decides, page by page. */
class TestCatalog {
  entities: Entity[] = [];
  /** Fails from this page of Components on. */
  failingPage = Infinity;
  requests = 0;

  readonly service = catalogServiceMock.mock({
    queryEntities: async (request: any) => {
      this.requests += 1;
      const [kind, start] = request.cursor
        ? request.cursor.split(':')
        : [request.filter[0].kind, '0'];
      const all = this.entities.filter(
        entity =>
          entity.kind.toLowerCase() === kind &&
          (kind === 'group' ||
            entity.spec?.type === 'service' ||
            entity.metadata.annotations),
      );
      const from = Number(start);
      if (kind === 'component' && from >= this.failingPage) {
        throw new Error('The catalog is on fire');
      }
      return {
        items: all.slice(from, from + 2),
        totalItems: all.length,
        pageInfo:
          from + 2 < all.length ? { nextCursor: `${kind}:${from + 2}` } : {},
      };
    },
  });
}

describe.each(createTestDatabases().eachSupportedId())(
  'CatalogService, %s',
  id => {
    const databases = createTestDatabases();
    let knex: Knex;
    let catalog: TestCatalog;
    let history: TestHistory;
    let service: CatalogService;
    let changes: number;
    let now: number;

    beforeEach(async () => {
      knex = await databases.init(id);
      await migrate(knex);
      history = new TestHistory(knex);
      catalog = new TestCatalog();
      changes = 0;
      now = 1_000_000;
      service = new CatalogService({
        knex,
        repository: 'default',
        catalog: catalog.service,
        auth: mockServices.auth(),
        logger: mockServices.logger.mock(),
        intervalMs: 60_000,
        onChange: () => {
          changes += 1;
        },
        now: () => new Date((now += 1_000)),
      });
    });

    const readServices = async () =>
      (await knex('services').orderBy(['service', 'namespace'])).map(
        row =>
          `${row.namespace}/${row.service} ${row.squad_ref} ${
            row.squad_source
          } ${row.in_repository ? 'r' : '-'}${row.in_catalog ? 'c' : '-'}`,
      );

    const fiveServices = () =>
      ['a', 'b', 'c', 'd', 'e'].map(name => component(name, 'one'));

    it('reads all pages, and writes what is new', async () => {
      catalog.entities = [
        ...['one', 'two', 'three'].map(name => group(name, `Squad ${name}`)),
        ...fiveServices(),
      ];
      await history.release({ service: 'a', environment: 'dev' });
      expect(await service.refresh()).toBe(true);
      expect(await readServices()).toEqual([
        'payments/a group:default/one catalog rc',
        '/b group:default/one catalog -c',
        '/c group:default/one catalog -c',
        '/d group:default/one catalog -c',
        '/e group:default/one catalog -c',
      ]);
      const squads = await knex('squads').orderBy('squad_ref');
      expect(squads.map(squad => squad.title)).toEqual([
        'Squad one',
        'Squad three',
        'Squad two',
      ]);
      expect(changes).toBe(1);
      await service.refresh();
      expect(changes).toBe(1);
    });

    it('keeps whom services call, as long as the catalog says so', async () => {
      const [a, b] = fiveServices();
      const calls = (targetRef: string) => ({ type: 'dependsOn', targetRef });
      a.relations!.push(calls('component:default/b'), calls('component:x/y'));
      catalog.entities = [a, b];
      await service.refresh();
      const read = async () =>
        (await knex('catalog_relations').orderBy('target_ref')).map(
          row => `${row.entity_ref} ${row.relation} ${row.target_ref}`,
        );
      expect(await read()).toEqual([
        'component:default/a dependsOn component:default/b',
        'component:default/a dependsOn component:x/y',
      ]);
      a.relations!.pop();
      await service.refresh();
      expect(await read()).toEqual([
        'component:default/a dependsOn component:default/b',
      ]);
    });

    it('keeps what it knew when a page can’t be read', async () => {
      catalog.entities = [group('one'), ...fiveServices()];
      await service.refresh();
      const before = await readServices();
      catalog.entities = [group('one')];
      catalog.failingPage = 0;
      expect(await service.refresh()).toBe(false);
      expect(await readServices()).toEqual(before);
      catalog.entities = fiveServices();
      catalog.failingPage = 4;
      expect(await service.refresh()).toBe(false);
      expect(await readServices()).toEqual(before);
      expect(await knex('squads')).toHaveLength(1);
      expect(changes).toBe(1);
    });

    it('forgets what a complete read didn’t find', async () => {
      catalog.entities = [group('one'), ...fiveServices()];
      await history.release({
        service: 'a',
        environment: 'dev',
        squad: 'one',
      });
      await service.refresh();
      catalog.entities = [component('e', 'two')];
      await service.refresh();
      expect(await readServices()).toEqual([
        'payments/a group:default/one artifact r-',
        '/e group:default/two catalog -c',
      ]);
      expect(await knex('squads')).toEqual([]);
      expect(changes).toBe(2);
    });

    it('takes over what ingest wrote of some services', async () => {
      catalog.entities = [component('a', 'one'), component('b', 'one')];
      await service.refresh();
      await history.release({ service: 'a', environment: 'dev', squad: 'x' });
      await history.release({ service: 'c', environment: 'dev', squad: 'x' });
      const requests = catalog.requests;
      await service.derive([
        { namespace: 'payments', name: 'a' },
        { namespace: 'payments', name: 'c' },
      ]);
      expect(await readServices()).toEqual([
        'payments/a group:default/one catalog rc',
        '/b group:default/one catalog -c',
        'payments/c group:default/x artifact r-',
      ]);
      expect(catalog.requests).toBe(requests);
      await history.release({
        service: 'c',
        environment: 'dev',
        intent: 'removed',
      });
      await knex('services').where({ service: 'b' }).delete();
      await service.derive([{ namespace: 'payments', name: 'c' }]);
      expect(await readServices()).toEqual([
        'payments/a group:default/one catalog rc',
        'payments/c group:default/x artifact --',
      ]);
    });

    it('keeps what was only built beside a service of the same name', async () => {
      await history.build({ service: 'a', namespace: 'other', squad: 'x' });
      await history.build({ service: 'b', squad: 'x' });
      await service.refresh();
      await history.release({ service: 'a', environment: 'dev' });
      await service.derive([{ namespace: 'payments', name: 'a' }]);
      expect(await readServices()).toEqual([
        'other/a group:default/x artifact --',
        'payments/a null none r-',
        'payments/b group:default/x artifact --',
      ]);
      await knex('artifacts').where({ namespace: 'other' }).delete();
      await history.build({ service: 'c' });
      await service.derive([
        { namespace: 'other', name: 'a' },
        { namespace: 'payments', name: 'c' },
      ]);
      expect(await readServices()).toEqual([
        'payments/a null none r-',
        'payments/b group:default/x artifact --',
        'payments/c null none --',
      ]);
    });

    it('loses no service of calls that come together', async () => {
      const names = [...Array(300).keys()].map(i => `s-${i}`);
      for (const name of names.slice(0, 20)) {
        await history.release({ service: name, environment: 'dev' });
      }
      await Promise.all(
        names.map(name => service.derive([{ namespace: 'payments', name }])),
      );
      expect(await readServices()).toHaveLength(20);
      await knex('services').delete();
      await Promise.all([
        service.derive([{ namespace: 'payments', name: 's-1' }]),
        service.derive('all'),
        service.derive([{ namespace: 'payments', name: 's-2' }]),
      ]);
      expect(await readServices()).toHaveLength(20);
    });

    it('reports ambiguities while they last', async () => {
      const readProblems = () =>
        knex('problems').select('code', 'namespace', 'service', 'since');
      await history.release({ service: 'a', environment: 'dev' });
      catalog.entities = [
        component('a', 'one'),
        component('a', 'two', { namespace: 'other' }),
      ];
      await service.refresh();
      const [problem, ...others] = await readProblems();
      expect(others).toEqual([]);
      expect(problem).toMatchObject({
        code: 'catalog-ambiguous',
        namespace: 'payments',
        service: 'a',
      });
      await service.refresh();
      expect(await readProblems()).toEqual([problem]);
      await service.derive([{ namespace: 'payments', name: 'b' }]);
      expect(await readProblems()).toEqual([problem]);
      catalog.entities = [component('a', 'one')];
      await service.refresh();
      expect(await readProblems()).toEqual([]);
    });

    it('reads eagerly while the catalog is being filled', async () => {
      const running = new CatalogService({
        knex,
        repository: 'default',
        catalog: catalog.service,
        auth: mockServices.auth(),
        logger: mockServices.logger.mock(),
        intervalMs: 300,
        onChange: () => {},
      });
      running.start();
      try {
        catalog.entities = [component('late', 'one')];
        await until(async () => (await readServices()).length > 0);
      } finally {
        await running.stop();
      }
      expect(await readServices()).toEqual([
        '/late group:default/one catalog -c',
      ]);
    });
  },
);

import { TestDatabaseId } from '@backstage/backend-test-utils';
import { createTestDatabases } from '../__testUtils__/databases';
import { migrate } from '../__testUtils__/migrate';
import { until } from '../__testUtils__/until';
import { keepStatistics } from './keepStatistics';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('keepStatistics on %s', id => {
  const open = async () => {
    const knex = await databases.init(id as TestDatabaseId);
    await migrate(knex);
    const errors: unknown[] = [];
    const stop = keepStatistics(knex, {
      afterMs: [20],
      onError: error => errors.push(error),
    });
    return { knex, errors, stop };
  };

  it('is no fault on any database, nor after its end', async () => {
    const { knex, errors, stop } = await open();
    await new Promise(resolve => setTimeout(resolve, 60));
    stop();
    await knex.destroy();
    expect(errors).toEqual([]);
  });

  if (id.startsWith('SQLITE')) {
    it('makes a board begin with the services of the squad', async () => {
      const { knex, stop } = await open();
      const names = Array.from({ length: 200 }, (_, i) => `service-${i}`);
      const key = { repository: 'default', namespace: 'n' };
      for (const [i, service] of names.entries()) {
        await knex('services').insert({
          ...key,
          service,
          squad_ref: `group:default/squad-${i % 20}`,
          squad_source: 'catalog',
          in_repository: true,
          in_catalog: true,
        });
        await knex('cluster_services').insert({
          ...key,
          service,
          cluster: 'one',
          environment: 'prod',
          release_position: 1,
          state: 'reconciled',
          reason: 'applied',
          since: 0,
        });
      }
      await new Promise(resolve => setTimeout(resolve, 100));
      const plan = await knex.raw(
        `explain query plan select s.state from cluster_services s
         join services o on o.repository = s.repository
           and o.namespace = s.namespace and o.service = s.service
         where o.repository = 'default' and o.squad_ref in ('group:default/squad-1')`,
      );
      expect(plan[0].detail).toMatch(/SEARCH o USING .*services_squad_idx/);
      stop();
      await knex.destroy();
    });
  } else {
    it('tells PostgreSQL what it would find out by itself within a minute', async () => {
      const { knex, errors, stop } = await open();
      const rows = Array.from({ length: 200 }, (_, i) => ({
        repository: 'default',
        namespace: 'n',
        service: `service-${i}`,
        squad_source: 'catalog',
        in_repository: true,
        in_catalog: true,
      }));
      await knex('services').insert(rows);
      const stopAgain = keepStatistics(knex, {
        afterMs: [0],
        onError: error => errors.push(error),
      });
      await until(async () => {
        const [{ reltuples }] = await knex('pg_class')
          .where({ relname: 'services' })
          .whereRaw('relnamespace = current_schema()::regnamespace')
          .select('reltuples');
        return Number(reltuples) === rows.length;
      });
      stop();
      stopAgain();
      await knex.destroy();
      expect(errors).toEqual([]);
    });
  }
});

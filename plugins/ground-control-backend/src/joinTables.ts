import {
  DatabaseService,
  LifecycleService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { keepStatistics } from './database/keepStatistics';
import { openDatabase } from './database/openDatabase';
import { ChangeHub } from './lib/ChangeHub';

/** Opens the tables, and what tells the parts of each other's writes. */
export async function joinTables(options: {
  database: DatabaseService;
  lifecycle: LifecycleService;
  logger: LoggerService;
}): Promise<{ knex: Knex; hub: ChangeHub }> {
  const { lifecycle, logger } = options;
  const knex = await openDatabase(options.database);
  lifecycle.addShutdownHook(
    keepStatistics(knex, {
      onError: error =>
        logger.debug('The database has no statistics', error as Error),
    }),
  );
  const hub = new ChangeHub({
    onError: error =>
      logger.error('A listener of changes failed', error as Error),
  });
  lifecycle.addShutdownHook(() => hub.close());
  return { knex, hub };
}

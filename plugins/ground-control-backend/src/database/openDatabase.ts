import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { isSqlite } from '../lib/isSqlite';

/** Opens the plugin's database and brings it to the present schema. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (isSqlite(knex)) {
    // Ingest writes many small transactions; with a write-ahead log none of
    // them waits for the disk. A power cut may cost the last of them, which
    // are then read from the repository again.
    await knex.raw('pragma journal_mode = wal');
    await knex.raw('pragma synchronous = normal');
    // In pages of 4 kB. Bringing the log into the file waits for the disk, and
    // at the default, a quarter of this, a first ingest does little else.
    await knex.raw('pragma wal_autocheckpoint = 4000');
    // In KiB; the driver would keep four times as much. The system keeps the
    // file in memory as well, and with 100,000 commits this is 28 MB less.
    await knex.raw('pragma cache_size = -4000');
  }
  if (!database.migrations?.skip) {
    await knex.migrate.latest({
      directory: resolvePackagePath(
        '@ground-control/backstage-plugin-ground-control-backend',
        'migrations',
      ),
    });
  }
  return knex;
}

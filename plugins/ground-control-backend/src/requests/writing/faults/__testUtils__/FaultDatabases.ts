import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { migrate } from '../../../../__testUtils__/migrate';
import { MortalPostgres } from './MortalPostgres';
import { FaultDatabase } from './types';

/** Makes databases at the present schema, each a copy of the first. */
export class FaultDatabases {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ground-control-databases-'));
  readonly #template: Knex.Config;
  #made = 0;

  private constructor(
    readonly id: string,
    template: (folder: string) => Knex.Config,
  ) {
    this.#template = template(this.#folder);
  }

  static async create(
    databases: TestDatabases,
    id: 'SQLITE_3' | 'POSTGRES_18',
  ): Promise<FaultDatabases> {
    const made =
      id === 'SQLITE_3'
        ? new FaultDatabases(id, folder => sqlite(join(folder, 'template')))
        : await FaultDatabases.#ofPostgres(databases, id);
    const knex = knexFactory(made.#template);
    await migrate(knex);
    if (id === 'SQLITE_3') await knex.raw('pragma wal_checkpoint(truncate)');
    await knex.destroy();
    return made;
  }

  static async #ofPostgres(databases: TestDatabases, id: 'POSTGRES_18') {
    const knex = await databases.init(id);
    const { host, port, user, password, database } =
      knex.client.config.connection;
    const connection = { host, port, user, password, database };
    // A database can only be copied while nobody is connected to it.
    await knex.destroy();
    return new FaultDatabases(id, () => postgres(connection));
  }

  /** @param folder - which all of its data is to lie in, rather than with the others' */
  async open(folder?: string): Promise<FaultDatabase> {
    this.#made += 1;
    if (this.id === 'SQLITE_3') return this.#openFile(folder ?? this.#folder);
    return folder === undefined ? this.#openCopy() : openServer(folder);
  }

  async close(): Promise<void> {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #openFile(folder: string): FaultDatabase {
    const { filename } = this.#template.connection as { filename: string };
    const file = join(folder, `copy-${this.#made}`);
    copyFileSync(filename, file);
    const config = sqlite(file);
    const knex = knexFactory(config);
    return { config, knex, close: () => knex.destroy() };
  }

  async #openCopy(): Promise<FaultDatabase> {
    const connection = this.#template.connection as { database: string };
    const { database } = connection;
    const name = `${database}_${this.#made}`;
    const admin = knexFactory(
      postgres({ ...connection, database: 'postgres' }),
    );
    await admin.raw('create database ?? template ??', [name, database]);
    const config = postgres({ ...connection, database: name });
    const knex = knexFactory(config);
    return {
      config,
      knex,
      close: async () => {
        await knex.destroy();
        await admin.raw('drop database ?? with (force)', [name]);
        await admin.destroy();
      },
    };
  }
}

/** A PostgreSQL of its own, with one database. */
async function openServer(folder: string): Promise<FaultDatabase> {
  const server = await MortalPostgres.start(folder);
  const database = await server.open('own');
  // It ends where it can't make the next file of its log, as in a crash; a new
  // one is long enough for any test.
  await database.knex.raw('select pg_switch_wal()');
  await database.knex.raw('checkpoint');
  return {
    ...database,
    close: async () => {
      await database.close();
      await server.stop();
    },
  };
}

function sqlite(filename: string): Knex.Config {
  return {
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
  };
}

function postgres(connection: object): Knex.Config {
  return { client: 'pg', connection, pool: { min: 0, max: 10 } };
}

import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import knexFactory from 'knex';
import { migrate } from '../../../../__testUtils__/migrate';
import { FaultDatabase } from './types';
import { hear, loadTypeScript } from './WriterProcess';

/** Each connection that a crash ends is told of. */
const QUIET = { warn: () => {}, error: () => {} };

/** A PostgreSQL that can be ended and started again. */
export class MortalPostgres {
  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {}

  /** @param parent - the folder that its data is to lie in */
  static async start(parent?: string): Promise<MortalPostgres> {
    const child = fork(
      join(__dirname, 'postgresWorker.ts'),
      parent === undefined ? [] : [parent],
      { execArgv: loadTypeScript },
    );
    const url = await hear(child, 'url');
    return new MortalPostgres(child, String(url));
  }

  /** As a crash does; every connection is gone. */
  crash(): Promise<void> {
    return this.#tell('crash');
  }

  restart(): Promise<void> {
    return this.#tell('restart');
  }

  /** A new database in it, at the present schema. */
  async open(name: string): Promise<FaultDatabase> {
    const admin = knexFactory({ client: 'pg', connection: this.url });
    await admin.raw('create database ??', [name]);
    await admin.destroy();
    const connection = this.url.replace(/[^/]*$/, name);
    const config = { client: 'pg', connection, pool: { min: 0, max: 10 } };
    const knex = knexFactory({ ...config, log: QUIET });
    await migrate(knex);
    return { config, knex, close: () => knex.destroy() };
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }

  async #tell(command: string) {
    const done = hear(this.child, 'done');
    this.child.send(command);
    await done;
  }
}

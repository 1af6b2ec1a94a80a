// A PostgreSQL of a test's own, which dies when the test wants it to. It is a
// process because what starts it is a module that Jest can't load.
import { join } from 'node:path';

const ROOT = join(__dirname, '../'.repeat(7));

async function run() {
  const { startPostgres } = await import(
    join(ROOT, 'scripts/lib/postgres.mjs')
  );
  const postgres = await startPostgres(process.argv[2]);
  // Ctrl-C goes to all; the test's end is ours.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {});
  }
  process.on('disconnect', () => postgres.stop().then(() => process.exit()));
  process.on('message', async (command: 'crash' | 'restart') => {
    await postgres[command]();
    process.send?.({ done: true });
  });
  process.send?.({ url: postgres.connectionString });
}
void run();

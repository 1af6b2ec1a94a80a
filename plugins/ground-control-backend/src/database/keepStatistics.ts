import { Knex } from 'knex';
import { isSqlite } from '../lib/isSqlite';

/** While the first history is read, and once an hour from then on. */
const AFTER_MS = [15_000, 60_000, 300_000];
const EVERY_MS = 60 * 60_000;
/** Whatever changed much, by a look at some hundreds of rows of each index. */
const OPTIMIZE = 'pragma optimize = 0x10002';

/** PostgreSQL's: of our own tables, of which the schema may have others beside. */
async function analyze(knex: Knex): Promise<void> {
  const tables: string[] = await knex('pg_tables')
    .whereRaw('schemaname = current_schema() and tableowner = current_user')
    .pluck('tablename');
  for (const table of tables) await knex.raw('analyze ??', [table]);
}

/**
 * Lets the database know how its tables are filled. Without that SQLite takes
 * each index for as good as another, and reads all rows of a repository for the
 * few of a squad. PostgreSQL looks by itself, but up to a minute after a large
 * change; until then it takes a service to have one build, and looks through
 * all of them for each of its releases. It goes on by itself later.
 *
 * @returns how to end it
 */
export function keepStatistics(
  knex: Knex,
  options: { afterMs?: number[]; onError: (error: unknown) => void },
): () => void {
  const [...waits] = options.afterMs ?? AFTER_MS;
  const look = async () => {
    if (isSqlite(knex)) await knex.raw(OPTIMIZE);
    else await analyze(knex);
  };
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const next = () => {
    const wait = waits.shift() ?? (isSqlite(knex) ? EVERY_MS : undefined);
    if (wait === undefined || ended) return;
    timer = setTimeout(() => {
      look()
        .catch(error => {
          if (!ended) options.onError(error);
        })
        .finally(next);
    }, wait);
    timer.unref();
  };
  next();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

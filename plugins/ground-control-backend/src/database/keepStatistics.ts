import { Knex } from 'knex';
import { isSqlite } from '../lib/isSqlite';

/** While the first history is read, and once an hour from then on. */
const AFTER_MS = [15_000, 60_000, 300_000];
const EVERY_MS = 60 * 60_000;
/** Whatever changed much, by a look at some hundreds of rows of each index. */
const OPTIMIZE = 'pragma optimize = 0x10002';

/**
 * Lets SQLite know how its tables are filled. Without that it takes each index
 * for as good as another, and reads all rows of a repository for the few of a
 * squad. PostgreSQL does so by itself.
 *
 * @returns how to end it
 */
export function keepStatistics(
  knex: Knex,
  options: { afterMs?: number[]; onError: (error: unknown) => void },
): () => void {
  if (!isSqlite(knex)) return () => {};
  const [...waits] = options.afterMs ?? AFTER_MS;
  let timer: NodeJS.Timeout;
  const next = () => {
    timer = setTimeout(() => {
      knex.raw(OPTIMIZE).catch(options.onError).finally(next);
    }, waits.shift() ?? EVERY_MS);
    timer.unref();
  };
  next();
  return () => clearTimeout(timer);
}

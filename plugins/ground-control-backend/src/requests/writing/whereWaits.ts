import { Knex } from 'knex';
import { WRITER_CODES } from './waitsForWriter';

/** The pair of waitsForWriter, as SQL sees it. */
export function whereWaits(query: Knex.QueryBuilder, table: string): void {
  query.where(either =>
    either
      .where(`${table}.state`, 'approved')
      .orWhere(held =>
        held
          .where(`${table}.state`, 'held')
          .whereIn(`${table}.code`, [...WRITER_CODES]),
      ),
  );
}

import { Knex } from 'knex';

/** Writes text as a LIKE pattern in which `%` and `_` stand for themselves. */
export function escapeLike(text: string): string {
  return text.replace(/[~%_]/g, mark => `~${mark}`);
}

/**
 * Keeps rows whose column contains the text, without regard to case. SQLite
 * knows the case of ASCII letters alone, so the text as it was typed is looked
 * for as well.
 */
export function whereContains(
  query: Knex.QueryBuilder,
  column: string,
  text: string,
): void {
  query.where(either =>
    either
      .whereRaw(`lower(${column}) like ? escape '~'`, [
        `%${escapeLike(text.toLowerCase())}%`,
      ])
      .orWhereRaw(`${column} like ? escape '~'`, [`%${escapeLike(text)}%`]),
  );
}

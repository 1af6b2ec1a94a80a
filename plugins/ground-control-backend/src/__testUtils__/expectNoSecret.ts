import { Knex } from 'knex';
import { isSqlite } from '../lib/isSqlite';

/**
 * A secret as it may stand in a text: as it is, and in base64, where it looks
 * otherwise behind one or two bytes of something else.
 */
function formsOf(secret: string): string[] {
  const inBase64 = [0, 1, 2].map(before => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]);
    // What stands beside it has a part in the first and the last character.
    return bytes
      .toString('base64')
      .slice(Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6));
  });
  return [secret, ...inBase64];
}

/**
 * Expects that none of the texts holds one of the secrets.
 *
 * @param texts - by what they are
 */
export function expectNoSecret(
  texts: Record<string, string[]>,
  secrets: string[],
): void {
  const found = Object.entries(texts).flatMap(([what, all]) =>
    secrets.flatMap(formsOf).flatMap(form =>
      all
        .filter(text => text.includes(form))
        .map(text => {
          const at = text.indexOf(form);
          const around = text.slice(Math.max(0, at - 100), at + 50);
          return `${what}: ${text.slice(0, 70)} … ${around}`;
        }),
    ),
  );
  expect(found).toEqual([]);
}

async function listTables(knex: Knex): Promise<string[]> {
  return isSqlite(knex)
    ? knex('sqlite_master').where({ type: 'table' }).pluck('name')
    : knex('information_schema.tables')
        .where({ table_schema: 'public' })
        .pluck('table_name');
}

/** Every row of every table, each value as a text. */
export async function readEveryRow(knex: Knex): Promise<string[]> {
  const texts: string[] = [];
  for (const table of await listTables(knex)) {
    for (const row of await knex(table)) {
      const values = Object.entries(row).map(
        ([column, value]) => `${column}=${textOf(value)}`,
      );
      texts.push(`${table} ${values.join(' ')}`);
    }
  }
  return texts;
}

function textOf(value: unknown): string {
  if (Buffer.isBuffer(value)) return value.toString('latin1');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

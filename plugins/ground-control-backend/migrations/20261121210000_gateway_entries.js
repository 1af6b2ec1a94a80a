// What squads declare at the gateway between the clouds, as its file in the
// config repository says. All rows of a repository are written together, by the
// one holder of its lease. Times are milliseconds since 1970.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // The file, as it was read last; no row where it was never read.
  await knex.schema.createTable('gateway_files', table => {
    table.string('repository').primary();
    table.text('path').nullable().comment('Null where there is no such file');
    table.string('revision', 64).notNullable().comment('Where it was read');
    table
      .boolean('readable')
      .notNullable()
      .comment('False where nothing in it can be relied on');
    table
      .text('problems')
      .notNullable()
      .comment(
        '[{line, message, entry: its id, where that is known}], as JSON',
      );
    table.bigInteger('read_at').notNullable();
  });

  // Entries that can be used.
  await knex.schema.createTable('gateway_entries', table => {
    table.string('repository').notNullable();
    table.string('id', 400).notNullable();
    table.string('kind', 16).notNullable().comment('target or ingress');
    table
      .string('name')
      .notNullable()
      .comment('hostName of a target, service of an ingress');
    table.string('namespace').notNullable();
    table.string('cluster').notNullable();
    table.string('dns_name').nullable().comment('Of a target');
    table.integer('port').nullable().comment('Of an ingress');
    table.string('squad').notNullable().comment('As the file names it');
    table.integer('line').notNullable().comment('1 for the first');
    table.integer('ordinal').notNullable().comment('The order of the file');
    table.primary(['repository', 'id']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('gateway_entries');
  await knex.schema.dropTable('gateway_files');
};

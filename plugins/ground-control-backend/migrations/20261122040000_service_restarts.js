// How often the pods of services restarted, of those whose release to a later
// environment waits for a decision. Times are milliseconds since 1970.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('service_restarts', table => {
    table.string('repository').notNullable();
    table.string('cluster').notNullable();
    table.string('environment').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table
      .integer('release_position')
      .notNullable()
      .comment('The release that ran when they were counted');
    table
      .integer('restarts')
      .notNullable()
      .comment('Of the pods that there were, since each began');
    table.primary([
      'repository',
      'cluster',
      'environment',
      'namespace',
      'service',
    ]);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('service_restarts');
};

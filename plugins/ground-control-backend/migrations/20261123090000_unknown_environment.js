// Releases to environments that aren't configured change nothing that is
// shown; the commit says so.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('commits', table => {
    table
      .string('unknown_environment')
      .nullable()
      .comment('It releases to this one, which is not configured');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('commits', table => {
    table.dropColumn('unknown_environment');
  });
};

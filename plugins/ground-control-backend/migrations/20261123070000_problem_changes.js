// What each problem of the config repository was before a commit changed it:
// when history is rewritten, those that stood before are found again.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('problem_changes', table => {
    table.string('repository').notNullable();
    table.integer('position').notNullable().comment('Of the commit');
    table.string('problem_key', 64).notNullable();
    table
      .text('earlier')
      .nullable()
      .comment('The row of problems as JSON; null where there was none');
    table.primary(['repository', 'position', 'problem_key']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('problem_changes');
};

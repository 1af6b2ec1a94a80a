// While the branch is read anew, the tables go back to an earlier commit and
// forward again: what they say of current releases is not so. Times are
// milliseconds since 1970.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('repositories', table => {
    table
      .bigInteger('anew_since')
      .nullable()
      .comment('The branch is read anew, and not up to its tip yet');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('repositories', table => {
    table.dropColumn('anew_since');
  });
};

// When all of the branch was read last: each replica tells by it how far
// reading is behind. Milliseconds since 1970.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('repositories', table => {
    table
      .bigInteger('read_at')
      .nullable()
      .comment('A round ended then that fetched and read all');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('repositories', table => {
    table.dropColumn('read_at');
  });
};

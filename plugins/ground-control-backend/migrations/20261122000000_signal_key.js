/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('repositories', table => {
    table
      .string('signal_key', 64)
      .nullable()
      .comment('What signals name squads with; never leaves the backend');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('repositories', table => {
    table.dropColumn('signal_key');
  });
};

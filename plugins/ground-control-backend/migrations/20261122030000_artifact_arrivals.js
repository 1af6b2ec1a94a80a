// When a build came into the store, for those that don't say when they were
// built: by that it is told whether one is new. Milliseconds since 1970.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('artifacts', table => {
    table
      .bigInteger('arrived_at')
      .comment('Null where it was there before anybody looked');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('artifacts', table => {
    table.dropColumn('arrived_at');
  });
};

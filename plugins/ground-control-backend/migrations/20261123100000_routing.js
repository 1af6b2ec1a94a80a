// What traffic a cluster asks for, as its RoutingWeight says.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('clusters', table => {
    table
      .text('routing')
      .nullable()
      .comment('What traffic it asks for: the ClusterRouting, as JSON');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('clusters', table => {
    table.dropColumn('routing');
  });
};

// How often something was written of the links from a cluster, so that who
// keeps them knows which to read again.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.createTable('latency_changes', table => {
    table.string('from_cluster').primary();
    table
      .bigInteger('changes')
      .notNullable()
      .comment('Counted up in the transaction that writes latency_pairs');
  });
  await knex('latency_changes').insert(
    knex('latency_pairs').distinct('from_cluster', knex.raw('1')),
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('latency_changes');
};

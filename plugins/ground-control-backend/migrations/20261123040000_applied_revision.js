// What a cluster has applied of the config repository, beside what it has
// fetched, and what a cluster that carries no environment is for.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('clusters', table => {
    table
      .string('role')
      .nullable()
      .comment('What it is for, where it carries no environment');
    table
      .string('applied_revision', 64)
      .nullable()
      .comment('The oldest commit that Kustomizations have applied');
    table
      .integer('unapplied')
      .notNullable()
      .defaultTo(0)
      .comment('Kustomizations that have applied nothing yet');
    table
      .text('applied_blocker')
      .nullable()
      .comment('What fails to apply more: the Blocker, as JSON');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('clusters', table => {
    table.dropColumns(
      'role',
      'applied_revision',
      'unapplied',
      'applied_blocker',
    );
  });
};

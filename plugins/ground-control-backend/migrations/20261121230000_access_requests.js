// Requests for access through the backbone-gateway, beside those for releases.

const SUBJECT_INDEX = 'release_requests_subject_idx';

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('release_requests', table => {
    table
      .string('kind')
      .notNullable()
      .defaultTo('release')
      .comment('`release`, or `access` to an entry of the gateway');
    table
      .text('subject')
      .nullable()
      .comment('Of access: the id of the entry that comes or goes');
    table
      .string('for_namespace')
      .nullable()
      .comment('Of access: the service that it is asked for');
    table.string('for_service').nullable();
    table.index(['repository', 'kind', 'subject', 'state'], SUBJECT_INDEX);
  });

  // What was asked for, as it was judged; a row is never changed.
  await knex.schema.createTable('access_requests', table => {
    table.integer('number').primary().comment('Of the request');
    table.text('wish').notNullable().comment('As JSON, its squad filled in');
    table.text('path').notNullable().comment('Of the gateway’s file');
    table.text('entry').notNullable().comment('The lines that come or go');
    table.text('address').notNullable().comment('Empty where it isn’t known');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('access_requests');
  // An older version would take them for releases.
  const numbers = knex('release_requests')
    .where('kind', 'access')
    .select('number');
  for (const table of [
    'release_request_decisions',
    'release_request_steps',
    'release_request_commits',
    'release_request_clusters',
  ]) {
    await knex(table).whereIn('number', numbers.clone()).delete();
  }
  await knex('release_requests').where('kind', 'access').delete();
  await knex.schema.alterTable('release_requests', table => {
    table.dropIndex(['repository', 'kind', 'subject', 'state'], SUBJECT_INDEX);
    table.dropColumns('kind', 'subject', 'for_namespace', 'for_service');
  });
};

// When a release was first seen to run, so that one that waited until another
// took its place isn't taken for one that ran well. Times are milliseconds
// since 1970.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // One row for a release, whatever the number of clusters; nothing of it is
  // forgotten.
  await knex.schema.createTable('release_arrivals', table => {
    table.string('repository').notNullable();
    table.string('environment').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table
      .string('revision', 64)
      .notNullable()
      .comment('Of the release; its position may become another’s');
    table
      .bigInteger('since')
      .notNullable()
      .comment('In the cluster that told it first');
    table.primary([
      'repository',
      'environment',
      'namespace',
      'service',
      'revision',
    ]);
  });

  const now = Date.now();
  await knex('release_arrivals').insert(
    knex('cluster_services as s')
      .join('commits as c', {
        'c.repository': 's.repository',
        'c.position': 's.release_position',
      })
      .where('s.state', 'reconciled')
      .groupBy(
        's.repository',
        's.environment',
        's.namespace',
        's.service',
        'c.revision',
      )
      .select(
        's.repository',
        's.environment',
        's.namespace',
        's.service',
        'c.revision',
      )
      .min('s.since'),
  );
  // What was watched before this was kept doesn't tell what never ran.
  await knex('cluster_watches').whereNotNull('until').delete();
  await knex('cluster_watches').update({ since: now });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('release_arrivals');
};

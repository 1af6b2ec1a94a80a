// How earlier releases went, so that what is gone back to is known to have run
// well: what clusters reported of them, and when clusters were watched. Times
// are milliseconds since 1970.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // One row for a release and a cluster, so that they are never more than the
  // history has; nothing of it is forgotten.
  await knex.schema.createTable('release_failures', table => {
    table.string('repository').notNullable();
    table.string('environment').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table
      .string('revision', 64)
      .notNullable()
      .comment('Of the release; its position may become another’s');
    table.string('cluster').notNullable();
    table.string('reason').notNullable().comment('Of the last time');
    table.bigInteger('since').notNullable().comment('The first time');
    table
      .bigInteger('until')
      .nullable()
      .comment('Of the last time; null while it goes on');
    table
      .boolean('recovered')
      .notNullable()
      .defaultTo(false)
      .comment('Whether it ran again before another took its place');
    table.primary([
      'repository',
      'environment',
      'namespace',
      'service',
      'revision',
      'cluster',
    ]);
    table.index(['cluster', 'until'], 'release_failures_open_idx');
  });

  // Stretches of time in which what runs in a cluster was seen.
  await knex.schema.createTable('cluster_watches', table => {
    table.string('cluster').notNullable();
    table.string('environment').notNullable();
    table.bigInteger('since').notNullable();
    table
      .bigInteger('until')
      .nullable()
      .comment('Null while it goes on; the cluster says until when');
    table.primary(['cluster', 'environment', 'since']);
    table.index(['environment', 'until'], 'cluster_watches_time_idx');
  });

  // What goes on now began before anybody wrote it down.
  await knex('release_failures').insert(
    knex('cluster_services as s')
      .join('commits as c', {
        'c.repository': 's.repository',
        'c.position': 's.release_position',
      })
      .where('s.state', 'failed')
      .select(
        's.repository',
        's.environment',
        's.namespace',
        's.service',
        'c.revision',
        's.cluster',
        's.reason',
        's.since',
        knex.raw('cast(null as bigint)'),
        knex.raw('false'),
      ),
  );
  await knex('cluster_watches').insert(
    knex('clusters')
      .where('connection', 'live')
      .whereNotNull('environment')
      .whereNotNull('observed_at')
      .select(
        'cluster',
        'environment',
        'since',
        knex.raw('cast(null as bigint)'),
      ),
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('cluster_watches');
  await knex.schema.dropTable('release_failures');
};

// What else is told: of a further release that isn't well either, of drift that
// Flux corrected, and of clusters that can't be read. Times are ours, in
// milliseconds since 1970, unless said.

/** Rows of one statement; SQLite takes 32,766 variables. */
const ROWS_OF_A_STATEMENT = 500;

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('cluster_notices', table => {
    table
      .string('release_revision', 64)
      .comment('Of the release that it was told of; null in older rows');
    table
      .bigInteger('newer_since')
      .comment('Since when a further release isn’t well either; not told yet');
  });

  // Which corrections of drift are known, and whether the squad was told.
  await knex.schema.createTable('correction_notices', table => {
    table.string('repository').notNullable();
    table.string('environment').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table
      .text('seen')
      .notNullable()
      .comment('The last of each cluster, by its own clock, as JSON');
    table
      .bigInteger('last_at')
      .comment('When we saw the last; null where all are from before this');
    table.bigInteger('told_at');
    table.primary(['repository', 'environment', 'namespace', 'service']);
  });
  // They are few, and looked for every few seconds.
  await knex.schema.alterTable('cluster_services', table => {
    table.index(['repository'], 'cluster_services_corrected_idx', {
      predicate: knex.whereNotNull('drift_corrected_at'),
    });
  });

  // Clusters that can't be read, and whether platform engineers were told.
  await knex.schema.createTable('unread_clusters', table => {
    table.string('cluster').primary();
    table.bigInteger('since').notNullable().comment('For people');
    table
      .bigInteger('noted_at')
      .notNullable()
      .comment('When we first saw it; counts for when to tell');
    table.bigInteger('told_at');
    table.bigInteger('over_since').comment('Told, and read again; since when');
  });

  // Nobody is told today of what was corrected before.
  const rows = await knex('cluster_services')
    .whereNotNull('drift_corrected_at')
    .select(
      'repository',
      'environment',
      'namespace',
      'service',
      'cluster',
      'drift_corrected_at',
    );
  const found = new Map();
  for (const { cluster, drift_corrected_at: at, ...key } of rows) {
    const id = JSON.stringify(Object.values(key));
    const one = found.get(id) ?? { key, seen: {} };
    one.seen[cluster] = Number(at);
    found.set(id, one);
  }
  const known = [...found.values()].map(({ key, seen }) => ({
    ...key,
    seen: JSON.stringify(seen),
  }));
  for (let at = 0; at < known.length; at += ROWS_OF_A_STATEMENT) {
    await knex('correction_notices').insert(
      known.slice(at, at + ROWS_OF_A_STATEMENT),
    );
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('unread_clusters');
  await knex.schema.alterTable('cluster_services', table => {
    table.dropIndex(['repository'], 'cluster_services_corrected_idx');
  });
  await knex.schema.dropTable('correction_notices');
  await knex.schema.alterTable('cluster_notices', table => {
    table.dropColumns('release_revision', 'newer_since');
  });
};

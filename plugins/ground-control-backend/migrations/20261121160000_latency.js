// Links between clusters, as latency sources measure them. All rows are written
// by the one holder of the lease `latency`. Times are milliseconds since 1970.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // What measures links, and how it is read.
  await knex.schema.createTable('latency_sources', table => {
    table.string('source').primary();
    table.integer('ordinal').notNullable().comment('The configured order');
    table.string('label').notNullable();
    table.integer('interval_ms').notNullable();
    table
      .string('state')
      .notNullable()
      .comment('starting, fresh, unreachable, forbidden or failing');
    table.text('reason').nullable().comment('For people; without credentials');
    table.bigInteger('since').notNullable();
    table
      .bigInteger('read_until')
      .nullable()
      .comment('Everything before it is counted and kept');
  });

  // From which cluster what measures.
  await knex.schema.createTable('latency_clusters', table => {
    table.string('cluster').notNullable();
    table.string('source').notNullable();
    table.string('provider').nullable().comment('As the source has it');
    table
      .bigInteger('heard_at')
      .nullable()
      .comment('When it was last heard of');
    table.primary(['cluster', 'source']);
  });

  // A link and its numbers, as pages show them.
  await knex.schema.createTable('latency_pairs', table => {
    table.string('from_cluster').notNullable();
    table.string('to_cluster').notNullable();
    table.string('source').notNullable();
    table.text('probe').notNullable();
    table.integer('interval_ms').nullable().comment('Between two probes');
    table.boolean('loss_at_least').notNullable();
    table.string('to_provider').nullable().comment('As the source has it');
    table
      .boolean('linked')
      .notNullable()
      .comment('Its source knows it as a target');
    table
      .string('state')
      .notNullable()
      .comment('By its samples; stale is decided when it is read');
    table.string('code').notNullable();
    table.bigInteger('since').notNullable();
    table.bigInteger('sampled_at').nullable();
    table.bigInteger('last_success_at').nullable();
    for (const name of ['5m', '1h', '24h', '7d']) {
      table
        .text(`window_${name}`)
        .notNullable()
        .comment('[ok, failed, [ms, approximate] | null, …] as JSON');
    }
    table
      .text('baselines')
      .notNullable()
      .comment('[[low, median, high] | null, …] in ms, as JSON');
    table.primary(['from_cluster', 'to_cluster']);
  });

  // What the next reader of its source goes on with; written once a minute.
  await knex.schema.createTable('latency_resume', table => {
    table.string('from_cluster').notNullable();
    table.string('to_cluster').notNullable();
    table.bigInteger('counted_at').notNullable();
    table
      .bigInteger('sealed_until')
      .notNullable()
      .comment('All hours before it are in latency_days');
    table.text('judged').notNullable().comment('As JSON');
    table
      .text('summary')
      .notNullable()
      .comment('Of 24 hours and 7 days, as JSON');
    table.binary('minutes').notNullable().comment('The last 20, packed');
    table.binary('fives').notNullable().comment('Of the last hours, packed');
    table.primary(['from_cluster', 'to_cluster']);
  });

  // Samples of a day, packed: of five minutes, and later of hours.
  await knex.schema.createTable('latency_days', table => {
    table.string('from_cluster').notNullable();
    table.string('to_cluster').notNullable();
    table.string('step', 2).notNullable().comment('5m or 1h');
    table.bigInteger('day').notNullable().comment('Its beginning, in UTC');
    table.binary('slots').notNullable();
    table.primary(['from_cluster', 'to_cluster', 'step', 'day']);
    table.index(['step', 'day'], 'latency_days_day_idx');
  });

  // The last lost probes of a link.
  await knex.schema.createTable('latency_failures', table => {
    table.string('from_cluster').notNullable();
    table.string('to_cluster').notNullable();
    table.text('failures').notNullable().comment('Newest first, as JSON');
    table.primary(['from_cluster', 'to_cluster']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'latency_failures',
    'latency_days',
    'latency_resume',
    'latency_pairs',
    'latency_clusters',
    'latency_sources',
  ]) {
    await knex.schema.dropTable(table);
  }
};

// Who calls over links, and which squads were told of them. Times are
// milliseconds since 1970.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // What the catalog says that services need, and what they provide.
  await knex.schema.createTable('catalog_relations', table => {
    table.string('entity_ref').notNullable().comment('Of a service');
    table
      .string('relation', 16)
      .notNullable()
      .comment('dependsOn, consumesApi or providesApi');
    table.string('target_ref').notNullable();
    table.bigInteger('observed_at').notNullable();
    table.primary(['entity_ref', 'relation', 'target_ref']);
    table.index(['relation', 'target_ref'], 'catalog_relations_target_idx');
  });

  // What knows of the calls that the mesh counts. A source's rows are written
  // by the one holder of its lease, `link-traffic/<source>`.
  await knex.schema.createTable('link_traffic_sources', table => {
    table.string('source').primary();
    table.integer('ordinal').notNullable().comment('The configured order');
    table.string('label').notNullable();
    table.integer('interval_ms').notNullable();
    table
      .string('state', 16)
      .notNullable()
      .comment('starting, fresh, unreachable, forbidden or failing');
    table.text('reason').nullable().comment('For people; without credentials');
    table.bigInteger('since').notNullable();
    table.bigInteger('read_at').nullable().comment('When it last answered');
    table
      .integer('left_out')
      .notNullable()
      .defaultTo(0)
      .comment('Calls beyond what is kept of it');
  });

  // Calls over links that the mesh counted lately.
  await knex.schema.createTable('link_traffic', table => {
    table.string('source').notNullable();
    table.string('from_cluster').notNullable();
    table.string('namespace').notNullable().comment('Of who calls');
    table.string('workload').notNullable();
    table.string('to_cluster').notNullable();
    table.string('service_namespace').notNullable().comment('What is called');
    table.string('service').notNullable();
    table.double('requests_per_second').notNullable();
    table.double('errors').nullable().comment('0 to 1');
    table.double('p95_ms').nullable();
    table.bigInteger('observed_at').notNullable();
    table.primary([
      'source',
      'from_cluster',
      'namespace',
      'workload',
      'to_cluster',
      'service_namespace',
      'service',
    ]);
  });

  // What squads were told of links and isn't over, or are about to be told.
  await knex.schema.createTable('link_notices', table => {
    table.string('squad_ref').notNullable();
    table.string('from_cluster').notNullable();
    table.string('to_cluster').notNullable();
    table.string('state', 16).notNullable().comment('down or high');
    table.string('code', 32).notNullable();
    table.bigInteger('since').notNullable();
    table.integer('calls').notNullable().comment('Of the squad, over it');
    table
      .bigInteger('due_since')
      .nullable()
      .comment('There is something to tell since then');
    table
      .string('told_state', 16)
      .nullable()
      .comment('The worst that was told');
    table
      .bigInteger('over_since')
      .nullable()
      .comment('Told, and no longer so; since when');
    table.primary(['squad_ref', 'from_cluster', 'to_cluster']);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'link_notices',
    'link_traffic',
    'link_traffic_sources',
    'catalog_relations',
  ]) {
    await knex.schema.dropTable(table);
  }
};

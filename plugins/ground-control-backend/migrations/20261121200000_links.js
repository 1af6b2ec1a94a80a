// What clusters say of links. A cluster's rows are written by the one holder of
// its lease, `cluster/<name>`. Times are milliseconds since 1970.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // Links of Linkerd: from the cluster that has it, to its target.
  await knex.schema.createTable('cluster_links', table => {
    table.string('cluster').notNullable();
    table.string('target').notNullable();
    table.string('namespace').notNullable();
    table
      .text('gateway')
      .notNullable()
      .comment('Hosts and addresses of the gateway of the target, as JSON');
    table.integer('gateway_port').nullable();
    table.text('gateway_identity').nullable();
    table.string('probe_period', 64).nullable().comment('Such as 3s');
    table
      .bigInteger('observed_at')
      .notNullable()
      .comment('When it was first seen to be so');
    table.primary(['cluster', 'target']);
  });

  // Services of targets as they are called in the cluster, or should be. Two
  // links can give the same name to different services.
  await knex.schema.createTable('mirrored_services', table => {
    table.string('cluster').notNullable();
    table.string('namespace').notNullable();
    table.string('name').notNullable();
    table.string('target').notNullable();
    table.string('service').notNullable();
    table.string('service_namespace').notNullable();
    table.string('state', 16).notNullable().comment('mirrored or failing');
    table.text('reason').nullable().comment('Of Linkerd, for machines');
    table.text('message').nullable().comment('Of Linkerd, for people');
    table.primary(['cluster', 'target', 'namespace', 'name']);
    table.index(
      ['target', 'service_namespace', 'service'],
      'mirrored_services_service_idx',
    );
  });

  // Services that the cluster lets others mirror.
  await knex.schema.createTable('exported_services', table => {
    table.string('cluster').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table.text('ports').notNullable().comment('Numbers, as JSON');
    table
      .text('external_name')
      .nullable()
      .comment('Where it stands for a resource outside of the mesh');
    table.boolean('managed_by_gateway').notNullable();
    table.primary(['cluster', 'namespace', 'service']);
  });

  // Ways into the cluster from outside, one for each service that is behind.
  await knex.schema.createTable('cluster_ingresses', table => {
    table.string('cluster').notNullable();
    table.string('namespace').notNullable();
    table.string('name').notNullable();
    table.string('service').notNullable();
    table.integer('port').nullable().comment('Null where it has a name');
    table.text('hosts').notNullable().comment('As JSON');
    table.boolean('managed_by_gateway').notNullable();
    table
      .string('certificate', 16)
      .notNullable()
      .comment('ready, not-ready, missing or unknown');
    table.text('certificate_message').nullable();
    table.primary(['cluster', 'namespace', 'name', 'service']);
  });

  // What the mesh of the cluster trusts; no row where that isn't known.
  await knex.schema.createTable('cluster_trust', table => {
    table.string('cluster').primary();
    table
      .text('roots')
      .notNullable()
      .comment('[{fingerprint, subject, notAfter}], as JSON');
    table.text('fault').nullable().comment('What of it could not be read');
  });

  // Whether these kinds can be read at all: what isn't known isn't none.
  await knex.schema.createTable('link_watch', table => {
    table.string('cluster').primary();
    table.boolean('links_known').notNullable();
    table.boolean('services_known').notNullable();
    table.boolean('ingresses_known').notNullable();
    table
      .bigInteger('observed_at')
      .nullable()
      .comment('When the cluster last told of its links');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'link_watch',
    'cluster_trust',
    'cluster_ingresses',
    'exported_services',
    'mirrored_services',
    'cluster_links',
  ]) {
    await knex.schema.dropTable(table);
  }
};

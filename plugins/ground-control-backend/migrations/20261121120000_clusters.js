// Clusters, as their watchers report them. A cluster's rows are written by the
// one holder of its lease, `cluster/<name>`. Times are milliseconds since 1970.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // What each cluster is, and how it is read.
  await knex.schema.createTable('clusters', table => {
    table.string('cluster').primary();
    table.integer('ordinal').notNullable().comment('The configured order');
    table.string('provider').nullable();
    table.string('region').nullable();
    table
      .string('environment')
      .nullable()
      .comment('Null when it carries no step of promotion');
    table.string('entity_ref').nullable();
    table.string('connection').notNullable().defaultTo('starting');
    table.text('reason').nullable().comment('For people; without credentials');
    table.bigInteger('since').notNullable();
    table
      .bigInteger('observed_at')
      .nullable()
      .comment('When the cluster last answered');
    table.bigInteger('last_event_at').nullable();
    table
      .string('instance')
      .nullable()
      .comment('uid of kube-system: another one is another cluster');
    table.string('identity').nullable();
    table
      .string('identity_state')
      .notNullable()
      .defaultTo('unknown')
      .comment('confirmed, mistaken or unknown');
    table.string('kubernetes_version').nullable();
    table.string('flux_version').nullable();
    table.integer('nodes_ready').nullable();
    table.integer('nodes_total').nullable();
    table.integer('containers').nullable();
    table
      .string('source_revision', 64)
      .nullable()
      .comment('The commit that Flux has fetched');
    table.text('source_fault').nullable();
    table.boolean('source_suspended').notNullable().defaultTo(false);
    table.text('kinds').notNullable().defaultTo('[]').comment('As JSON');
    table
      .bigInteger('look_wanted_at')
      .nullable()
      .comment('Left by an alert on any replica');
  });

  // How a release stands in a cluster. Written when it changes, not with each
  // revision.
  await knex.schema.createTable('cluster_services', table => {
    table.string('repository').notNullable();
    table.string('cluster').notNullable();
    table.string('environment').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table
      .integer('release_position')
      .notNullable()
      .comment('The release that it was judged on');
    table.string('state').notNullable();
    table.string('reason').notNullable();
    table.text('message').nullable();
    table.bigInteger('since').notNullable();
    table.text('blocked_by').nullable().comment('The Blocker, as JSON');
    table.text('running_artifact_id').nullable();
    table.integer('replicas_ready').nullable();
    table.integer('replicas_desired').nullable();
    table.bigInteger('drift_corrected_at').nullable();
    table.primary([
      'repository',
      'cluster',
      'environment',
      'namespace',
      'service',
    ]);
    table.index(
      ['repository', 'service', 'namespace', 'environment'],
      'cluster_services_service_idx',
    );
    table.index(['repository', 'state'], 'cluster_services_state_idx');
  });

  // How a cluster came back after it was bootstrapped anew.
  await knex.schema.createTable('cluster_recoveries', table => {
    table.string('cluster').notNullable();
    table.bigInteger('started_at').notNullable();
    table.string('instance').nullable();
    table.bigInteger('api_reachable_at').nullable();
    table.bigInteger('flux_ready_at').nullable();
    table.bigInteger('first_revision_at').nullable();
    table.bigInteger('all_ready_at').nullable();
    table.integer('ready').nullable();
    table.integer('total').nullable();
    table.primary(['cluster', 'started_at']);
  });

  // What squads were told and isn't over.
  await knex.schema.createTable('cluster_notices', table => {
    table.string('repository').notNullable();
    table.string('environment').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table.string('kind').notNullable().comment('failed, drifted or stuck');
    table.string('squad_ref').nullable();
    table.bigInteger('since').notNullable();
    table.text('clusters').notNullable().comment('Names, as JSON');
    table.bigInteger('told_at').nullable();
    table
      .bigInteger('over_since')
      .nullable()
      .comment('Told, and no longer so; since when');
    table.primary([
      'repository',
      'environment',
      'namespace',
      'service',
      'kind',
    ]);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'cluster_notices',
    'cluster_recoveries',
    'cluster_services',
    'clusters',
  ]) {
    await knex.schema.dropTable(table);
  }
};

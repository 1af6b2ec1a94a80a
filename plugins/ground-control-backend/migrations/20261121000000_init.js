// Shapes shared by all tables:
// - `repository` is the id of a configured config repository. The first
//   release of Ground Control configures one, named `default`.
// - a service is (`repository`, `namespace`, `service`); `namespace` is the
//   artifact's own and may be empty, never null.
// - `position` is a commit's number on the branch's first-parent line, from 1.
// - times are milliseconds since 1970 in bigint columns; `*_at`.
// - booleans are real booleans; SQLite keeps them as 0 and 1.

/** @param {import('knex').Knex} knex */
const isPostgres = knex => knex.client.config.client === 'pg';

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // What is known of each config repository itself.
  await knex.schema.createTable('repositories', table => {
    table.string('repository').primary();
    table
      .string('url_hash')
      .notNullable()
      .comment('Another URL or branch starts from nothing');
    table.string('branch').notNullable();
    table.string('tip').nullable().comment('The last commit that was ingested');
    table
      .integer('position')
      .notNullable()
      .defaultTo(0)
      .comment('Its position');
    table.bigInteger('tip_committed_at').nullable();
    table.string('remote_tip').nullable().comment('What the last fetch found');
    table.integer('remote_position').nullable();
    table.string('state').notNullable().defaultTo('starting');
    table.text('reason').nullable().comment('For people; without credentials');
    table
      .bigInteger('observed_at')
      .nullable()
      .comment('When the remote last answered');
    table.bigInteger('attempted_at').nullable();
    table.bigInteger('rewritten_at').nullable();
    table
      .bigInteger('fetch_wanted_at')
      .nullable()
      .comment('Left by a webhook on any replica');
    table
      .integer('format')
      .notNullable()
      .defaultTo(0)
      .comment('Of the parser: another one reads all anew');
  });

  // Every commit of the first-parent line.
  await knex.schema.createTable('commits', table => {
    table.string('repository').notNullable();
    table.integer('position').notNullable();
    table.string('revision', 64).notNullable();
    table
      .string('kind')
      .notNullable()
      .comment('release, policy, manifest or other');
    table.bigInteger('committed_at').notNullable();
    table.text('title').notNullable().comment('At most 300 characters');
    table.text('by_name').notNullable();
    table.text('by_email').notNullable();
    table.boolean('only_looks_like_release').notNullable().defaultTo(false);
    table.primary(['repository', 'position']);
    table.unique(['repository', 'revision']);
  });

  // What a commit did to a service, where it released nothing.
  await knex.schema.createTable('commit_services', table => {
    table.string('repository').notNullable();
    table.integer('position').notNullable();
    table.string('environment').notNullable().defaultTo('');
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table.primary([
      'repository',
      'position',
      'environment',
      'namespace',
      'service',
    ]);
    table.index(
      ['repository', 'namespace', 'service', 'position'],
      'commit_services_service_idx',
    );
  });

  // Releases: history, newest last. The current one has no replaced_at.
  await knex.schema.createTable('releases', table => {
    table.string('repository').notNullable();
    table.integer('position').notNullable();
    table.string('environment').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table.string('intent').notNullable();
    table
      .text('artifact_id')
      .nullable()
      .comment('Null when removed or unreadable');
    table
      .string('tree', 64)
      .nullable()
      .comment('Git tree of the release folder; null when removed');
    table.bigInteger('released_at').notNullable();
    table.text('by_name').nullable();
    table.text('by_email').nullable();
    table.string('from_environment').nullable();
    table.text('of_branch').nullable();
    table.text('left_artifact_id').nullable();
    table.boolean('plan_only').notNullable().defaultTo(false);
    table.integer('replaced_position').nullable();
    table.bigInteger('replaced_at').nullable();
    table.primary([
      'repository',
      'position',
      'environment',
      'namespace',
      'service',
    ]);
    table.index(
      ['repository', 'namespace', 'service', 'environment', 'position'],
      'releases_service_idx',
    );
    table.index(
      ['repository', 'namespace', 'service', 'position'],
      'releases_history_idx',
    );
    table.index(['repository', 'artifact_id'], 'releases_artifact_idx');
  });

  // Artifacts, from the config repository and from the artifact store.
  await knex.schema.createTable('artifacts', table => {
    table.string('repository').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table.string('artifact_id', 512).notNullable();
    table.string('application_commit', 64).nullable().comment('Lower case');
    table.string('plan_commit', 64).nullable();
    table.text('branch').nullable();
    table.string('squad').nullable().comment('As the artifact names it');
    table.bigInteger('built_at').nullable();
    table
      .text('description')
      .notNullable()
      .comment('The Artifact of -common, as JSON');
    table.boolean('in_repository').notNullable().defaultTo(false);
    table.boolean('in_store').notNullable().defaultTo(false);
    table.primary(['repository', 'namespace', 'service', 'artifact_id']);
    table.index(['repository', 'application_commit'], 'artifacts_commit_idx');
    if (!isPostgres(knex)) {
      table.index(['repository', 'artifact_id'], 'artifacts_id_idx');
    }
    table.index(
      ['repository', 'service', 'namespace', 'built_at'],
      'artifacts_built_idx',
    );
  });
  if (isPostgres(knex)) {
    // Found by their beginning too, which an index in the order of a language
    // doesn't serve.
    await knex.raw(
      'create index artifacts_id_idx on artifacts (repository, artifact_id varchar_pattern_ops)',
    );
  }

  // One row per service and environment: what the board reads.
  await knex.schema.createTable('service_environments', table => {
    table.string('repository').notNullable();
    table.string('environment').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table.integer('position').notNullable().comment('Of the current release');
    table.boolean('removed').notNullable().defaultTo(false);
    table.text('artifact_id').nullable();
    table.string('application_commit', 64).nullable();
    table.string('plan_commit', 64).nullable();
    table.text('branch').nullable();
    table.string('artifact_squad').nullable();
    table.string('intent').notNullable();
    table.bigInteger('released_at').notNullable();
    table.text('by_name').nullable();
    table
      .integer('behind')
      .nullable()
      .comment('Builds behind the environment before; null when unknown');
    table.primary(['repository', 'environment', 'namespace', 'service']);
    table.index(
      ['repository', 'service', 'namespace'],
      'service_environments_service_idx',
    );
  });

  // Services: what catalog and config repository know together.
  await knex.schema.createTable('services', table => {
    table.string('repository').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table
      .string('squad_ref')
      .nullable()
      .comment('Entity ref of a Group, in lower case');
    table
      .string('squad_source')
      .notNullable()
      .comment('catalog, artifact or none');
    table
      .string('artifact_squad_ref')
      .nullable()
      .comment('Where it differs from the catalog');
    table.string('entity_ref').nullable();
    table.boolean('in_repository').notNullable();
    table.boolean('in_catalog').notNullable();
    table.primary(['repository', 'namespace', 'service']);
    table.index(['repository', 'squad_ref'], 'services_squad_idx');
    table.index(['repository', 'entity_ref'], 'services_entity_idx');
  });

  // Open problems; a problem that is mended is deleted.
  await knex.schema.createTable('problems', table => {
    table.string('repository').notNullable();
    table
      .string('problem_key', 64)
      .notNullable()
      .comment('Hash of code, path and service: one row a problem');
    table.string('code').notNullable();
    table.text('message').notNullable();
    table.text('path').nullable();
    table.string('environment').nullable();
    table.string('namespace').nullable();
    table.string('service').nullable().comment('Null when it is of no service');
    table.integer('position').nullable();
    table.bigInteger('since').notNullable();
    table.primary(['repository', 'problem_key']);
    table.index(['repository', 'namespace', 'service'], 'problems_service_idx');
  });

  // Squads as the catalog has them.
  await knex.schema.createTable('squads', table => {
    table.string('squad_ref').primary();
    table.string('title').notNullable();
    table
      .text('leads')
      .notNullable()
      .defaultTo('[]')
      .comment('Entity refs as JSON');
    table.bigInteger('observed_at').notNullable();
  });

  // Components of the catalog that are services.
  await knex.schema.createTable('catalog_components', table => {
    table.string('entity_ref').primary();
    table
      .string('namespace')
      .nullable()
      .comment('Null when the catalog names only the service');
    table.string('service').notNullable();
    table.string('owner_ref').nullable();
    table.bigInteger('observed_at').notNullable();
    table.index(['service'], 'catalog_components_service_idx');
  });

  // Work that must happen once: who does it, and until when unless renewed.
  await knex.schema.createTable('leases', table => {
    table.string('name').primary();
    table.string('holder').notNullable();
    table
      .bigInteger('epoch')
      .notNullable()
      .comment('Grows with each new holder');
    table
      .bigInteger('expires_at')
      .notNullable()
      .comment("By the database's clock");
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'leases',
    'catalog_components',
    'squads',
    'problems',
    'services',
    'service_environments',
    'artifacts',
    'releases',
    'commit_services',
    'commits',
    'repositories',
  ]) {
    await knex.schema.dropTable(table);
  }
};

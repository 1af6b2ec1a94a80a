// The history of services' own repositories, as far as it says which commits
// a build contains. Times are milliseconds since 1970.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // Commits of services, and the first build that contains each.
  await knex.schema.createTable('source_commits', table => {
    table.string('repository').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table.string('source_commit', 64).notNullable().comment('Lower case');
    table
      .string('artifact_id', 512)
      .notNullable()
      .comment('The first build that contains it; of the main branch, if any');
    table.text('author').notNullable();
    table.text('title').notNullable().comment('At most 300 characters');
    table.bigInteger('committed_at').notNullable();
    table.primary(['repository', 'namespace', 'service', 'source_commit']);
    table.index(['repository', 'source_commit'], 'source_commits_commit_idx');
  });

  // What of a service was last asked of its source history.
  await knex.schema.createTable('source_services', table => {
    table.string('repository').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table
      .string('digest', 64)
      .notNullable()
      .comment('Of the builds that the commits were placed in');
    table.bigInteger('read_at').notNullable();
    table.primary(['repository', 'namespace', 'service']);
  });

  // Counted for two commits, and worth nothing once one of them is another.
  await knex.schema.alterTable('service_environments', table => {
    table
      .integer('behind_commits')
      .nullable()
      .comment('Commits behind the environment before; null when unknown');
    table
      .string('behind_commits_from', 64)
      .nullable()
      .comment('Its own commit');
    table
      .string('behind_commits_to', 64)
      .nullable()
      .comment('That of the environment before');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('service_environments', table => {
    table.dropColumn('behind_commits');
    table.dropColumn('behind_commits_from');
    table.dropColumn('behind_commits_to');
  });
  await knex.schema.dropTable('source_services');
  await knex.schema.dropTable('source_commits');
};

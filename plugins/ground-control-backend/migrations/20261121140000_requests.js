// Release requests, the audit trail, and which releases are whose. Times are
// milliseconds since 1970.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // A wish for a release, what it is bound to, and how far it is.
  await knex.schema.createTable('release_requests', table => {
    table.increments('number').comment('REQ-<number>');
    table.string('repository').notNullable();
    table.string('environment').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table.string('squad_ref').nullable().comment('Frozen when it was asked');
    table
      .string('artifact_squad_ref')
      .nullable()
      .comment('Where the running artifact names another squad; frozen too');
    table.string('intent').notNullable();
    table.text('artifact_id').notNullable();
    table
      .string('digest', 64)
      .notNullable()
      .comment('Of the files that are to be written; of a rollback its tree');
    table.string('from_environment').nullable();
    table.text('of_branch').nullable();
    table.text('left_artifact_id').nullable();
    table
      .string('rollback_revision', 64)
      .nullable()
      .comment('The commit of the release that is gone back to');
    table
      .string('replaces_revision', 64)
      .nullable()
      .comment('The commit of the release that it replaces; null for none');
    table.integer('replaces_position').nullable();
    table.text('replaces_artifact_id').nullable();
    table.bigInteger('replaces_released_at').nullable();
    table.text('reason').nullable();
    table.string('requested_by').notNullable().comment('Entity ref of a User');
    table.text('requested_by_name').nullable();
    table.text('requested_by_email').nullable();
    table.bigInteger('requested_at').notNullable();
    table.bigInteger('expires_at').nullable();
    table.string('state').notNullable();
    table.bigInteger('since').notNullable();
    table.string('code').notNullable();
    table.text('message').nullable();
    table.integer('approvals_needed').notNullable();
    table.boolean('platform_needed').notNullable().defaultTo(false);
    table.text('requirement_reason').notNullable();
    table.text('verdicts').notNullable().comment('As JSON');
    table
      .string('evidence', 64)
      .notNullable()
      .comment('What a decision is bound to, as a hash');
    table.boolean('override').notNullable().defaultTo(false);
    table.text('override_reason').nullable();
    table
      .text('overridden')
      .notNullable()
      .defaultTo('[]')
      .comment('Ids of the policies whose blocks were gone over, as JSON');
    table.string('idempotency_key', 100).notNullable();
    table
      .string('ask_digest', 64)
      .notNullable()
      .defaultTo('')
      .comment('Of all that was asked with the key');
    table.integer('ordinal').notNullable().comment('Within what was asked');
    table.string('batch', 36).nullable();
    table.integer('pause_auto_release_hours').nullable();
    table.integer('superseded_by').nullable();
    table
      .bigInteger('next_attempt_at')
      .nullable()
      .comment('The writer leaves it alone until then');
    table.integer('attempts').notNullable().defaultTo(0);
    table.string('revision', 64).nullable().comment('Its commit, once read');
    table.integer('position').nullable();
    table.bigInteger('committed_at').nullable();
    table.bigInteger('deadline_at').nullable().comment('To have arrived');
    table.unique(['repository', 'requested_by', 'idempotency_key', 'ordinal'], {
      indexName: 'release_requests_once_idx',
    });
    table.index(
      ['repository', 'state', 'number'],
      'release_requests_state_idx',
    );
    table.index(
      ['repository', 'service', 'namespace', 'environment', 'number'],
      'release_requests_service_idx',
    );
  });

  // Final: a row is never changed.
  await knex.schema.createTable('release_request_decisions', table => {
    table.integer('number').notNullable();
    table.string('decided_by').notNullable();
    table.text('decided_by_name').nullable();
    table.text('decided_by_email').nullable();
    table.string('decision').notNullable();
    table.string('role').notNullable();
    table.text('comment').nullable();
    table.text('accepted').notNullable().defaultTo('[]').comment('As JSON');
    table.string('evidence', 64).notNullable();
    table.bigInteger('decided_at').notNullable();
    table.primary(['number', 'decided_by']);
  });

  // The timeline, which is also what people are told of.
  await knex.schema.createTable('release_request_steps', table => {
    table.increments('step');
    table.integer('number').notNullable();
    table.bigInteger('at').notNullable();
    table.string('state').nullable();
    table.string('code').notNullable();
    table.text('message').nullable();
    table.string('by').nullable();
    table.text('by_name').nullable();
    table.string('cluster').nullable();
    table
      .bigInteger('told_at')
      .nullable()
      .comment('When people were notified; null until then');
    table.index(['number', 'step'], 'release_request_steps_idx');
    table.index(['told_at', 'step'], 'release_request_steps_told_idx');
  });

  // Every commit that was built for a request, before it is pushed: a commit
  // on the branch is ours when it is one of these, whatever its message says.
  await knex.schema.createTable('release_request_commits', table => {
    table.string('repository').notNullable();
    table.string('revision', 64).notNullable();
    table.integer('number').notNullable();
    table.bigInteger('built_at').notNullable();
    table.primary(['repository', 'revision']);
    table.index(['number'], 'release_request_commits_number_idx');
  });

  // How a committed request stands in each cluster of its environment.
  await knex.schema.createTable('release_request_clusters', table => {
    table.integer('number').notNullable();
    table.string('cluster').notNullable();
    table.string('state').notNullable();
    table.string('service_state').nullable();
    table.text('reason').nullable();
    table.bigInteger('since').notNullable();
    table.primary(['number', 'cluster']);
  });

  // Releases on a guarded environment that no decision of ours stands behind.
  await knex.schema.createTable('unapproved_releases', table => {
    table.string('repository').notNullable();
    table.string('environment').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table.integer('position').notNullable();
    table.string('revision', 64).notNullable();
    table.text('reason').notNullable().comment('For people');
    table.bigInteger('noted_at').notNullable();
    table.primary([
      'repository',
      'position',
      'environment',
      'namespace',
      'service',
    ]);
  });

  // Since when releases on guarded environments need a decision, and how far
  // they were looked at.
  await knex.schema.createTable('release_watch', table => {
    table.string('repository').primary();
    table.integer('since_position').notNullable();
    table
      .string('since_revision', 64)
      .nullable()
      .comment('Its commit, which is found again when all is read anew');
    table.integer('looked_position').notNullable();
  });

  // Auto-releases that are switched off for a while, after a rollback.
  await knex.schema.createTable('auto_release_pauses', table => {
    table.string('repository').notNullable();
    table.string('environment').notNullable();
    table.string('namespace').notNullable();
    table.string('service').notNullable();
    table.bigInteger('until').notNullable();
    table.integer('number').notNullable().comment('The request that asked');
    table.primary(['repository', 'environment', 'namespace', 'service']);
  });

  // Append-only: each entry holds the hash of the one before.
  await knex.schema.createTable('audit_entries', table => {
    table.integer('sequence').primary();
    table.bigInteger('at').notNullable();
    table.string('actor').notNullable();
    table.string('action').notNullable();
    table.string('environment').nullable();
    table.string('namespace').nullable();
    table.string('service').nullable();
    table.integer('number').nullable().comment('Of the request');
    table.string('revision', 64).nullable();
    table.text('details').notNullable().comment('As JSON, keys in order');
    table.string('previous_hash', 64).notNullable();
    table.string('hash', 64).notNullable();
    table.index(['number'], 'audit_entries_number_idx');
    table.index(['service', 'namespace'], 'audit_entries_service_idx');
    table.index(['actor', 'sequence'], 'audit_entries_actor_idx');
  });

  // The last entry; its one row is locked by whoever appends.
  await knex.schema.createTable('audit_head', table => {
    table.integer('id').primary();
    table.integer('sequence').notNullable();
    table.string('hash', 64).notNullable();
  });
  await knex('audit_head').insert({ id: 1, sequence: 0, hash: '0'.repeat(64) });

  // Heads of the trail that commits on the branch hold.
  await knex.schema.createTable('audit_anchors', table => {
    table.string('repository').notNullable();
    table.string('revision', 64).notNullable();
    table.integer('sequence').notNullable();
    table.string('hash', 64).notNullable();
    table.primary(['repository', 'revision']);
  });

  // A build is released by itself when it is new, and looked at once for that.
  await knex.schema.alterTable('artifacts', table => {
    table
      .boolean('auto_release_decided')
      .notNullable()
      .defaultTo(false)
      .comment('Whether it was decided if it is released by itself');
    table.index(
      ['repository', 'in_store', 'auto_release_decided'],
      'artifacts_auto_release_idx',
    );
  });
  // What was there before anything was released by itself isn't new.
  await knex('artifacts').update({ auto_release_decided: true });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('artifacts', table => {
    table.dropIndex(
      ['repository', 'in_store', 'auto_release_decided'],
      'artifacts_auto_release_idx',
    );
    table.dropColumn('auto_release_decided');
  });
  for (const table of [
    'audit_anchors',
    'audit_head',
    'audit_entries',
    'auto_release_pauses',
    'release_watch',
    'unapproved_releases',
    'release_request_clusters',
    'release_request_commits',
    'release_request_steps',
    'release_request_decisions',
    'release_requests',
  ]) {
    await knex.schema.dropTable(table);
  }
};

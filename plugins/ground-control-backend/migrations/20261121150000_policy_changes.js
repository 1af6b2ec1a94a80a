/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // Changes of policies that somebody makes, until they are commits: the
  // writer takes them from here, and whoever asked waits for what comes of it.
  await knex.schema.createTable('policy_changes', table => {
    table.increments('number');
    table.string('repository').notNullable();
    table.bigInteger('asked_at').notNullable();
    table.string('asked_by').notNullable();
    table.string('asked_by_name').notNullable();
    table.string('asked_by_email').notNullable();
    table.text('subject').notNullable().comment('Whose policies, as JSON');
    table.text('change').notNullable().comment('What is to change, as JSON');
    table
      .string('object', 64)
      .comment('Git’s id of the file that was seen; null where there was none');
    table.text('reason');
    table.text('effects').notNullable().comment('What it does, as JSON');
    table
      .string('state')
      .notNullable()
      .comment(
        'waiting, writing; done, unchanged, changed, refused, failed, withdrawn',
      );
    table.string('code');
    table.text('message').comment('Why it was not made');
    table
      .string('revision', 64)
      .comment('Its commit, noted before it is pushed');
    table.integer('head_sequence').comment('Of the audit trail, as it holds');
    table.string('head_hash', 64);
    table.bigInteger('next_attempt_at');
    table.index(['repository', 'state', 'number'], 'policy_changes_state_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('policy_changes');
};

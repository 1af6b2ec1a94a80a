// A pause of an auto-release that release-manager does: the auto-release is
// taken out of the service's policies by a commit, and put back by another.

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('auto_release_pauses', table => {
    table
      .string('phase')
      .notNullable()
      .defaultTo('over')
      .comment('wanted, out (of the policies), over');
    table.string('branch').comment('What was taken out of the policies');
    table.integer('change').comment('The last change of policies made for it');
    table.bigInteger('next_attempt_at');
    table.text('fault').comment('What keeps it from being begun or ended');
    table.index(['repository', 'phase'], 'auto_release_pauses_phase_idx');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('auto_release_pauses', table => {
    table.dropIndex(['repository', 'phase'], 'auto_release_pauses_phase_idx');
    table.dropColumns('phase', 'branch', 'change', 'next_attempt_at', 'fault');
  });
};

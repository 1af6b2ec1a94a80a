/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  // What a request replaces is the release and what somebody edited by hand
  // since. Requests that wait now recorded none: one whose service was edited
  // asks to be looked at again.
  await knex.schema.alterTable('release_requests', table => {
    table
      .string('replaces_edit_revision', 64)
      .nullable()
      .comment('The last commit that edited it by hand; null for none');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('release_requests', table => {
    table.dropColumn('replaces_edit_revision');
  });
};

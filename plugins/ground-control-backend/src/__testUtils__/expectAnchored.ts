import { Knex } from 'knex';
import { callAs } from './callAs';

/**
 * Expects of the joined plugin that it holds the audit trail against the heads
 * in commits: that it finds a trail that was cut, though the chain that is left
 * is whole. Cuts it.
 *
 * @param revision - a release commit of ours
 */
export async function expectAnchored(
  knex: Knex,
  call: ReturnType<typeof callAs>,
  revision: string,
): Promise<void> {
  const whole = await call('ana.ruiz', '/audit/verification');
  expect(whole).toMatchObject({ faults: [] });
  expect(whole.heads).toBeGreaterThanOrEqual(1);

  // All but the first entry: what is noted meanwhile doesn't come so far again.
  const { sequence, hash } = await knex('audit_entries')
    .where({ sequence: 1 })
    .first();
  await knex.transaction(async tx => {
    await tx('audit_head').update({ sequence, hash });
    await tx('audit_entries').where('sequence', '>', sequence).delete();
  });
  expect(await call('ana.ruiz', '/audit/verification')).toMatchObject({
    faults: [
      {
        kind: 'cut-off',
        message: expect.stringContaining(revision.slice(0, 10)),
      },
    ],
  });
}

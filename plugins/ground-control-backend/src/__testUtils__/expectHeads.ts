import { AuditVerification } from '@ground-control/backstage-plugin-ground-control-common';
import { TestRepository } from '@ground-control/backstage-plugin-ground-control-node/testUtils';
import { Knex } from 'knex';

/** A trail, the branch whose commits hold heads of it, and what verifies it. */
interface AnchoredTrail {
  knex: Knex;
  repository: Pick<TestRepository, 'git'>;
  verify(): Promise<AuditVerification>;
}

/**
 * Expects that these commits of the branch, and no others, hold heads that the
 * audit trail had when they were made; that the trail is whole by them; and
 * that they tell of it when it is cut off, though what is left is whole.
 *
 * @param commits - each with an entry that it has to vouch for: an older head
 * would vouch for nothing of what the commit is about
 */
export async function expectHeads(
  { knex, repository, verify }: AnchoredTrail,
  commits: Array<{ revision: string; entry: object }>,
): Promise<void> {
  const held: number[] = [];
  for (const { revision, entry } of commits) {
    const trailer = repository.git(
      ...['log', '-1', '--format=%(trailers:key=Audit-head,valueonly)'],
      revision,
    );
    const [sequence, hash] = trailer.trim().split(' ');
    const [vouched] = await knex('audit_entries').where(entry);
    expect(Number(sequence)).toBeGreaterThanOrEqual(vouched.sequence);
    expect(
      await knex('audit_entries')
        .where({ sequence: Number(sequence) })
        .first(),
    ).toMatchObject({ hash });
    held.push(Number(sequence));
  }
  expect(await verify()).toMatchObject({ heads: commits.length, faults: [] });

  // As much as can be: what is noted meanwhile doesn't come so far again.
  const left = Math.min(1, ...held.map(sequence => sequence - 1));
  const furthest = commits
    .filter((_, i) => held[i] === Math.max(...held))
    .map(({ revision }) => revision.slice(0, 10));
  const restore = await cutOff(knex, left);
  try {
    // One of a commit that isn't known to be ours would stand beside it.
    expect((await verify()).faults).toEqual([
      {
        kind: 'cut-off',
        sequence: left + 1,
        message: expect.stringMatching(furthest.join('|')),
      },
    ]);
  } finally {
    await restore();
  }
}

/**
 * Takes away what comes after an entry, and sets the head back.
 *
 * @returns what brings it all back
 */
async function cutOff(
  knex: Knex,
  sequence: number,
): Promise<() => Promise<void>> {
  const head = await knex('audit_head').first('sequence', 'hash');
  const entries = await knex('audit_entries').where('sequence', '>', sequence);
  const last = await knex('audit_entries').where({ sequence }).first();
  const replace = (to: object, rows: object[]) =>
    knex.transaction(async tx => {
      await tx('audit_entries').where('sequence', '>', sequence).delete();
      await tx('audit_head').update(to);
      for (const row of rows) await tx('audit_entries').insert(row);
    });
  await replace({ sequence, hash: last?.hash ?? '0'.repeat(64) }, []);
  return () => replace(head, entries);
}

import { AuditVerification } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { AnchorService } from './AnchorService';
import { AuditRow } from './auditRow';
import { ChainCheck, MOST_FAULTS } from './ChainCheck';
import { checkAnchors } from './checkAnchors';
import { HEAD_ID } from './readAuditHead';
import { AuditHead } from './types';

/** Entries that are read at a time; in between others have their turn. */
const PAGE = 1_000;

async function findHead(knex: Knex): Promise<AuditHead> {
  const head = await knex('audit_head')
    .where({ id: HEAD_ID })
    .first('sequence', 'hash');
  // One that is gone was set back as far as can be.
  return head ?? { sequence: 0, hash: '0'.repeat(64) };
}

async function* readRows(knex: Knex): AsyncGenerator<AuditRow[]> {
  // Not from 1: what somebody put before it is found as well.
  let after: number | undefined;
  for (;;) {
    const query = knex('audit_entries').orderBy('sequence').limit(PAGE);
    if (after !== undefined) query.where('sequence', '>', after);
    const rows: AuditRow[] = await query;
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    after = rows[rows.length - 1].sequence;
  }
}

async function readHashes(knex: Knex, sequences: number[]) {
  const rows = await knex('audit_entries')
    .whereIn('sequence', sequences)
    .select('sequence', 'hash');
  return new Map<number, string>(rows.map(row => [row.sequence, row.hash]));
}

/**
 * Walks the whole trail and finds what was changed, removed or cut off, by the
 * chain itself and by the heads that commits of the config repository hold.
 * Others may append meanwhile.
 *
 * A commit that isn't known to be ours and contradicts the trail is a fault
 * too: whoever can cut the trail can cut what we know of our commits as well.
 * It is told last and by its full id, so that a made-up trailer neither hides
 * a fault nor can't be told from one.
 *
 * @param anchors - absent where no config repository is read
 */
export async function verifyAudit(
  knex: Knex,
  options: { anchors?: AnchorService; now: Date },
): Promise<AuditVerification> {
  const { anchors, now } = options;
  await anchors?.note();
  const chain = new ChainCheck(await findHead(knex));
  for await (const rows of readRows(knex)) {
    for (const row of rows) chain.add(row);
  }
  chain.finish(await findHead(knex));

  const found =
    anchors &&
    (await checkAnchors(anchors.read(), chain.last, s => readHashes(knex, s)));
  const own = new Set(
    chain.faults.map(({ kind, sequence }) => `${kind} ${sequence}`),
  );
  const others = (found?.faults ?? []).filter(
    ({ kind, sequence }) => !own.has(`${kind} ${sequence}`),
  );
  return {
    asOf: now.toISOString(),
    entries: chain.entries,
    heads: found?.heads ?? 0,
    faults: [...others, ...chain.faults, ...(found?.claims ?? [])].slice(
      0,
      MOST_FAULTS,
    ),
  };
}

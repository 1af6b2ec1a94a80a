import { LinkTrustNotice } from '@ground-control/backstage-plugin-ground-control-common';
import { Knex } from 'knex';
import { decideTrust, TrustVerdict } from './decideTrust';
import { readTrust } from './store';

/** The links whose ends don't trust each other, or soon won't. */
export async function readTrustNotices(
  knex: Knex,
  pairs: Iterable<{ from: string; to: string }>,
  now: Date,
): Promise<LinkTrustNotice[]> {
  const trusts = new Map(
    (await readTrust(knex)).map(one => [one.cluster, one]),
  );
  const notices: LinkTrustNotice[] = [];
  if (trusts.size === 0) return notices;
  // Most clusters trust the same roots: each two kinds are compared once.
  const kinds = new Map(
    [...trusts].map(([cluster, { roots, fault }]) => [
      cluster,
      JSON.stringify([roots, fault]),
    ]),
  );
  const verdicts = new Map<string, Map<string, TrustVerdict>>();
  const judge = (from: string, to: string) => {
    const [ours = '', theirs = ''] = [kinds.get(from), kinds.get(to)];
    const known = verdicts.get(ours) ?? new Map<string, TrustVerdict>();
    verdicts.set(ours, known);
    const verdict =
      known.get(theirs) ??
      decideTrust(trusts.get(from), trusts.get(to), now.getTime());
    known.set(theirs, verdict);
    return verdict;
  };
  for (const { from, to } of pairs) {
    const { trust, endsAt } = judge(from, to);
    if (trust === 'shared' || trust === 'unknown') continue;
    notices.push({
      from,
      to,
      trust,
      endsAt: endsAt === null ? null : new Date(endsAt).toISOString(),
    });
  }
  return notices;
}

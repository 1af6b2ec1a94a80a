import { AuditFault } from '@ground-control/backstage-plugin-ground-control-common';
import { Anchor } from './AnchorService';
import { AuditHead } from './types';

/** What commits say of the trail, against what it says. */
export interface AnchorFindings {
  /** How many heads there were that are ours, or as good. */
  heads: number;
  faults: AuditFault[];
  /** Of commits that aren't known to be ours; each says which. */
  claims: AuditFault[];
}

/** Commits that aren't known to be ours and are told of one by one. */
const MOST_CLAIMS = 20;

/**
 * Holds the trail against heads that commits hold. Somebody who rewrites an
 * entry and all that follow it, or takes the last ones away and sets the head
 * back, leaves a chain that is whole in itself, but not this one.
 *
 * Each entry is bound to all before it, so of many commits of ours that
 * contradict the trail the first says where it was rewritten; those of entries
 * that are gone say how far it once went. What a commit says that isn't known
 * to be ours is told beside that, and hides nothing of it.
 *
 * @param readHashes - hashes of the entries that are there, by sequence
 */
export async function checkAnchors(
  anchors: AsyncIterable<Anchor[]>,
  last: AuditHead,
  readHashes: (sequences: number[]) => Promise<Map<number, string>>,
): Promise<AnchorFindings> {
  let heads = 0;
  let changed: Anchor | undefined;
  let beyond: Anchor | undefined;
  let lastGood = 0;
  let claimed: Contradiction[] = [];
  let moreClaims = 0;
  for await (const batch of anchors) {
    const hashes = await readHashes(batch.map(anchor => anchor.sequence));
    for (const anchor of batch) {
      const hash = hashes.get(anchor.sequence);
      if (hash === anchor.hash || anchor.isOurs) heads += 1;
      if (hash === anchor.hash) {
        lastGood = Math.max(lastGood, anchor.sequence);
      } else if (!anchor.isOurs) {
        claimed.push({ anchor, isThere: hash !== undefined });
      } else if (hash !== undefined) {
        if (!changed || anchor.sequence < changed.sequence) changed = anchor;
      } else if (anchor.sequence > last.sequence) {
        // One that is missing further down was found by its gap.
        if (!beyond || anchor.sequence > beyond.sequence) beyond = anchor;
      }
    }
    moreClaims += Math.max(0, claimed.length - MOST_CLAIMS);
    claimed = claimed.sort(bySequence).slice(0, MOST_CLAIMS);
  }
  const faults: AuditFault[] = [];
  if (changed) {
    faults.push({
      kind: 'changed',
      sequence: changed.sequence,
      message: `Commit ${format(changed)} holds another hash of entry ${
        changed.sequence
      }: it, or an entry before it${
        lastGood > 0 && lastGood < changed.sequence
          ? ` and after ${lastGood}`
          : ''
      }, was replaced with all that follow.`,
    });
  }
  if (beyond) {
    faults.push({
      kind: 'cut-off',
      sequence: last.sequence + 1,
      message: `The trail ends with entry ${last.sequence}, but commit ${format(
        beyond,
      )} holds the hash of entry ${
        beyond.sequence
      }: what came after was removed.`,
    });
  }
  const claims = claimed.map(one => describeClaim(one, last));
  if (claims.length > 0 && moreClaims > 0) {
    claims[
      claims.length - 1
    ].message += ` ${moreClaims} more commits say such things of later entries.`;
  }
  return { heads, faults, claims };
}

interface Contradiction {
  anchor: Anchor;
  /** Whether the trail has an entry of that number. */
  isThere: boolean;
}

function bySequence(a: Contradiction, b: Contradiction): number {
  return a.anchor.sequence - b.anchor.sequence;
}

function describeClaim(
  { anchor, isThere }: Contradiction,
  last: AuditHead,
): AuditFault {
  const { sequence, revision } = anchor;
  const isBeyond = !isThere && sequence > last.sequence;
  let kind: AuditFault['kind'] = isBeyond ? 'cut-off' : 'missing';
  let what = `holds the hash of entry ${sequence}, which the trail doesn’t have`;
  if (isBeyond) what += `: it ends with entry ${last.sequence}`;
  if (isThere) {
    kind = 'changed';
    what = `holds another hash of entry ${sequence}`;
  }
  return {
    kind,
    sequence,
    message: `Commit ${revision} ${what}. No record says that Ground Control made that commit: either somebody else wrote the trailer, or the trail was tampered with and the record removed. Look at who pushed it; if the trailer is made up, name the commit in groundControl.audit.forgedHeads.`,
  };
}

function format({ revision }: Anchor): string {
  return revision.slice(0, 10);
}

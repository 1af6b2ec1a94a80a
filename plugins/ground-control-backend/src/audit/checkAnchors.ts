import { AuditFault } from '@ground-control/backstage-plugin-ground-control-common';
import { Anchor } from './AnchorService';
import { AuditHead } from './types';

/** What commits say of the trail, against what it says. */
export interface AnchorFindings {
  /** How many heads there were. */
  heads: number;
  faults: AuditFault[];
}

/**
 * Holds the trail against heads that commits hold. Somebody who rewrites an
 * entry and all that follow it, or takes the last ones away and sets the head
 * back, leaves a chain that is whole in itself, but not this one.
 *
 * Each entry is bound to all before it, so of many commits that contradict the
 * trail the first says where it was rewritten; those of entries that are gone
 * say how far it once went.
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
  for await (const batch of anchors) {
    heads += batch.length;
    const hashes = await readHashes(batch.map(anchor => anchor.sequence));
    for (const anchor of batch) {
      const hash = hashes.get(anchor.sequence);
      if (hash === anchor.hash) {
        lastGood = Math.max(lastGood, anchor.sequence);
      } else if (hash !== undefined) {
        if (!changed || anchor.sequence < changed.sequence) changed = anchor;
      } else if (anchor.sequence > last.sequence) {
        // One that is missing further down was found by its gap.
        if (!beyond || anchor.sequence > beyond.sequence) beyond = anchor;
      }
    }
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
  return { heads, faults };
}

function format({ revision }: Anchor): string {
  return revision.slice(0, 10);
}

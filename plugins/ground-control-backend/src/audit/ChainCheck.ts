import { AuditFault } from '@ground-control/backstage-plugin-ground-control-common';
import { AuditRow, buildEntry } from './auditRow';
import { hashEntry } from './hashEntry';
import { AuditHead } from './types';

/** More would say nothing new. */
export const MOST_FAULTS = 100;

const NONE: AuditHead = { sequence: 0, hash: '0'.repeat(64) };

function isWhole(row: AuditRow): boolean {
  return hashEntry(buildEntry(row)) === row.hash;
}

/**
 * Holds the chain against itself, entry by entry in the order of sequence.
 * Finds what was changed or removed by somebody who didn't write all that
 * follows anew; who did is found by the heads that commits hold.
 */
export class ChainCheck {
  readonly faults: AuditFault[] = [];
  entries = 0;
  /** The last entry that was there. */
  last: AuditHead = NONE;
  #headSeen?: string;

  /** @param before - the trail's head as it was before the first entry was read */
  constructor(private readonly before: AuditHead) {}

  add(row: AuditRow): void {
    const { last } = this;
    this.entries += 1;
    if (row.sequence < 1) {
      this.#addChanged(
        row.sequence,
        `Entry ${row.sequence} was put before the first.`,
      );
      return;
    }
    const follows = row.sequence === last.sequence + 1;
    if (!follows) this.#addMissing(last.sequence + 1, row.sequence - 1);
    if (!isWhole(row)) {
      this.#addChanged(
        row.sequence,
        `Entry ${row.sequence} isn't as it was written: its hash doesn't fit what it says.`,
      );
    } else if (follows && row.previous_hash !== last.hash) {
      // What an entry says of the one before was hashed with it.
      this.#addReplaced(Math.max(1, last.sequence));
    }
    if (row.sequence === this.before.sequence) this.#headSeen = row.hash;
    this.last = { sequence: row.sequence, hash: row.hash };
  }

  /** @param after - the trail's head as it is after the last entry was read */
  finish(after: AuditHead): void {
    const { before, last } = this;
    if (after.sequence < last.sequence) {
      this.#addChanged(
        last.sequence,
        `The trail's head names entry ${after.sequence} as the last, but there are entries up to ${last.sequence}: the head was set back.`,
      );
    }
    if (before.sequence > last.sequence) {
      this.#add({
        kind: 'cut-off',
        sequence: last.sequence + 1,
        message: `The trail ends with entry ${last.sequence}, but its head names entry ${before.sequence}: what came after was removed.`,
      });
    } else if (this.#headSeen && this.#headSeen !== before.hash) {
      this.#addReplaced(before.sequence);
    }
  }

  #addMissing(from: number, to: number) {
    const what =
      from === to
        ? `Entry ${from} is missing`
        : `Entries ${from} to ${to} are missing`;
    this.#add({
      kind: 'missing',
      sequence: from,
      message: `${what}: sequences have no gaps, so somebody removed what stood there.`,
    });
  }

  #addReplaced(sequence: number) {
    this.#addChanged(
      sequence,
      `Entry ${sequence} isn't the one that the chain goes on from: it was replaced, its hash with it.`,
    );
  }

  #addChanged(sequence: number, message: string) {
    const known = this.faults.some(
      fault => fault.kind === 'changed' && fault.sequence === sequence,
    );
    if (!known) this.#add({ kind: 'changed', sequence, message });
  }

  #add(fault: AuditFault) {
    if (this.faults.length < MOST_FAULTS) this.faults.push(fault);
  }
}

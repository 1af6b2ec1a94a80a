/** Longer fields are cut; no release message comes near. */
export const MAX_FIELD = 256 * 1024;

/**
 * Splits what git writes with `-z` at its NULs, in chunks of any size. Neither
 * a path nor a commit message can contain one.
 */
export class NulFields {
  #pieces: Buffer[] = [];
  #pending = 0;

  /** Takes a chunk and returns the fields that are complete by it. */
  push(chunk: Buffer): string[] {
    const fields: string[] = [];
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(0, start);
      if (end < 0) break;
      fields.push(this.#take(chunk.subarray(start, end)));
      start = end + 1;
    }
    this.#hold(chunk.subarray(start));
    return fields;
  }

  #hold(piece: Buffer) {
    if (piece.length === 0) return;
    const room = MAX_FIELD - this.#pending;
    if (room > 0) this.#pieces.push(Buffer.from(piece.subarray(0, room)));
    this.#pending += piece.length;
  }

  #take(last: Buffer): string {
    if (this.#pending === 0) {
      return last.toString('utf8', 0, Math.min(last.length, MAX_FIELD));
    }
    this.#hold(last);
    const text = Buffer.concat(this.#pieces).toString('utf8');
    this.#pieces = [];
    this.#pending = 0;
    return text;
  }
}

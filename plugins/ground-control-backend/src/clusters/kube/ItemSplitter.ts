import { KubeFault } from './KubeFault';
import { NameFinder, ObjectName } from './NameFinder';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Of a list without its items there is a version and a continuation. */
const LONGEST_REST = 64 * 1024;
const DEPTH_OF_ITEMS = 2;

/**
 * Splits the JSON of a list into its items while it arrives, so that neither
 * the list nor an item over the limit is ever held as a whole. What stands
 * around the items is kept as `rest`, with `items` empty.
 */
export class ItemSplitter {
  readonly #options: {
    maxBytes: number;
    onItem: (item: Buffer) => void;
    onTooLarge: (name: ObjectName) => void;
  };
  readonly #rest: Buffer[] = [];
  #restLength = 0;
  #pieces: Buffer[] = [];
  #length = 0;
  #tooLarge?: NameFinder;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The last key of the list itself. */
  #key: number[] = [];
  #inItems = false;
  #inItem = false;

  constructor(options: {
    maxBytes: number;
    onItem: (item: Buffer) => void;
    onTooLarge: (name: ObjectName) => void;
  }) {
    this.#options = options;
  }

  /** @throws KubeFault malformed when what stands around the items is too long */
  feed(chunk: Buffer): void {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
        else if (this.#depth === 1 && this.#key.length < 6) {
          this.#key.push(byte);
        }
      } else if (byte === QUOTE) {
        this.#inString = true;
        if (this.#depth === 1) this.#key = [];
      } else if (byte === 0x7b || byte === 0x5b) {
        if (this.#depth === 1) {
          this.#inItems =
            byte === 0x5b && Buffer.from(this.#key).toString() === 'items';
        }
        if (this.#inItems && this.#depth === DEPTH_OF_ITEMS) {
          this.#keepRest(chunk.subarray(from, at));
          from = at;
          this.#inItem = true;
        }
        this.#depth += 1;
      } else if (byte === 0x7d || byte === 0x5d) {
        this.#depth -= 1;
        if (this.#inItem && this.#depth === DEPTH_OF_ITEMS) {
          this.#add(chunk.subarray(from, at + 1));
          from = at + 1;
          this.#inItem = false;
          this.#endItem();
        }
        if (this.#depth < DEPTH_OF_ITEMS) this.#inItems = false;
      } else if (
        byte === 0x2c &&
        this.#inItems &&
        this.#depth === DEPTH_OF_ITEMS
      ) {
        // Between items; the rest has to be JSON without them.
        this.#keepRest(chunk.subarray(from, at));
        from = at + 1;
      }
    }
    if (this.#inItem) this.#add(chunk.subarray(from));
    else this.#keepRest(chunk.subarray(from));
  }

  /**
   * What stood around the items.
   *
   * @throws KubeFault malformed when the list ended in the middle or isn't JSON
   */
  end(): unknown {
    try {
      return JSON.parse(Buffer.concat(this.#rest).toString('utf8'));
    } catch {
      throw new KubeFault('malformed', 'It sent a list that is not whole JSON');
    }
  }

  #add(piece: Buffer) {
    if (this.#tooLarge) {
      this.#tooLarge.feed(piece);
      return;
    }
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length <= this.#options.maxBytes) return;
    this.#tooLarge = new NameFinder();
    for (const held of this.#pieces) this.#tooLarge.feed(held);
    this.#pieces = [];
    this.#length = 0;
  }

  #endItem() {
    const { onItem, onTooLarge } = this.#options;
    const tooLarge = this.#tooLarge;
    const item = Buffer.concat(this.#pieces);
    this.#tooLarge = undefined;
    this.#pieces = [];
    this.#length = 0;
    if (tooLarge) onTooLarge(tooLarge.found);
    else onItem(item);
  }

  #keepRest(piece: Buffer) {
    this.#restLength += piece.length;
    if (this.#restLength > LONGEST_REST) {
      throw new KubeFault('malformed', 'It sent something else than a list');
    }
    // A copy, so that the piece doesn't keep its whole chunk alive.
    if (piece.length > 0) this.#rest.push(Buffer.from(piece));
  }
}

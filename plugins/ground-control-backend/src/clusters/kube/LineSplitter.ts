import { NameFinder, ObjectName } from './NameFinder';

const LINE_END = 0x0a;

/**
 * Splits a stream into lines. A line over the limit isn't held: only what the
 * object in it is called.
 */
export class LineSplitter {
  readonly #options: {
    maxBytes: number;
    onLine: (line: Buffer) => void;
    onTooLarge: (name: ObjectName) => void;
  };
  #pieces: Buffer[] = [];
  #length = 0;
  #tooLarge?: NameFinder;

  constructor(options: {
    maxBytes: number;
    onLine: (line: Buffer) => void;
    onTooLarge: (name: ObjectName) => void;
  }) {
    this.#options = options;
  }

  /** Whether a line has begun and not ended. */
  get isInLine(): boolean {
    return this.#length > 0 || this.#tooLarge !== undefined;
  }

  feed(chunk: Buffer): void {
    let from = 0;
    while (from < chunk.length) {
      const end = chunk.indexOf(LINE_END, from);
      this.#add(chunk.subarray(from, end < 0 ? chunk.length : end));
      if (end < 0) return;
      this.#end();
      from = end + 1;
    }
  }

  #add(piece: Buffer) {
    if (this.#tooLarge) {
      this.#tooLarge.feed(piece);
      return;
    }
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length <= this.#options.maxBytes) return;
    this.#tooLarge = new NameFinder();
    for (const held of this.#pieces) this.#tooLarge.feed(held);
    this.#forget();
  }

  #end() {
    const { onLine, onTooLarge } = this.#options;
    const tooLarge = this.#tooLarge;
    const line = Buffer.concat(this.#pieces);
    this.#tooLarge = undefined;
    this.#forget();
    if (tooLarge) onTooLarge(tooLarge.found);
    else if (line.length > 0) onLine(line);
  }

  #forget() {
    this.#pieces = [];
    this.#length = 0;
  }
}

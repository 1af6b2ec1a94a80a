const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LONGEST_TOKEN = 300;

/** What an object that is too large to be held is called. */
export interface ObjectName {
  kind?: string;
  namespace?: string;
  name?: string;
  /** Of the event of a watch that it came in. */
  type?: string;
}

/** Names by their paths: of an object itself, and of one in a watch's event. */
const WANTED: Record<string, keyof ObjectName> = {
  kind: 'kind',
  'metadata/name': 'name',
  'metadata/namespace': 'namespace',
  type: 'type',
  'object/kind': 'kind',
  'object/metadata/name': 'name',
  'object/metadata/namespace': 'namespace',
};
const DEEPEST = 3;

/**
 * Finds what an object is called in its JSON, fed in pieces of any length, and
 * holds nothing of the rest. For objects that are too large to be read.
 */
export class NameFinder {
  readonly found: ObjectName = {};
  /** The key that each open object is at, from outside. */
  readonly #path: string[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;
  #isValue = false;
  #token: number[] = [];

  feed(chunk: Buffer): void {
    for (const byte of chunk) {
      if (this.#inString) this.#readString(byte);
      else this.#readOther(byte);
    }
  }

  #readString(byte: number) {
    if (!this.#escaped && byte === QUOTE) {
      this.#inString = false;
      this.#endString();
      return;
    }
    this.#escaped = !this.#escaped && byte === BACKSLASH;
    if (this.#depth <= DEEPEST && this.#token.length < LONGEST_TOKEN) {
      this.#token.push(byte);
    }
  }

  #endString() {
    if (this.#depth < 1 || this.#depth > DEEPEST) return;
    const text = Buffer.from(this.#token).toString('utf8');
    if (!this.#isValue) {
      this.#path[this.#depth - 1] = text;
      return;
    }
    const wanted = WANTED[this.#path.slice(0, this.#depth).join('/')];
    // Names of Kubernetes have no other characters; anything else is no name.
    if (wanted && /^[\w.:-]{1,253}$/.test(text)) this.found[wanted] ??= text;
  }

  #readOther(byte: number) {
    switch (byte) {
      case QUOTE:
        this.#inString = true;
        this.#token = [];
        break;
      case 0x3a: // :
        this.#isValue = true;
        break;
      case 0x2c: // ,
        this.#isValue = false;
        break;
      case 0x7b: // {
      case 0x5b: // [
        this.#depth += 1;
        // What stands in an array has no key, and so no path that is wanted.
        if (this.#depth <= DEEPEST) this.#path[this.#depth - 1] = '';
        this.#isValue = byte === 0x5b;
        break;
      case 0x7d: // }
      case 0x5d: // ]
        this.#depth -= 1;
        break;
      default:
    }
  }
}

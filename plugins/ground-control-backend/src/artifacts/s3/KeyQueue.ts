import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { ListedObject } from './types';

/** As many as S3 lists in a page. */
const CHUNK = 1_000;
/** Enough of an etag to differ from that of what stood there before. */
const ETAG = 12;

/**
 * Objects in the order of their keys, put in at the end and taken out at the
 * front. A bucket may hold a million: they are kept packed, some twenty bytes
 * each, but for a chunk at each end.
 */
export class KeyQueue {
  readonly #packed: Buffer[] = [];
  #first: ListedObject[] = [];
  #at = 0;
  #last: ListedObject[] = [];

  push({ key, etag }: ListedObject): void {
    this.#last.push({ key, etag: etag.slice(0, ETAG) });
    if (this.#last.length < CHUNK) return;
    const text = this.#last.map(object => `${object.etag}\t${object.key}`);
    this.#packed.push(deflateRawSync(text.join('\n'), { level: 1 }));
    this.#last = [];
  }

  peek(): ListedObject | undefined {
    if (this.#at >= this.#first.length) this.#unpack();
    return this.#first[this.#at];
  }

  shift(): ListedObject | undefined {
    const object = this.peek();
    if (object) this.#at += 1;
    return object;
  }

  #unpack() {
    const packed = this.#packed.shift();
    this.#at = 0;
    if (!packed) {
      this.#first = this.#last;
      this.#last = [];
      return;
    }
    this.#first = inflateRawSync(packed)
      .toString()
      .split('\n')
      .map(line => {
        const tab = line.indexOf('\t');
        return { etag: line.slice(0, tab), key: line.slice(tab + 1) };
      });
  }
}

/** The same, for a comparison of what was kept with what is listed. */
export function isSameObject(known: ListedObject, listed: ListedObject) {
  // What was known before a start has no etag: it is learnt.
  return known.etag === '' || known.etag === listed.etag.slice(0, ETAG);
}

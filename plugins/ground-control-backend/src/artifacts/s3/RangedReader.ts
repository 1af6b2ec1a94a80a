import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import { ObjectPart } from './types';

/** What one call brings; a zip of an artifact often has less in all. */
export const BLOCK = 64 * 1024;

/**
 * Lets a zip be read of which only the end is here: what else is needed is
 * fetched block by block, and the last block kept.
 */
export class RangedReader extends RandomAccessReader {
  /** Why a block couldn't be had: the zip's own reader makes it a broken zip. */
  fault: unknown;
  #held: ObjectPart;

  constructor(
    private readonly tail: ObjectPart,
    private readonly fetch: (start: number, end: number) => Promise<Buffer>,
  ) {
    super();
    this.#held = tail;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#blocks(start, end), { objectMode: false });
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    const copy = async () => {
      let at = offset;
      for await (const block of this.#blocks(position, position + length)) {
        at += block.copy(buffer, at);
      }
    };
    copy().then(() => callback(null), callback);
  }

  async *#blocks(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const { start: from, bytes } = await this.#hold(at);
      const block = bytes.subarray(at - from, end - from);
      if (block.length === 0) throw new Error('The zip ends early');
      yield block;
      at += block.length;
    }
  }

  /** The part of the object in which a byte stands. */
  async #hold(at: number): Promise<ObjectPart> {
    const isIn = ({ start, bytes }: ObjectPart) =>
      at >= start && at < start + bytes.length;
    if (at >= this.tail.size) throw new Error('The zip ends early');
    if (isIn(this.tail)) return this.tail;
    if (isIn(this.#held)) return this.#held;
    const end = Math.min(at + BLOCK, this.tail.start);
    try {
      const bytes = await this.fetch(at, end);
      this.#held = { ...this.tail, start: at, bytes };
      return this.#held;
    } catch (error) {
      this.fault = error;
      throw error;
    }
  }
}

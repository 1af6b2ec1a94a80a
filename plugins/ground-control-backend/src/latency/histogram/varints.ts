const MORE = 0x80;

/** Writes whole numbers from 0 on in as few bytes as they need. */
export class VarintWriter {
  private bytes = Buffer.allocUnsafe(512);
  private length = 0;

  write(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new Error(`${value} can't be packed`);
    }
    if (this.length + 8 > this.bytes.length) {
      this.bytes = Buffer.concat([this.bytes, Buffer.alloc(this.length)]);
    }
    let rest = value;
    while (rest >= MORE) {
      this.bytes[this.length++] = (rest % MORE) + MORE;
      rest = Math.floor(rest / MORE);
    }
    this.bytes[this.length++] = rest;
  }

  toBuffer(): Buffer {
    return this.bytes.subarray(0, this.length);
  }
}

/** Reads what {@link VarintWriter} wrote, one number after the other. */
export class VarintReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** @param most - a larger one is a fault: what is read isn't ours */
  read(most = Number.MAX_SAFE_INTEGER): number {
    let value = 0;
    for (let scale = 1; ; scale *= MORE) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Error('Packed samples end too soon');
      value += (byte % MORE) * scale;
      if (byte < MORE) break;
    }
    if (value > most) throw new Error('Packed samples are broken');
    return value;
  }
}

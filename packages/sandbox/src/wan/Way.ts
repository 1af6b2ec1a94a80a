import type { Waits } from './Waits.ts';

interface Parcel {
  due: number;
  deliver(): void;
}

/** One way of one connection: what was sent first arrives first. */
export class Way {
  private readonly waits: Waits;
  private readonly parcels: Parcel[] = [];

  constructor(waits: Waits) {
    this.waits = waits;
  }

  /** Delivers after so many milliseconds, never before what was sent earlier. */
  send(milliseconds: number, deliver: () => void): void {
    const last = this.parcels[this.parcels.length - 1];
    const due = Math.max(performance.now() + milliseconds, last?.due ?? 0);
    this.parcels.push({ due, deliver });
    if (this.parcels.length === 1) {
      this.awaitFirst();
    }
  }

  private awaitFirst(): void {
    this.waits.until(this.parcels[0].due, () => {
      this.parcels[0].deliver();
      this.parcels.shift();
      if (this.parcels.length > 0) {
        this.awaitFirst();
      }
    });
  }
}

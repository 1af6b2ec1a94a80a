/**
 * Tells listeners one thing after the other: what a listener itself causes is
 * told when all have heard of what it was told.
 */
export class Notifier<T> {
  private readonly listeners = new Set<(value: T) => void>();
  private readonly waiting: T[] = [];
  private telling = false;

  add(listener: (value: T) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  notify(value: T): void {
    this.waiting.push(value);
    if (this.telling) {
      return;
    }
    this.telling = true;
    try {
      for (let next = 0; next < this.waiting.length; next += 1) {
        for (const listener of [...this.listeners]) {
          listener(this.waiting[next]);
        }
      }
    } finally {
      this.waiting.length = 0;
      this.telling = false;
    }
  }
}

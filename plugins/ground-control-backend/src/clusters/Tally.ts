/** Counts how often each of some names occurs, and tells the most frequent. */
export class Tally {
  readonly #counts = new Map<string, number>();

  /** Something changed its name; undefined stands for none. */
  change(before: string | undefined, after: string | undefined): void {
    if (before === after) return;
    this.#add(before, -1);
    this.#add(after, 1);
  }

  /** Of several, the one that was first there. */
  get most(): string | undefined {
    let most: string | undefined;
    let highest = 0;
    for (const [name, count] of this.#counts) {
      if (count > highest) {
        most = name;
        highest = count;
      }
    }
    return most;
  }

  #add(name: string | undefined, by: number) {
    if (name === undefined) return;
    const count = (this.#counts.get(name) ?? 0) + by;
    if (count > 0) this.#counts.set(name, count);
    else this.#counts.delete(name);
  }
}

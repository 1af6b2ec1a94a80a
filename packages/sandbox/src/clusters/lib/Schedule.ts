interface Due {
  at: number;
  sequence: number;
  run(): void;
}

/** After this long the process answers requests before more is done. */
const LONGEST_TURN_MS = 15;

/**
 * What is to be done at which moment, on one timer: thousands of Kustomizations
 * wait here for their next turn. Work that is due together is done in turns, so
 * that the API servers of the same process go on answering meanwhile.
 */
export class Schedule {
  private heap: Due[] = [];
  private sequence = 0;
  private timer: NodeJS.Timeout | undefined;
  private timerAt = 0;
  private stopped = false;
  private readonly failed: (error: Error) => void;

  constructor(failed: (error: Error) => void) {
    this.failed = failed;
  }

  /** Does it after so many milliseconds; gives a function that calls it off. */
  after(milliseconds: number, run: () => void): () => void {
    if (this.stopped) {
      return () => {};
    }
    this.sequence += 1;
    const at = Date.now() + milliseconds;
    const due: Due = { at, sequence: this.sequence, run };
    this.push(due);
    this.arm();
    return () => {
      due.run = () => {};
    };
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.heap = [];
  }

  private arm(): void {
    const [first] = this.heap;
    if (!first || this.stopped) {
      return;
    }
    if (this.timer === undefined || first.at < this.timerAt) {
      clearTimeout(this.timer);
      this.timerAt = first.at;
      this.timer = setTimeout(
        () => this.turn(),
        Math.max(0, first.at - Date.now()),
      );
    }
  }

  private turn(): void {
    this.timer = undefined;
    const began = Date.now();
    while (this.heap.length > 0 && this.heap[0].at <= Date.now()) {
      try {
        this.pop().run();
      } catch (error) {
        this.failed(error as Error);
      }
      if (Date.now() - began > LONGEST_TURN_MS) {
        break;
      }
    }
    this.arm();
  }

  private isBefore(a: Due, b: Due): boolean {
    return a.at < b.at || (a.at === b.at && a.sequence < b.sequence);
  }

  private push(due: Due): void {
    const { heap } = this;
    let index = heap.push(due) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.isBefore(due, heap[parent])) {
        break;
      }
      heap[index] = heap[parent];
      index = parent;
    }
    heap[index] = due;
  }

  private pop(): Due {
    const { heap } = this;
    const [first] = heap;
    const last = heap.pop()!;
    if (heap.length > 0) {
      let index = 0;
      for (;;) {
        let child = index * 2 + 1;
        if (child >= heap.length) {
          break;
        }
        if (
          child + 1 < heap.length &&
          this.isBefore(heap[child + 1], heap[child])
        ) {
          child += 1;
        }
        if (!this.isBefore(heap[child], last)) {
          break;
        }
        heap[index] = heap[child];
        index = child;
      }
      heap[index] = last;
    }
    return first;
  }
}

/** A wait that somebody else can end. */
export class Pause {
  #end?: () => void;

  /** Returns early when the signal is aborted or {@link Pause.end} is called. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise(resolve => {
      const stop = new AbortController();
      const end = () => {
        stop.abort();
        this.#end = undefined;
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      stop.signal.addEventListener('abort', () => clearTimeout(timer));
      signal.addEventListener('abort', end, { signal: stop.signal });
      this.#end = end;
    });
  }

  end(): void {
    this.#end?.();
  }
}

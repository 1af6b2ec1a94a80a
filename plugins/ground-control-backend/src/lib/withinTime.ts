import { Deadline } from './Deadline';

/**
 * Lets some work have so long: its signal is aborted then, and work that heeds
 * none is left to itself. A standstill of this process doesn't count.
 *
 * @param options - `signal`: ends it before; `late` makes the error of work
 * that took too long
 */
export async function withinTime<T>(
  ms: number,
  options: { signal?: AbortSignal; late: () => Error },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { late, signal } = options;
  const over = new AbortController();
  const either = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  const deadline = new Deadline(() => over.abort(late()));
  deadline.set(ms);
  const ended = new Promise<never>((_, reject) => {
    either.addEventListener('abort', () => reject(either.reason), {
      once: true,
    });
  });
  try {
    signal?.throwIfAborted();
    return await Promise.race([work(either), ended]);
  } catch (error) {
    // Work that heeds the signal may say it in words of its own.
    throw either.aborted ? either.reason : error;
  } finally {
    deadline.clear();
  }
}

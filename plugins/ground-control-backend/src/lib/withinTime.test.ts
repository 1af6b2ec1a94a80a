import { withinTime } from './withinTime';

const LATE = new Error('It took too long');
const late = () => LATE;

describe('withinTime', () => {
  it('gives what work gives, or fails with', async () => {
    expect(await withinTime(10_000, { late }, async () => 7)).toBe(7);
    const broken = withinTime(10_000, { late }, async () => {
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
  });

  it.each([
    ['heeds no signal', () => new Promise(() => {})],
    [
      'says it in words of its own',
      (signal: AbortSignal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    ],
  ])('ends work that %s', async (_, work) => {
    let seen: AbortSignal | undefined;
    const ended = withinTime(20, { late }, signal => {
      seen = signal;
      return work(signal);
    });
    await expect(ended).rejects.toBe(LATE);
    expect(seen?.aborted).toBe(true);
  });

  it('ends with the signal that it is given, and before it begins', async () => {
    const caller = new AbortController();
    const begun = withinTime(
      10_000,
      { late, signal: caller.signal },
      () => new Promise(() => {}),
    );
    const gone = new Error('The reader is gone');
    caller.abort(gone);
    await expect(begun).rejects.toBe(gone);
    const work = jest.fn();
    const never = withinTime(10_000, { late, signal: caller.signal }, work);
    await expect(never).rejects.toBe(gone);
    expect(work).not.toHaveBeenCalled();
  });
});

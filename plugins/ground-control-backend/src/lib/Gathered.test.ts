import { Gathered } from './Gathered';

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

function gather(work: () => Promise<void>, errors: unknown[] = []) {
  return new Gathered({
    work,
    soonMs: 5,
    leastMs: 100,
    retryMs: 30,
    onError: error => errors.push(error),
  });
}

describe('Gathered', () => {
  it('does what is wanted together soon, and then at most so often', async () => {
    // The clock of a busy machine is a millisecond early or many late.
    jest.useFakeTimers();
    const start = performance.now();
    const begun: number[] = [];
    const gathered = gather(async () => {
      begun.push(performance.now() - start);
    });
    for (let i = 0; i < 50; i += 1) gathered.want();
    await jest.advanceTimersByTimeAsync(50);
    for (let i = 0; i < 50; i += 1) gathered.want();
    await jest.advanceTimersByTimeAsync(200);
    expect(begun).toEqual([5, 105]);
    await gathered.stop();
    jest.useRealTimers();
  });

  it('never runs twice at a time, and loses no wish', async () => {
    let running = 0;
    let most = 0;
    let rounds = 0;
    const gathered: Gathered = gather(async () => {
      running += 1;
      most = Math.max(most, running);
      rounds += 1;
      if (rounds === 1) gathered.want();
      await pause(20);
      running -= 1;
    });
    gathered.want();
    while (rounds < 2 || running > 0) await pause(5);
    await pause(150);
    expect({ most, rounds }).toEqual({ most: 1, rounds: 2 });
    await gathered.stop();
  });

  it('tries again what failed, and ends when it is stopped', async () => {
    const errors: unknown[] = [];
    let rounds = 0;
    const gathered = gather(async () => {
      rounds += 1;
      throw new Error(`round ${rounds}`);
    }, errors);
    gathered.want();
    while (rounds < 2) await pause(5);
    await gathered.stop();
    const before = rounds;
    gathered.want();
    await pause(150);
    expect(rounds).toBe(before);
    expect(errors).toHaveLength(before);
  });
});

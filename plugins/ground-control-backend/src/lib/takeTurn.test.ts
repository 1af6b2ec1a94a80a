import { noteReading, takeTurn } from './takeTurn';

it('lets others pass after the piece of each who takes turns', async () => {
  const order: string[] = [];
  let isOver = false;
  const look = () => {
    order.push('|');
    if (!isOver) setImmediate(look);
  };
  const work = async (name: string) => {
    for (let piece = 0; piece < 3; piece += 1) {
      await takeTurn();
      order.push(name);
    }
  };
  setImmediate(look);
  await Promise.all([work('a'), work('b'), work('c')]);
  isOver = true;
  // Never two pieces between two looks, and nobody is passed over.
  expect(order.join('')).toMatch(/^\|*a\|+b\|+c\|+a\|+b\|+c\|+a\|+b\|+c$/);
});

it('serves others when one of them fails', async () => {
  const failing = takeTurn().then(() => {
    throw new Error('mine alone');
  });
  const next = takeTurn();
  await expect(failing).rejects.toThrow('mine alone');
  await next;
});

describe('beside readings', () => {
  const pause = (ms: number) => new Promise(end => setTimeout(end, ms));

  it('lets one that is open pass', async () => {
    const read = noteReading();
    let isTaken = false;
    const turn = takeTurn().then(() => {
      isTaken = true;
    });
    await pause(5);
    expect(isTaken).toBe(false);
    const before = performance.now();
    read();
    await turn;
    expect(performance.now() - before).toBeLessThan(15);
  });

  it('waits for the last of several', async () => {
    const [first, second] = [noteReading(), noteReading()];
    let isTaken = false;
    const turn = takeTurn().then(() => {
      isTaken = true;
    });
    first();
    await pause(5);
    expect(isTaken).toBe(false);
    second();
    await turn;
  });

  it('has half of the time where readings never end', async () => {
    const read = noteReading();
    const begun = performance.now();
    let worked = 0;
    while (performance.now() - begun < 400) {
      await takeTurn();
      const end = performance.now() + 2;
      while (performance.now() < end);
      worked += 2;
    }
    read();
    // It is less where the machine does something else.
    expect(worked).toBeGreaterThan(80);
    expect(worked).toBeLessThan(300);
  });
});

import { until } from '../__testUtils__/until';
import { Deadline } from './Deadline';

const pass = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** Keeps this process from running anything else. */
function block(ms: number) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('Deadline', () => {
  it('ends, unless it is set again or cleared in time', async () => {
    let ends = 0;
    const deadline = new Deadline(() => {
      ends += 1;
    });
    deadline.set(30);
    await pass(15);
    deadline.set(30);
    await pass(20);
    expect(ends).toBe(0);
    await until(() => ends > 0);
    expect(ends).toBe(1);
    deadline.set(10);
    deadline.clear();
    await pass(30);
    expect(ends).toBe(1);
  });

  it('blames nobody for the time in which we ran nothing', async () => {
    let ends = 0;
    const deadline = new Deadline(() => {
      ends += 1;
    });
    deadline.set(20);
    block(150);
    await pass(20);
    expect(ends).toBe(0);
    await until(() => ends > 0);
    expect(ends).toBe(1);
  });
});

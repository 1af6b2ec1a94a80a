import { Random } from '../../lib/random.ts';
import { Schedule } from './Schedule.ts';

function wait(milliseconds: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, milliseconds);
  });
}

describe('Schedule', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('does everything once and in order, whatever the order it was told', () => {
    jest.useFakeTimers();
    const schedule = new Schedule(error => {
      throw error;
    });
    const random = Random.fromSeed('schedule');
    const done: number[] = [];
    const wanted = [...Array(300).keys()].map(n => n % 60);
    for (const at of random.shuffle(wanted)) {
      schedule.after(at, () => done.push(at));
    }
    jest.advanceTimersByTime(30);
    expect(Math.max(...done)).toBe(30);
    jest.advanceTimersByTime(30);
    expect(done).toEqual([...wanted].sort((a, b) => a - b));
    schedule.stop();
  });

  it('does nothing that was called off, and nothing after its end', () => {
    jest.useFakeTimers();
    const schedule = new Schedule(() => {});
    const done: string[] = [];
    schedule.after(5, () => done.push('called off'))();
    schedule.after(5, () => done.push('wanted'));
    schedule.after(40, () => done.push('too late'));
    jest.advanceTimersByTime(20);
    schedule.stop();
    schedule.after(1, () => done.push('after the end'));
    jest.advanceTimersByTime(50);
    expect(done).toEqual(['wanted']);
  });

  it('goes on after something failed, and lets others work between', async () => {
    const failures: string[] = [];
    const schedule = new Schedule(error => failures.push(error.message));
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    schedule.after(0, () => {
      throw new Error('broken');
    });
    let done = 0;
    const workHard = () => {
      const end = Date.now() + 6;
      while (Date.now() < end);
      done += 1;
    };
    [...Array(20)].forEach(() => schedule.after(0, workHard));
    while (done < 20) {
      await wait(10);
    }
    clearInterval(timer);
    schedule.stop();
    expect(failures).toEqual(['broken']);
    expect(turns).toBeGreaterThan(4);
  });
});

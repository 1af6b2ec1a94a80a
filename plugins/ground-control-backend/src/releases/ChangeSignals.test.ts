import { mockServices } from '@backstage/backend-test-utils';
import { ChangeSignals } from './ChangeSignals';

describe('ChangeSignals', () => {
  const published: Array<[number, string]> = [];
  const sequences: number[] = [];
  let start: number;
  let signals: ChangeSignals;
  let isBroken = false;

  beforeEach(() => {
    jest.useFakeTimers();
    start = Date.now();
    published.length = 0;
    sequences.length = 0;
    isBroken = false;
    signals = new ChangeSignals({
      logger: mockServices.logger.mock(),
      signals: {
        publish: async ({ channel, recipients, message }) => {
          if (isBroken) throw new Error('nobody listens');
          expect(channel).toBe('ground-control:changes');
          expect(recipients).toEqual({ type: 'broadcast' });
          expect(Object.keys(message).sort()).toEqual(['kind', 'sequence']);
          published.push([Date.now() - start, String(message.kind)]);
          sequences.push(Number(message.sequence));
        },
      },
    });
  });

  afterEach(() => {
    signals.stop();
    jest.useRealTimers();
  });

  it('tells the first change at once and the last of a burst later', () => {
    for (let time = 0; time < 2_500; time += 100) {
      signals.publish('releases');
      jest.advanceTimersByTime(100);
    }
    jest.advanceTimersByTime(10_000);
    expect(published).toEqual([
      [0, 'releases'],
      [1_000, 'releases'],
      [2_000, 'releases'],
      [3_000, 'releases'],
    ]);
  });

  it('keeps kinds apart, and their sequence common and growing', () => {
    signals.publish('releases');
    signals.publish('repository');
    signals.publish('repository');
    jest.advanceTimersByTime(5_000);
    signals.publish('releases');
    expect(published).toEqual([
      [0, 'releases'],
      [0, 'repository'],
      [1_000, 'repository'],
      [5_000, 'releases'],
    ]);
    const grown = sequences.map((sequence, i) => sequence - sequences[0] - i);
    expect(grown).toEqual([0, 0, 0, 0]);
  });

  it('names all squads of a burst, and nobody where any may be concerned', () => {
    const messages: unknown[] = [];
    const many = Array.from({ length: 51 }, (_, i) => `mark-${i}`);
    const told = new ChangeSignals({
      logger: mockServices.logger.mock(),
      signals: {
        publish: async ({ message }) => {
          messages.push(message.marks);
        },
      },
    });
    const burst = (...all: Array<string[] | undefined>) => {
      all.forEach(marks => told.publish('releases', marks));
      jest.advanceTimersByTime(5_000);
      return messages.splice(0);
    };
    expect(burst(['a'])).toEqual([['a']]);
    expect(burst(['a'], ['b'], ['c', 'b'])).toEqual([['a'], ['b', 'c']]);
    expect(burst(['a'], ['b'], undefined, ['c'])).toEqual([['a'], undefined]);
    expect(burst([])).toEqual([[]]);
    expect(burst(many.slice(1))).toEqual([many.slice(1)]);
    expect(burst(many)).toEqual([undefined]);
    told.stop();
  });

  it('goes on when nobody takes a signal, and ends when stopped', async () => {
    isBroken = true;
    signals.publish('releases');
    await Promise.resolve();
    isBroken = false;
    signals.publish('releases');
    jest.advanceTimersByTime(1_000);
    expect(published).toEqual([[1_000, 'releases']]);
    signals.publish('releases');
    signals.stop();
    jest.advanceTimersByTime(10_000);
    expect(published).toHaveLength(1);
  });
});

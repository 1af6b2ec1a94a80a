import { Shared } from './Shared';

function createWork() {
  const turns: { resolve(value: string): void; reject(error: Error): void }[] =
    [];
  const work = () =>
    new Promise<string>((resolve, reject) => turns.push({ resolve, reject }));
  return { turns, work };
}
const settle = () => new Promise(resolve => setImmediate(resolve));

describe('Shared', () => {
  it('gives who comes meanwhile one more turn together, never the present one', async () => {
    const shared = new Shared<string>();
    const { turns, work } = createWork();
    const first = shared.get('a', work);
    const second = shared.get('a', work);
    const third = shared.get('a', work);
    expect(turns).toHaveLength(1);
    turns[0].resolve('old');
    expect(await first).toBe('old');
    await settle();
    expect(turns).toHaveLength(2);
    const fourth = shared.get('a', work);
    turns[1].resolve('new');
    expect(await second).toBe('new');
    expect(await third).toBe('new');
    await settle();
    expect(turns).toHaveLength(3);
    turns[2].resolve('newest');
    expect(await fourth).toBe('newest');
    await settle();
    shared.get('a', work);
    expect(turns).toHaveLength(4);
  });

  it('keeps keys apart, and goes on after a failure', async () => {
    const shared = new Shared<string>();
    const { turns, work } = createWork();
    const first = shared.get('a', work);
    const other = shared.get('b', work);
    const second = shared.get('a', work);
    turns[0].reject(new Error('down'));
    turns[1].resolve('b');
    await expect(first).rejects.toThrow('down');
    expect(await other).toBe('b');
    await settle();
    turns[2].resolve('up');
    expect(await second).toBe('up');
  });

  describe('where it takes a while to learn who asks', () => {
    /** Asks, and tells who asks when the test says so. */
    function ask(shared: Shared<string>, work: () => Promise<string>) {
      let known!: (key: string) => void;
      let refused!: (error: Error) => void;
      const key = new Promise<string>((resolve, reject) => {
        known = resolve;
        refused = reject;
      });
      const answer = shared.join('?', async () => ({ key: await key, work }));
      return { known, refused, answer };
    }

    it('waits for those who came with the same question', async () => {
      const shared = new Shared<string>();
      const { turns, work } = createWork();
      const asked = [1, 2, 3, 4].map(() => ask(shared, work));
      asked[0].known('a');
      asked[1].known('a');
      await settle();
      expect(turns).toHaveLength(0);
      asked[2].known('another reader’s');
      asked[3].refused(new Error('who are you?'));
      await expect(asked[3].answer).rejects.toThrow('who are you?');
      await settle();
      expect(turns).toHaveLength(2);
      turns[0].resolve('ours');
      turns[1].resolve('theirs');
      expect(await asked[0].answer).toBe('ours');
      expect(await asked[1].answer).toBe('ours');
      expect(await asked[2].answer).toBe('theirs');
    });

    it('waits for nobody who asks something else, and not for long', async () => {
      const shared = new Shared<string>();
      const { turns, work } = createWork();
      const other = ask(shared, work);
      const answer = shared.join('alone', async () => ({ key: 'b', work }));
      await settle();
      expect(turns).toHaveLength(1);
      turns[0].resolve('at once');
      expect(await answer).toBe('at once');
      const slow = ask(shared, work);
      other.known('a');
      await new Promise(resolve => setTimeout(resolve, 100));
      expect(turns).toHaveLength(2);
      // The turn has begun: who is known only now gets the next.
      slow.known('a');
      await settle();
      turns[1].resolve('old');
      expect(await other.answer).toBe('old');
      await settle();
      turns[2].resolve('new');
      expect(await slow.answer).toBe('new');
    });
  });
});

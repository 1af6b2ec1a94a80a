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
});

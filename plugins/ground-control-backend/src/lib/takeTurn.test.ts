import { takeTurn } from './takeTurn';

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

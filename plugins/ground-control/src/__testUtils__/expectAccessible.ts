import axe from 'axe-core';

/**
 * Expects that axe finds nothing in an element. Colours and sizes are left
 * out: nothing is drawn here.
 */
export async function expectAccessible(element: Element): Promise<void> {
  const { violations } = await axe.run(element, {
    rules: { 'color-contrast': { enabled: false } },
  });
  expect(
    violations.map(({ id, nodes }) => [id, ...nodes.map(node => node.html)]),
  ).toEqual([]);
}

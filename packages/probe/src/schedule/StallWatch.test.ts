import { setTimeout as rest } from 'node:timers/promises';
import { StallWatch } from './StallWatch.ts';

function block(ms: number) {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

it('knows when nothing else could run', async () => {
  const watch = new StallWatch();
  const before = performance.now();
  await rest(20);
  block(200);
  const within = performance.now() - 100;
  // Asked in the same turn, before any timer could tell.
  expect(watch.longestSince(before)).toBeGreaterThan(150);
  expect(watch.longestAt([within])).toBeGreaterThan(150);
  await rest(20);
  expect(watch.longestAt([within])).toBeGreaterThan(150);
  // Long over, and long before.
  expect(watch.longestAt([before - 1_000])).toBe(0);
  watch.stop();
});

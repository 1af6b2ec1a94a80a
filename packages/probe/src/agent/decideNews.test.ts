import type { Result } from '../types.ts';
import { decideNews } from './decideNews.ts';

it.each<[Result | undefined, Result, string | undefined]>([
  [undefined, 'success', undefined],
  [undefined, 'refused', 'failing'],
  ['success', 'success', undefined],
  ['success', 'timeout', 'failing'],
  ['timeout', 'timeout', undefined],
  ['timeout', 'refused', 'failing otherwise'],
  ['refused', 'success', 'well again'],
])('after %s, %s is %s', (last, result, news) => {
  expect(decideNews(last, { result })).toBe(news);
});

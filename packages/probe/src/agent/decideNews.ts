import type { Outcome, Result } from '../types.ts';

/** What the log says of a probe: changes, and nothing else. */
export type News = 'failing' | 'failing otherwise' | 'well again';

export function decideNews(
  last: Result | undefined,
  { result }: Pick<Outcome, 'result'>,
): News | undefined {
  if (result === (last ?? 'success')) return undefined;
  if (result === 'success') return 'well again';
  return last === undefined || last === 'success'
    ? 'failing'
    : 'failing otherwise';
}

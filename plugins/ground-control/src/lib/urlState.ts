import { formatList, parseList } from './listState';

/** A part of the URL that means nothing here. */
export interface UnknownFilter {
  key: string;
  value: string;
}

/** Whose things are shown: those of the reader's squads, of all, or of these. */
export type SquadFilter = 'mine' | 'all' | string[];

/** Reads whose things are shown; undefined where the URL doesn't say. */
export function parseSquad(params: URLSearchParams): SquadFilter | undefined {
  const text = params.get('squad') ?? '';
  if (text === 'mine' || text === 'all') return text;
  const refs = parseList(text);
  return refs.length ? refs : undefined;
}

/** Writes what {@link parseSquad} reads. */
export function formatSquad(squad?: SquadFilter): string | undefined {
  return Array.isArray(squad) ? formatList(squad) : squad;
}

/** Reads one of several values; another one is undefined, and added to those that aren't known. */
export function parseChoice<T extends string>(
  params: URLSearchParams,
  key: string,
  values: readonly T[],
  unknown: UnknownFilter[],
): T | undefined {
  const value = params.get(key);
  if (!value) return undefined;
  const known = values.find(candidate => candidate === value);
  if (!known) unknown.push({ key, value });
  return known;
}

/** Writes values over the given parameters and keeps the others; empty ones, and `defaults`, are left out. */
export function writeParams(
  values: Record<string, string | undefined>,
  base?: URLSearchParams,
  defaults: Record<string, unknown> = {},
): URLSearchParams {
  const params = new URLSearchParams(base);
  for (const [key, value] of Object.entries(values)) {
    params.delete(key);
    if (value && value !== defaults[key]) params.set(key, value);
  }
  return params;
}

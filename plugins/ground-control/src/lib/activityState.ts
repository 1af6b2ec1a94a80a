import {
  ActivityKind,
  ActivityQuery,
} from '@ground-control/backstage-plugin-ground-control-common';
import { formatList, parseList } from './listState';

export const ACTIVITY_KINDS: ActivityKind[] = [
  'release',
  'policy',
  'manifest',
  'other',
];

/** Which commits the activity page shows: the part of it that lives in the URL. */
export interface ActivityState {
  /** Empty for all. */
  kind: ActivityKind[];
  squad: 'mine' | 'all' | string[];
  env: string[];
  q: string;
}

/** Reads the URL; unknown kinds are left out and named. */
export function parseActivityState(params: URLSearchParams): {
  state: ActivityState;
  unknown: { key: string; value: string }[];
} {
  const kinds = parseList(params.get('kind'));
  const isKind = (kind: string): kind is ActivityKind =>
    ACTIVITY_KINDS.some(known => known === kind);
  const squad = params.get('squad') ?? '';
  const squads = parseList(squad);
  const listed = squads.length ? squads : 'all';
  return {
    state: {
      kind: kinds.filter(isKind),
      squad: squad === 'mine' || squad === 'all' ? squad : listed,
      env: parseList(params.get('env')),
      q: params.get('q') ?? '',
    },
    unknown: kinds
      .filter(kind => !isKind(kind))
      .map(value => ({ key: 'kind', value })),
  };
}

/** Writes what {@link parseActivityState} reads; defaults are left out. */
export function formatActivityState(
  state: ActivityState,
  base?: URLSearchParams,
): URLSearchParams {
  const params = new URLSearchParams(base);
  ['kind', 'squad', 'env', 'q'].forEach(key => params.delete(key));
  if (state.kind.length) params.set('kind', formatList(state.kind));
  if (Array.isArray(state.squad)) params.set('squad', formatList(state.squad));
  if (state.squad === 'mine') params.set('squad', 'mine');
  if (state.env.length) params.set('env', formatList(state.env));
  if (state.q) params.set('q', state.q);
  return params;
}

/** The state as a question to the API. */
export function toActivityQuery(state: ActivityState): ActivityQuery {
  const query: ActivityQuery = { squad: state.squad };
  if (state.kind.length) query.kinds = state.kind;
  if (state.env.length) query.environments = state.env;
  if (state.q.trim()) query.text = state.q.trim();
  return query;
}

import {
  ActivityKind,
  ActivityQuery,
} from '@ground-control/backstage-plugin-ground-control-common';
import { formatList, parseList } from './listState';
import {
  formatSquad,
  parseSquad,
  SquadFilter,
  UnknownFilter,
  writeParams,
} from './urlState';

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
  squad: SquadFilter;
  env: string[];
  q: string;
}

/** Reads the URL; unknown kinds are left out and named. */
export function parseActivityState(params: URLSearchParams): {
  state: ActivityState;
  unknown: UnknownFilter[];
} {
  const kinds = parseList(params.get('kind'));
  const isKind = (kind: string): kind is ActivityKind =>
    ACTIVITY_KINDS.some(known => known === kind);
  return {
    state: {
      kind: kinds.filter(isKind),
      squad: parseSquad(params) ?? 'all',
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
  return writeParams(
    {
      kind: formatList(state.kind),
      squad: formatSquad(state.squad),
      env: formatList(state.env),
      q: state.q,
    },
    base,
    { squad: 'all' },
  );
}

/** The state as a question to the API. */
export function toActivityQuery(state: ActivityState): ActivityQuery {
  const query: ActivityQuery = { squad: state.squad };
  if (state.kind.length) query.kinds = state.kind;
  if (state.env.length) query.environments = state.env;
  if (state.q.trim()) query.text = state.q.trim();
  return query;
}

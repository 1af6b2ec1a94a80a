import { RequestQuery } from '@ground-control/backstage-plugin-ground-control-common';
import { formatList, parseList } from '../lib/listState';
import { UnknownFilter } from '../lib/urlState';

/** The inbox's tabs, in their order. */
export const REQUEST_TABS = ['waiting', 'others', 'mine', 'decided'] as const;

/** One of the inbox's tabs. */
export type RequestTab = (typeof REQUEST_TABS)[number];

/** Which requests the inbox shows: the part of it that lives in the URL. */
export interface RequestsState {
  status: RequestTab;
  squad: 'mine' | 'all' | string[];
  env: string[];
}

/** Reads the URL; what isn't understood is left out and named. */
export function parseRequestsState(params: URLSearchParams): {
  state: RequestsState;
  unknown: UnknownFilter[];
} {
  const asked = params.get('status');
  const status = REQUEST_TABS.find(tab => tab === asked);
  const squad = params.get('squad') ?? 'all';
  const squads = parseList(squad);
  const listed = squads.length ? squads : 'all';
  return {
    state: {
      status: status ?? 'waiting',
      squad: squad === 'mine' || squad === 'all' ? squad : listed,
      env: parseList(params.get('env')),
    },
    unknown: asked && !status ? [{ key: 'status', value: asked }] : [],
  };
}

/** Writes what {@link parseRequestsState} reads; defaults are left out. */
export function formatRequestsState(
  state: RequestsState,
  base?: URLSearchParams,
): URLSearchParams {
  const params = new URLSearchParams(base);
  ['status', 'squad', 'env'].forEach(key => params.delete(key));
  if (state.status !== 'waiting') params.set('status', state.status);
  if (state.squad === 'mine') params.set('squad', 'mine');
  if (Array.isArray(state.squad)) params.set('squad', formatList(state.squad));
  if (state.env.length) params.set('env', formatList(state.env));
  return params;
}

/** The state as a question to the API. */
export function toRequestQuery(state: RequestsState): RequestQuery {
  const query: RequestQuery = { status: state.status, squad: state.squad };
  if (state.env.length) query.environments = state.env;
  return query;
}

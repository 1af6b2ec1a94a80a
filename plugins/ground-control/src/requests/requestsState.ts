import { RequestQuery } from '@ground-control/backstage-plugin-ground-control-common';
import { formatList, parseList } from '../lib/listState';
import {
  formatSquad,
  parseChoice,
  parseSquad,
  SquadFilter,
  UnknownFilter,
  writeParams,
} from '../lib/urlState';

/** The inbox's tabs, in their order. */
export const REQUEST_TABS = ['waiting', 'others', 'mine', 'decided'] as const;

/** One of the inbox's tabs. */
export type RequestTab = (typeof REQUEST_TABS)[number];

/** Which requests the inbox shows: the part of it that lives in the URL. */
export interface RequestsState {
  status: RequestTab;
  squad: SquadFilter;
  env: string[];
}

/** Reads the URL; what isn't understood is left out and named. */
export function parseRequestsState(params: URLSearchParams): {
  state: RequestsState;
  unknown: UnknownFilter[];
} {
  const unknown: UnknownFilter[] = [];
  return {
    state: {
      status: parseChoice(params, 'status', REQUEST_TABS, unknown) ?? 'waiting',
      squad: parseSquad(params) ?? 'all',
      env: parseList(params.get('env')),
    },
    unknown,
  };
}

/** Writes what {@link parseRequestsState} reads; defaults are left out. */
export function formatRequestsState(
  state: RequestsState,
  base?: URLSearchParams,
): URLSearchParams {
  return writeParams(
    {
      status: state.status,
      squad: formatSquad(state.squad),
      env: formatList(state.env),
    },
    base,
    { status: 'waiting', squad: 'all' },
  );
}

/** The state as a question to the API. */
export function toRequestQuery(state: RequestsState): RequestQuery {
  const query: RequestQuery = { status: state.status, squad: state.squad };
  if (state.env.length) query.environments = state.env;
  return query;
}

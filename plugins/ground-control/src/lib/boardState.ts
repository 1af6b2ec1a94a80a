import {
  formatServiceRef,
  parseServiceRef,
  ServiceRef,
} from '@ground-control/backstage-plugin-ground-control-common';
import { formatList, parseList } from './listState';
import { CELL_STATES } from './stateMask';
import {
  formatSquad,
  parseChoice,
  parseSquad,
  SquadFilter,
  UnknownFilter,
  writeParams,
} from './urlState';

export const BOARD_SORTS = ['attention', 'name', 'age', 'behind'] as const;
export const BOARD_GROUPS = ['squad', 'none'] as const;
export const BOARD_DENSITIES = ['regular', 'compact'] as const;
export const BOARD_STATES = [
  'all',
  'attention',
  ...CELL_STATES,
  'blocked',
  'behind',
] as const;

/** One cell of the board: a service in an environment. */
export interface OpenCell {
  service: ServiceRef;
  environment: string;
}

/** A request, at the side of the board. */
export interface OpenRequest {
  /** `REQ-` and a number. */
  request: string;
}

/** What a board shows, and how: the part of it that lives in the URL. */
export interface BoardState {
  q: string;
  /** `mine`, `all`, refs of squads, or absent: mine, or all where nothing is mine. */
  squad?: SquadFilter;
  /** Names of environments; empty for all. */
  env: string[];
  /** Names of clusters; empty for all. */
  cluster: string[];
  state: (typeof BOARD_STATES)[number];
  /** Absent: grouped where all squads are shown. */
  group?: (typeof BOARD_GROUPS)[number];
  sort: (typeof BOARD_SORTS)[number];
  density: (typeof BOARD_DENSITIES)[number];
  /** The environment that is shown where there is room for one alone. */
  column?: string;
  open?: OpenCell | OpenRequest;
}

export const DEFAULT_BOARD_STATE: BoardState = {
  q: '',
  env: [],
  cluster: [],
  state: 'all',
  sort: 'attention',
  density: 'regular',
};

export function formatOpenCell(cell: OpenCell): string {
  return `${formatServiceRef(cell.service)}@${cell.environment}`;
}

export function parseOpenCell(text: string): OpenCell | undefined {
  const at = text.lastIndexOf('@');
  const service = at > 0 ? parseServiceRef(text.slice(0, at)) : undefined;
  const environment = text.slice(at + 1);
  return service && environment ? { service, environment } : undefined;
}

const REQUEST_ID = /^REQ-\d+$/;

/** What stands at the side of the board, as `open=` has it. */
export function formatOpen(open: OpenCell | OpenRequest): string {
  return 'request' in open ? open.request : formatOpenCell(open);
}

export function parseOpen(text: string): OpenCell | OpenRequest | undefined {
  return REQUEST_ID.test(text) ? { request: text } : parseOpenCell(text);
}

/** Reads the URL; what isn't understood is left at its default and named. */
export function parseBoardState(params: URLSearchParams): {
  state: BoardState;
  unknown: UnknownFilter[];
} {
  const unknown: UnknownFilter[] = [];
  const oneOf = <T extends string>(key: string, values: readonly T[]) =>
    parseChoice(params, key, values, unknown);
  const state: BoardState = {
    q: params.get('q') ?? '',
    env: parseList(params.get('env')),
    cluster: parseList(params.get('cluster')),
    state: oneOf('state', BOARD_STATES) ?? DEFAULT_BOARD_STATE.state,
    sort: oneOf('sort', BOARD_SORTS) ?? DEFAULT_BOARD_STATE.sort,
    density: oneOf('density', BOARD_DENSITIES) ?? DEFAULT_BOARD_STATE.density,
  };
  const squad = parseSquad(params);
  const group = oneOf('group', BOARD_GROUPS);
  const openText = params.get('open');
  const open = openText ? parseOpen(openText) : undefined;
  if (openText && !open) unknown.push({ key: 'open', value: openText });
  if (squad) state.squad = squad;
  if (group) state.group = group;
  const column = params.get('column');
  if (column) state.column = column;
  if (open) state.open = open;
  return { state, unknown };
}

/**
 * Writes the state over the given parameters, and keeps those that aren't the
 * board's. Defaults are left out.
 */
export function formatBoardState(
  state: BoardState,
  base?: URLSearchParams,
): URLSearchParams {
  return writeParams(
    {
      q: state.q,
      squad: formatSquad(state.squad),
      env: formatList(state.env),
      cluster: formatList(state.cluster),
      state: state.state,
      group: state.group,
      sort: state.sort,
      density: state.density,
      column: state.column,
      open: state.open && formatOpen(state.open),
    },
    base,
    { ...DEFAULT_BOARD_STATE },
  );
}

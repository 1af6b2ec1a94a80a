import {
  LATENCY_PERCENTILES,
  LATENCY_WINDOWS,
  LatencyPercentile,
  LatencyWindow,
} from '@ground-control/backstage-plugin-ground-control-common';
import { formatList, parseList } from '../lib/listState';
import {
  formatSquad,
  parseChoice,
  parseSquad,
  SquadFilter,
  UnknownFilter,
  writeParams,
} from '../lib/urlState';

export const LINK_SCALES = ['baseline', 'ms', 'loss'] as const;
export const LINK_AXES = ['clusters', 'providers'] as const;

/** What the pages of links show: the part of it that lives in the URL. */
export interface LinksState {
  window: LatencyWindow;
  percentile: LatencyPercentile;
  /** What colour says. */
  scale: (typeof LINK_SCALES)[number];
  /** Absent: by clusters, or by providers where there are very many. */
  axis?: (typeof LINK_AXES)[number];
  /** Without the clusters all of whose links are well. */
  onlyBad: boolean;
  /** Whose calls are looked for; absent for none. */
  squad?: SquadFilter;
  /** Providers whose clusters are shown one by one. */
  open: string[];
  /** Providers whose clusters are shown at all; empty for all. */
  provider: string[];
  /** What clusters are for, an environment or a word from config; likewise. */
  role: string[];
}

export const DEFAULT_LINKS_STATE: LinksState = {
  window: '1h',
  percentile: 'p95',
  scale: 'baseline',
  onlyBad: false,
  open: [],
  provider: [],
  role: [],
};

/** Reads the URL; what isn't understood is left at its default and named. */
export function parseLinksState(params: URLSearchParams): {
  state: LinksState;
  unknown: UnknownFilter[];
} {
  const unknown: UnknownFilter[] = [];
  const oneOf = <T extends string>(key: string, values: readonly T[]) =>
    parseChoice(params, key, values, unknown);
  const state: LinksState = {
    window: oneOf('win', LATENCY_WINDOWS) ?? DEFAULT_LINKS_STATE.window,
    percentile:
      oneOf('pct', LATENCY_PERCENTILES) ?? DEFAULT_LINKS_STATE.percentile,
    scale: oneOf('by', LINK_SCALES) ?? DEFAULT_LINKS_STATE.scale,
    onlyBad: oneOf('only', ['bad']) === 'bad',
    open: parseList(params.get('open')),
    provider: parseList(params.get('provider')),
    role: parseList(params.get('role')),
  };
  const axis = oneOf('axis', LINK_AXES);
  const squad = parseSquad(params);
  if (axis) state.axis = axis;
  if (squad) state.squad = squad;
  return { state, unknown };
}

/** Writes what {@link parseLinksState} reads over other parameters; defaults are left out. */
export function formatLinksState(
  state: LinksState,
  base?: URLSearchParams,
): URLSearchParams {
  const { window: win, percentile: pct, scale: by } = DEFAULT_LINKS_STATE;
  return writeParams(
    {
      win: state.window,
      pct: state.percentile,
      by: state.scale,
      axis: state.axis,
      only: state.onlyBad ? 'bad' : undefined,
      squad: formatSquad(state.squad),
      open: formatList(state.open),
      provider: formatList(state.provider),
      role: formatList(state.role),
    },
    base,
    { win, pct, by },
  );
}

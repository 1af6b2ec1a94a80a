import {
  LATENCY_PERCENTILES,
  LATENCY_WINDOWS,
  LatencyPercentile,
  LatencyWindow,
} from '@ground-control/backstage-plugin-ground-control-common';
import { formatList, parseList } from '../lib/listState';

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
  squad?: 'mine' | 'all' | string[];
  /** Providers whose clusters are shown one by one. */
  open: string[];
}

export const DEFAULT_LINKS_STATE: LinksState = {
  window: '1h',
  percentile: 'p95',
  scale: 'baseline',
  onlyBad: false,
  open: [],
};

const KEYS = ['win', 'pct', 'by', 'axis', 'only', 'squad', 'open'];

/** Reads the URL; what isn't understood is left at its default and named. */
export function parseLinksState(params: URLSearchParams): {
  state: LinksState;
  unknown: { key: string; value: string }[];
} {
  const unknown: { key: string; value: string }[] = [];
  const oneOf = <T extends string>(key: string, values: readonly T[]) => {
    const value = params.get(key);
    if (!value) return undefined;
    const known = values.find(candidate => candidate === value);
    if (!known) unknown.push({ key, value });
    return known;
  };
  const state: LinksState = {
    window: oneOf('win', LATENCY_WINDOWS) ?? DEFAULT_LINKS_STATE.window,
    percentile:
      oneOf('pct', LATENCY_PERCENTILES) ?? DEFAULT_LINKS_STATE.percentile,
    scale: oneOf('by', LINK_SCALES) ?? DEFAULT_LINKS_STATE.scale,
    onlyBad: oneOf('only', ['bad']) === 'bad',
    open: parseList(params.get('open')),
  };
  const axis = oneOf('axis', LINK_AXES);
  if (axis) state.axis = axis;
  const squad = params.get('squad') ?? '';
  const squads = parseList(squad);
  if (squad === 'mine' || squad === 'all') state.squad = squad;
  else if (squads.length) state.squad = squads;
  return { state, unknown };
}

/** Writes what {@link parseLinksState} reads over other parameters; defaults are left out. */
export function formatLinksState(
  state: LinksState,
  base?: URLSearchParams,
): URLSearchParams {
  const params = new URLSearchParams(base);
  KEYS.forEach(key => params.delete(key));
  const set = (key: string, value?: string, fallback?: string) => {
    if (value && value !== fallback) params.set(key, value);
  };
  set('win', state.window, DEFAULT_LINKS_STATE.window);
  set('pct', state.percentile, DEFAULT_LINKS_STATE.percentile);
  set('by', state.scale, DEFAULT_LINKS_STATE.scale);
  set('axis', state.axis);
  set('only', state.onlyBad ? 'bad' : undefined);
  set(
    'squad',
    Array.isArray(state.squad) ? formatList(state.squad) : state.squad,
  );
  set('open', formatList(state.open));
  return params;
}

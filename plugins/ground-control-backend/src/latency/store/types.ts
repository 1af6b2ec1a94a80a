import {
  LinkCode,
  LinkSource,
  LinkState,
} from '@ground-control/backstage-plugin-ground-control-common';

/** A row of `latency_sources`. */
export interface SourceRow {
  source: string;
  ordinal: number;
  label: string;
  interval_ms: number;
  state: Exclude<LinkSource['state'], 'stale' | 'none'> | 'starting';
  reason: string | null;
  since: number | string;
  read_until: number | string | null;
}

/** A row of `latency_clusters`. */
export interface ClusterRow {
  cluster: string;
  source: string;
  provider: string | null;
  heard_at: number | string | null;
}

/** A row of `latency_pairs`. */
export interface PairRow {
  from_cluster: string;
  to_cluster: string;
  source: string;
  probe: string;
  interval_ms: number | null;
  loss_at_least: boolean | number;
  to_provider: string | null;
  linked: boolean | number;
  state: LinkState;
  code: LinkCode;
  since: number | string;
  sampled_at: number | string | null;
  last_success_at: number | string | null;
  window_5m: string;
  window_1h: string;
  window_24h: string;
  window_7d: string;
  baselines: string;
}

/** A row of `latency_changes`. */
export interface ChangesRow {
  from_cluster: string;
  changes: number | string;
}

/** A row of `latency_resume`. */
export interface ResumeRow {
  from_cluster: string;
  to_cluster: string;
  counted_at: number | string;
  sealed_until: number | string;
  judged: string;
  summary: string;
  minutes: Buffer;
  fives: Buffer;
}

/** A row of `latency_days`. */
export interface DayRow {
  from_cluster: string;
  to_cluster: string;
  step: '5m' | '1h';
  day: number | string;
  slots: Buffer;
}
